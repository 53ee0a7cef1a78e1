"""Groups, posts, webinars and interests: in a list, and one by one."""

import datetime as dt

from pydantic import BaseModel, Field

from lpsa_wagtail.api.schemas.blocks import Block
from lpsa_wagtail.api.schemas.content import Document, Image, Url
from lpsa_wagtail.api.schemas.words import InterestReference
from lpsa_wagtail.choices import (
    ContributorRole,
    DecidingRole,
    Focus,
    GroupState,
    Phase,
    PublicOutcome,
    Role,
    WebinarFormat,
    WebinarMode,
    WebinarStatus,
)


class Counts(BaseModel):
    """What a filter by the word finds, narrower words included."""

    groups: int
    posts: int
    webinars: int


class Interest(InterestReference):
    """A word of the vocabulary."""

    name: str
    labels: dict[str, str] = Field(description="Label by language code.")
    aliases: list[str] = Field(description="Other spellings that find this word.")
    parent: str | None = Field(description="Slug of the broader word.")
    country_code: str | None = Field(description="Two letters (ISO 3166-1), for a country.")
    narrower: list[str] = Field(description="Slugs of the words right below it.")
    active: bool = Field(description="False: no longer offered, still on older content.")
    counts: Counts


class GroupReference(BaseModel):
    """A group, as other things name it."""

    id: int
    slug: str
    title: str
    designation: str = Field(description="What the group calls itself, such as Working Group.")
    url: Url | None


class RoleHolder(BaseModel):
    """A person who holds a role in the group and is shown with it."""

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


class GroupStateSince(BaseModel):
    """A state of the group, and its first day in it."""

    state: GroupState
    since: dt.date


class Group(GroupReference):
    """A group with all that its page shows."""

    focus: Focus
    state: GroupState
    established_on: dt.date | None
    purpose: str
    language: str = Field(description="Code of the language of the page.")
    published_at: dt.datetime | None
    updated_at: dt.datetime | None
    interests: list[InterestReference]
    lead_image: Image | None
    contact_email: str | None = Field(json_schema_extra={"format": "email"})
    how_to_join: str
    terms_of_reference: Document | None
    body: list[Block]
    roles: list[RoleHolder]
    partners: list[Partner]
    decisions: list[GroupDecision] = Field(description="Newest first.")
    states: list[GroupStateSince] = Field(description="Oldest first.")


class Author(BaseModel):
    """An author, with the affiliation at the time of publication."""

    name: str
    affiliation: str


class OriginalSource(BaseModel):
    """Where the post was first published."""

    name: str
    url: Url | None


class Post(BaseModel):
    """A post with its text."""

    id: int
    slug: str
    title: str
    url: Url | None
    subtitle: str
    summary: str
    date: dt.date | None
    published_at: dt.datetime | None
    updated_at: dt.datetime | None
    language: str = Field(description="Code of the language of the page.")
    authors: list[Author]
    group: GroupReference | None = Field(description="Null for the alliance's own.")
    joint_groups: list[GroupReference] = Field(description="Other groups that are credited.")
    interests: list[InterestReference]
    lead_image: Image | None
    original_source: OriginalSource | None
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


class Webinar(BaseModel):
    """A webinar or open meeting with its agenda and text."""

    id: int
    slug: str
    title: str
    url: Url | None
    format: WebinarFormat
    series: str
    summary: str
    status: WebinarStatus
    phase: Phase = Field(description="By the clock; see status for what was called off.")
    starts_at: dt.datetime | None = Field(description="In UTC.")
    ends_at: dt.datetime | None = Field(description="In UTC.")
    time_zone: str = Field(description="IANA name of the event's own zone.")
    local_times: list[LocalTime]
    mode: WebinarMode
    venue: str
    languages: list[str] = Field(description="Languages spoken.")
    registration_url: Url | None
    recording_url: Url | None
    slides: Document | None
    attendance: int | None
    agenda: list[AgendaRow]
    group: GroupReference | None = Field(description="Null for the alliance's own.")
    joint_groups: list[GroupReference] = Field(description="Other groups that are credited.")
    co_hosts: list[CoHost]
    interests: list[InterestReference]
    lead_image: Image | None
    language: str = Field(description="Code of the language of the page.")
    published_at: dt.datetime | None
    updated_at: dt.datetime | None
    body: list[Block]


class Series(BaseModel):
    """A label that several events share."""

    name: str
    count: int
    upcoming: int
    last_starts_at: dt.datetime | None


class PersonRole(BaseModel):
    """A role that a person holds today."""

    group: GroupReference
    role: Role
    organisation: str


class Person(BaseModel):
    """A person, with what they chose to show."""

    name: str
    affiliation: str
    country_code: str | None = Field(description="Two letters (ISO 3166-1).")
    expertise: str
    roles: list[PersonRole]
