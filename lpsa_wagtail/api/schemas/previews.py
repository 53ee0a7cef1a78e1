"""A draft: which noun it is, and all of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, RootModel

from lpsa_wagtail.api.schemas.nouns import Group, Post, Webinar


class GroupPreview(BaseModel):
    """A version of a group."""

    type: Literal["group"]
    group: Group


class PostPreview(BaseModel):
    """A version of a post."""

    type: Literal["post"]
    post: Post


class WebinarPreview(BaseModel):
    """A version of a webinar."""

    type: Literal["webinar"]
    webinar: Webinar


class Preview(
    RootModel[Annotated[GroupPreview | PostPreview | WebinarPreview, Field(discriminator="type")]]
):
    """A version of a page, as it would be told if it were public."""
