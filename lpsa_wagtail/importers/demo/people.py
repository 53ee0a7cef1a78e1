"""Invented people, and their roles in the groups."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from lpsa_wagtail.actions import give_role, register_member
from lpsa_wagtail.choices import DRAFTING_ROLES
from lpsa_wagtail.models import Member

CONSENT = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)


def email_of(person) -> str:
    """An address that no mail can reach."""
    return f"{person['key']}@example.org"


def add_people(*, people, vocabulary, records, users) -> dict:
    """Register all people and give them their roles; map key → member.

    ``records`` maps group slug → record, ``users`` person → account, where there is one.
    """
    members = {}
    for key, person in people.items():
        members[key] = _register(person, vocabulary, users.get(key))
        for role in person["roles"]:
            _give_role(members[key], role, records[role["group"]])
    return members


def find_member(person) -> Member | None:
    return Member.objects.filter(email=email_of(person)).first()


def _register(person, vocabulary, user):
    listed = person["listed"]
    languages = dict(settings.LANGUAGES)
    words = [vocabulary.find(slug) for slug in person["interests"]]
    return register_member(
        actor=None,
        user=user,
        name=person["name"],
        email=email_of(person),
        affiliation=person["affiliation"],
        country=person["country"],
        language=person["language"] if person["language"] in languages else "",
        time_zone=person["time_zone"],
        expertise=person["expertise"],
        consent_at=CONSENT,
        consent_source="Sample content",
        in_directory=listed,
        show_affiliation=listed,
        show_country=listed,
        show_expertise=listed,
        interests=[word for word in words if word],
    )


def _give_role(member, role, record):
    start = _day(role.get("start")) or record.established_on or timezone.localdate()
    leads = role["role"] in DRAFTING_ROLES
    accepted = dt.datetime.combine(start, dt.time(12), dt.UTC) if leads else None
    give_role(
        actor=None,
        member=member,
        record=record,
        role=role["role"],
        organisation=role.get("organisation", ""),
        start=start,
        end=_day(role.get("end")),
        public=role.get("public", False),
        accepted_at=accepted,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
