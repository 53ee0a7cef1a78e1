"""What programs read that follow the site."""

import datetime as dt

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.content import Url
from lpsa_wagtail.choices import ChangeKind, Noun


class Change(BaseModel):
    """One thing that became public, changed or went."""

    number: int = Field(description="Higher than that of every change before.")
    type: Noun
    kind: ChangeKind
    at: dt.datetime = Field(description="When it was noted.")
    id: int
    slug: str = Field(description="As it was then.")
    address: Url | None = Field(
        description="Where the thing answers in this API now; null if it is not public any more."
    )


class ChangeList(BaseModel):
    """The changes after a number, oldest first."""

    results: list[Change]
    next: Url = Field(description="Where to ask from here on, at once or later.")
    more: bool = Field(description="True if there are more already.")
