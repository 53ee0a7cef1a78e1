"""What the API says about people: what they chose to show, and no way to find the rest."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from lpsa_wagtail import models
from lpsa_wagtail.choices import Role
from tests import factories as make
from tests.api.conftest import reference_to

ACCEPTED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
ALL_SHOWN = dict.fromkeys(
    ("in_directory", "show_affiliation", "show_country", "show_expertise"), True
)
PRIVATE = {"affiliation": "A city", "country": "KE", "expertise": "Water"}
NOTHING = {"affiliation": "", "country_code": None, "expertise": "", "roles": []}


def person(name, **fields):
    return make.MemberFactory(name=name, **PRIVATE | fields)


def role_of(member, group, role, **fields):
    return make.MembershipFactory(member=member, group=group.record, role=role, **fields)


@pytest.fixture
def group():
    return make.group(title="Finance", slug="finance")


def names(ask, **parameters):
    answer = ask("people/", page="1", **parameters).json()
    assert answer["results"] == ask("people/", **parameters).json()["results"]
    return [one["name"] for one in answer["results"]]


def test_a_person_is_told_as_they_chose(ask, group):
    ada = person("Ada", **ALL_SHOWN)
    role_of(ada, group, Role.RESEARCHER, public=True, organisation="A college")
    role_of(ada, group, Role.GUEST, public=False)
    person("Bo", in_directory=True)
    person("Cy", in_directory=True, show_country=True)
    person("Di", show_affiliation=True, show_country=True, show_expertise=True)

    assert ask("people/").json() == {
        "results": [
            {
                "name": "Ada",
                "affiliation": "A city",
                "country_code": "KE",
                "expertise": "Water",
                "roles": [
                    {
                        "group": reference_to(group),
                        "role": "researcher",
                        "organisation": "A college",
                    }
                ],
            },
            {"name": "Bo", **NOTHING},
            {"name": "Cy", **NOTHING, "country_code": "KE"},
        ],
        "next": None,
        "previous": None,
        "count": None,
    }


def test_who_leads_is_named_with_the_role_alone(ask, group):
    chair = person("Chair", show_country=True, show_expertise=True)
    role_of(chair, group, Role.CO_CHAIR, accepted_at=ACCEPTED, organisation="A city of its own")
    role_of(chair, group, Role.GUEST, public=True)
    role_of(person("Invited"), group, Role.COORDINATOR)

    lead = {"role": "co-chair", "organisation": "A city of its own"}
    assert ask("people/").json()["results"] == [
        {"name": "Chair", **NOTHING, "roles": [{"group": reference_to(group), **lead}]}
    ]


@pytest.fixture
def people(group):
    """Everybody who could be looked for by what they do not show."""
    other = make.group(title="Health", slug="health")
    role_of(person("Shown", **ALL_SHOWN), group, Role.RESEARCHER, public=True)
    role_of(person("Silent", in_directory=True), group, Role.GUEST, public=False)
    role_of(person("Leader"), other, Role.CO_CHAIR, accepted_at=ACCEPTED)
    role_of(person("Former", in_directory=True), group, Role.CO_CHAIR, accepted_at=ACCEPTED)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    models.Membership.objects.filter(member__name="Former").update(end=yesterday)
    role_of(person("Hidden", show_country=True), group, Role.RESEARCHER, public=True)
    return group, other


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["Former", "Leader", "Shown", "Silent"]),
        ({"order": "-name"}, ["Silent", "Shown", "Leader", "Former"]),
        ({"group": "finance"}, ["Shown"]),
        ({"group": "health"}, ["Leader"]),
        ({"role": "researcher"}, ["Shown"]),
        ({"role": "guest"}, []),
        ({"role": "co-chair"}, ["Leader"]),
        ({"role": "co-chair", "group": "finance"}, []),
        ({"country": "KE"}, ["Shown"]),
        ({"country": "ke", "group": "health"}, []),
        ({"country": "NP"}, []),
        ({"q": "S"}, ["Shown", "Silent"]),
        ({"q": "sil"}, ["Silent"]),
        ({"q": "hidden"}, []),
        ({"q": "Water"}, []),
        ({"q": "example.org"}, []),
        ({"q": "A city"}, []),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
    ],
)
def test_filters_ask_for_nothing_that_is_not_shown(ask, people, parameters, expected):
    assert names(ask, **parameters) == expected


def test_the_day_after_the_last_day_a_role_is_over(ask, group):
    chair = person("Chair")
    role_of(chair, group, Role.CO_CHAIR, accepted_at=ACCEPTED, end=dt.date(2026, 5, 7))

    with time_machine.travel("2026-05-07T12:00:00Z", tick=False):
        assert names(ask) == names(ask, group="finance") == ["Chair"]
    with time_machine.travel("2026-05-08T12:00:00Z", tick=False):
        assert names(ask) == names(ask, group="finance") == []


def test_roles_in_a_group_that_is_not_public_are_not_told(ask, people):
    for group in people:
        group.unpublish()

    told = ask("people/").json()["results"]

    assert [one["name"] for one in told] == ["Former", "Shown", "Silent"]
    assert [one["roles"] for one in told] == [[], [], []]
    assert ask("people/", group="finance").json()["allowed"] == []


def test_who_takes_the_consent_back_is_gone_at_once(ask, people):
    assert "Silent" in names(ask)

    models.Member.objects.filter(name="Silent").update(in_directory=False)

    assert "Silent" not in names(ask)


def test_nothing_but_names_and_places_is_in_a_cursor(ask, people):
    answer = ask("people/", page_size="1")

    assert b"example.org" not in answer.content
    assert ask("people/", cursor="x").status_code == 400
