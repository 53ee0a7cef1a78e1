"""The blocks of a text. ``type`` tells them apart."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.content import Document, Image, Link, Url
from lpsa_wagtail.api.schemas.words import InterestReference


class HeadingBlock(BaseModel):
    type: Literal["heading"] = "heading"
    text: str


class ParagraphBlock(BaseModel):
    """Paragraphs, lists and links."""

    type: Literal["paragraph"] = "paragraph"
    format: Literal["html", "markdown"]
    text: str = Field(description="Clean HTML (headings, lists, emphasis, links), or Markdown.")
    links: list[Link]


class FigureBlock(BaseModel):
    type: Literal["figure"] = "figure"
    image: Image
    caption: str
    credit: str


class Picture(BaseModel):
    """A picture of a gallery."""

    image: Image
    caption: str
    credit: str


class GalleryBlock(BaseModel):
    """Pictures side by side."""

    type: Literal["gallery"] = "gallery"
    pictures: list[Picture]


class QuoteBlock(BaseModel):
    type: Literal["quote"] = "quote"
    text: str
    source: str


class CalloutBlock(BaseModel):
    """A few sentences that stand out."""

    type: Literal["callout"] = "callout"
    kind: Literal["note", "important"]
    title: str
    format: Literal["html", "markdown"]
    text: str = Field(description="As in a paragraph.")
    links: list[Link]


class TableBlock(BaseModel):
    """Rows of equal length, cells as they were typed."""

    type: Literal["table"] = "table"
    caption: str
    header: list[str]
    rows: list[list[str]]
    row_headings: bool = Field(description="True if the first cell names the row.")
    source: str


class KeyFigure(BaseModel):
    number: str = Field(description="As it was typed.", examples=["1,250"])
    unit: str = Field(examples=["%"])
    label: str = Field(description="What it counts.")
    source: str


class KeyFiguresBlock(BaseModel):
    type: Literal["key_figures"] = "key_figures"
    figures: list[KeyFigure]


class ChartSeries(BaseModel):
    name: str
    values: list[float | None] = Field(
        description="One for each category; null where there is no number.", examples=[[71, None]]
    )


class ChartBlock(BaseModel):
    """Numbers to draw, at most 12 categories in 4 series, and the same as a table."""

    type: Literal["chart"] = "chart"
    kind: Literal["bar", "line"]
    title: str
    description: str
    unit: str
    categories: list[str]
    series: list[ChartSeries]
    header: list[str]
    rows: list[list[str]] = Field(description="Cells as they were typed.")
    source: str


class DocumentBlock(BaseModel):
    type: Literal["document"] = "document"
    document: Document
    description: str


class RecordingBlock(BaseModel):
    """A recording that lies elsewhere."""

    type: Literal["recording"] = "recording"
    title: str
    url: Url | None
    embed_url: Url | None = Field(
        description="For a frame inside a page; null where the place is not known.",
        examples=["https://www.youtube-nocookie.com/embed/aaaaaaaaaaa"],
    )


class NamedPerson(BaseModel):
    """A person as somebody typed it; no link to the register."""

    name: str
    role: str
    affiliation: str


class PeopleBlock(BaseModel):
    type: Literal["people"] = "people"
    people: list[NamedPerson]


class ListBlock(BaseModel):
    """Says what to list: ask the list of this kind for the word and so many results."""

    type: Literal["list"] = "list"
    title: str = Field(description="Empty for a title of your own.")
    kind: Literal["posts", "webinars"]
    interest: InterestReference
    number: int = Field(description="So many at most, the page itself left out.")


class Source(BaseModel):
    text: str
    year: int | None
    url: Url | None


class SourcesBlock(BaseModel):
    """What a text draws on, numbered from 1."""

    type: Literal["sources"] = "sources"
    sources: list[Source]


Block = Annotated[
    HeadingBlock
    | ParagraphBlock
    | FigureBlock
    | GalleryBlock
    | QuoteBlock
    | CalloutBlock
    | TableBlock
    | KeyFiguresBlock
    | ChartBlock
    | DocumentBlock
    | RecordingBlock
    | PeopleBlock
    | ListBlock
    | SourcesBlock,
    Field(discriminator="type"),
]
