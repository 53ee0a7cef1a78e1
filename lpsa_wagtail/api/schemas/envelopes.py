"""What is around the nouns: pages of lists, search, the frame of a site, and refusals."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.content import Url
from lpsa_wagtail.api.schemas.nouns import GroupReference, Person, Series
from lpsa_wagtail.api.schemas.sparse import (
    ListedGroup,
    ListedInterest,
    ListedPost,
    ListedWebinar,
)
from lpsa_wagtail.choices import Focus, GroupState

Item = TypeVar("Item")


class Listed(BaseModel, Generic[Item]):
    """One page of a list."""

    results: list[Item]
    next: Url | None
    previous: Url | None = Field(description="Null unless paged by number.")
    count: int | None = Field(description="Results on all pages; null unless paged by number.")


class GroupList(Listed[ListedGroup]):  # type: ignore[valid-type]
    """One page of groups."""


class PostList(Listed[ListedPost]):  # type: ignore[valid-type]
    """One page of posts."""


class WebinarList(Listed[ListedWebinar]):  # type: ignore[valid-type]
    """One page of webinars."""


class InterestList(Listed[ListedInterest]):  # type: ignore[valid-type]
    """One page of the vocabulary."""


class SeriesList(Listed[Series]):
    """One page of series."""


class PeopleList(Listed[Person]):
    """One page of people."""


class FoundGroup(ListedGroup):  # type: ignore[valid-type, misc]
    type: Literal["group"]


class FoundPost(ListedPost):  # type: ignore[valid-type, misc]
    type: Literal["post"]


class FoundWebinar(ListedWebinar):  # type: ignore[valid-type, misc]
    type: Literal["webinar"]


Found = Annotated[FoundGroup | FoundPost | FoundWebinar, Field(discriminator="type")]


class SearchResults(Listed[Found]):
    """One page of what was found."""


class SiteFrame(BaseModel):
    """The site that was asked."""

    name: str
    url: Url
    languages: list[str]


class MenuItem(BaseModel):
    title: str
    url: Url | None


class Section(BaseModel):
    """A list of the site: its directory of groups, its posts or its webinars."""

    type: Literal["groups", "posts", "webinars"]
    title: str
    introduction: str = Field(description="Clean HTML.")
    language: str
    url: Url | None


class GroupInMenu(GroupReference):
    state: GroupState
    focus: Focus


class Navigation(BaseModel):
    """What the frame of a front end needs."""

    site: SiteFrame
    menu: list[MenuItem]
    sections: list[Section]
    groups: list[GroupInMenu]


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = Field(default=None, description="The parameter that is wrong.")
    allowed: list[str] | None = Field(default=None, description="What would be right.")
