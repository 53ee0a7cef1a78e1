"""Words of the vocabulary as other things name them."""

from pydantic import BaseModel, Field

from lpsa_wagtail.choices import InterestKind


class InterestReference(BaseModel):
    """A word of the vocabulary, as content carries it."""

    slug: str
    kind: InterestKind
    label: str = Field(description="In the reader's language, if there is a label in it.")
