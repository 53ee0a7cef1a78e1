"""What is around the nouns: pages of lists, and refusals."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.content import Url
from lpsa_wagtail.api.schemas.nouns import GroupSummary, Interest, PostSummary, WebinarSummary

Item = TypeVar("Item", bound=BaseModel)


class Listed(BaseModel, Generic[Item]):
    """One page of a list."""

    results: list[Item]
    next: Url | None
    previous: Url | None
    count: int = Field(description="Results on all pages.")


class GroupList(Listed[GroupSummary]):
    """One page of groups."""


class PostList(Listed[PostSummary]):
    """One page of posts."""


class WebinarList(Listed[WebinarSummary]):
    """One page of webinars."""


class InterestList(Listed[Interest]):
    """One page of the vocabulary."""


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = Field(default=None, description="The parameter that is wrong.")
    allowed: list[str] | None = Field(default=None, description="What would be right.")
