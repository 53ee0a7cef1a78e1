"""Groups, posts, webinars and interests: in a list, and one by one."""

import datetime as dt

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.content import Block, Document, Image, Url
from lpsa_wagtail.choices import (
    ContributorRole,
    DecidingRole,
    Focus,
    GroupState,
    InterestKind,
    PublicOutcome,
    Role,
    WebinarFormat,
    WebinarMode,
    WebinarStatus,
)


class InterestReference(BaseModel):
    """A word of the vocabulary, as content carries it."""

    slug: str
    kind: InterestKind
    label: str = Field(description="In the reader's language, if there is a label in it.")


class Interest(InterestReference):
    """A word of the vocabulary."""

    name: str
    labels: dict[str, str] = Field(description="Label by language code.")
    aliases: list[str] = Field(description="Other spellings that find this word.")
    parent: str | None = Field(description="Slug of the broader word.")
    country_code: str | None = Field(description="Two letters (ISO 3166-1), for a country.")
    active: bool = Field(description="False: no longer offered, still on older content.")


class GroupReference(BaseModel):
    """A group, as content names it."""

    slug: str
    title: str
    designation: str = Field(description="What the group calls itself, such as Working Group.")


class GroupSummary(GroupReference):
    """A group in a list."""

    focus: Focus
    state: GroupState
    established_on: dt.date | None
    purpose: str
    interests: list[InterestReference]
    url: Url | None


class RoleHolder(BaseModel):
    """A person who holds a role in the group today and is shown with it."""

    name: str
    role: Role
    organisation: str


class Partner(BaseModel):
    """An organisation that co-organises the group."""

    name: str
    link: Url | None
    logo: Image | None


class GroupDecision(BaseModel):
    """A decision on the group: what and when, and in which role of the Board; never by whom."""

    date: dt.date = Field(description="When it was decided.")
    outcome: PublicOutcome
    role: DecidingRole | None = Field(description="Null where no role of the Board decided.")
    effective_on: dt.date


class Group(GroupSummary):
    """A group with all that its page shows."""

    lead_image: Image | None
    body: list[Block]
    roles: list[RoleHolder]
    partners: list[Partner]
    contact_email: str | None = Field(json_schema_extra={"format": "email"})
    how_to_join: str
    terms_of_reference: Document | None
    decisions: list[GroupDecision] = Field(description="Newest first.")


class Author(BaseModel):
    """An author, with the affiliation at the time of publication."""

    name: str
    affiliation: str


class OriginalSource(BaseModel):
    """Where the post was first published."""

    name: str
    url: Url | None


class PostSummary(BaseModel):
    """A post in a list."""

    id: int
    title: str
    subtitle: str
    summary: str
    date: dt.date | None
    authors: list[Author]
    group: GroupReference | None = Field(description="Null for the alliance's own.")
    interests: list[InterestReference]
    original_source: OriginalSource | None
    url: Url | None


class Post(PostSummary):
    """A post with its text."""

    joint_groups: list[GroupReference]
    lead_image: Image | None
    body: list[Block]


class LocalTime(BaseModel):
    """The start on the clock of a city."""

    city: str
    time_zone: str
    starts_at: dt.datetime


class Contributor(BaseModel):
    name: str
    affiliation: str
    role: ContributorRole


class AgendaRow(BaseModel):
    """A part of the event, with who contributes and its own recording."""

    title: str
    contributors: list[Contributor]
    recording_url: Url | None


class CoHost(BaseModel):
    """An organisation that hosts together with the group."""

    name: str
    link: Url | None


class WebinarSummary(BaseModel):
    """A webinar or open meeting in a list."""

    id: int
    title: str
    format: WebinarFormat
    series: str
    summary: str
    status: WebinarStatus
    starts_at: dt.datetime | None = Field(description="In UTC.")
    ends_at: dt.datetime | None = Field(description="In UTC.")
    time_zone: str = Field(description="IANA name of the event's own zone.")
    mode: WebinarMode
    venue: str
    languages: list[str]
    registration_url: Url | None
    recording_url: Url | None
    attendance: int | None
    group: GroupReference | None = Field(description="Null for the alliance's own.")
    interests: list[InterestReference]
    url: Url | None


class Webinar(WebinarSummary):
    """A webinar with its agenda and text."""

    joint_groups: list[GroupReference]
    co_hosts: list[CoHost]
    local_times: list[LocalTime]
    lead_image: Image | None
    agenda: list[AgendaRow]
    body: list[Block]
    slides: Document | None
