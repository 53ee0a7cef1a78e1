"""Pictures, files and links."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class FocalPoint(BaseModel):
    """The middle of what matters in a picture, as parts of its width and height."""

    x: float = Field(ge=0, le=1, description="From the left.")
    y: float = Field(ge=0, le=1, description="From the top.")


class ImageSource(BaseModel):
    """A picture in one width, for ``srcset``."""

    url: Url
    width: int
    height: int
    type: str = Field(description="Media type, such as image/webp.")


class Image(BaseModel):
    """A picture: one size for everybody, and others from which a browser chooses."""

    url: Url
    width: int
    height: int
    alt: str = Field(description="What the picture shows; empty for decoration.")
    focal_point: FocalPoint | None
    sources: list[ImageSource]


class Document(BaseModel):
    """A file to download."""

    title: str
    url: Url


class Link(BaseModel):
    """What a link in a text leads to, if it is a page or a file of the site."""

    type: Literal["group", "post", "webinar", "page", "document"]
    id: int
    slug: str = Field(description="Empty for a document.")
    title: str
    url: Url | None
