"""Text, pictures and files."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Html = Annotated[str, Field(description="Clean HTML: headings, lists, emphasis and links.")]


class Image(BaseModel):
    """A picture in a size for the web."""

    url: Url
    width: int
    height: int
    alt: str = Field(description="What the picture shows; empty for decoration.")


class Document(BaseModel):
    """A file to download."""

    title: str
    url: Url


class HeadingBlock(BaseModel):
    type: Literal["heading"] = "heading"
    text: str


class ParagraphBlock(BaseModel):
    type: Literal["paragraph"] = "paragraph"
    html: Html


class FigureBlock(BaseModel):
    type: Literal["figure"] = "figure"
    image: Image
    caption: str
    credit: str


class QuoteBlock(BaseModel):
    type: Literal["quote"] = "quote"
    text: str
    source: str


class DocumentBlock(BaseModel):
    type: Literal["document"] = "document"
    document: Document
    description: str


Block = Annotated[
    HeadingBlock | ParagraphBlock | FigureBlock | QuoteBlock | DocumentBlock,
    Field(discriminator="type"),
]
