"""Dated roles."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import Membership
from tests import factories as make


@pytest.fixture
def record():
    return make.group().record


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def first(record):
    return make.MembershipFactory(group=record, start=day("2024-01-01"), end=day("2024-06-30"))


def again(first, start, end, **fields):
    return Membership(
        member=fields.get("member", first.member),
        group=first.group,
        role=fields.get("role", first.role),
        start=day(start),
        end=end and day(end),
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-06-30", None),
        ("2023-01-01", "2024-01-01"),
        ("2024-02-01", "2024-03-01"),
        ("2023-01-01", None),
    ],
)
def test_the_same_role_twice_at_the_same_time_is_refused_at_the_role(start, end, first):
    with pytest.raises(ValidationError) as refusal:
        again(first, start, end).full_clean()
    assert list(refusal.value.message_dict) == ["role"]


@pytest.mark.parametrize(("start", "end"), [("2024-07-01", None), ("2023-01-01", "2023-12-31")])
def test_the_same_role_at_another_time_is_fine(start, end, first):
    again(first, start, end).full_clean()


def test_another_role_at_the_same_time_is_fine(first):
    again(first, "2024-02-01", None, role=Role.RESEARCHER).full_clean()


def test_an_end_before_the_start_is_refused_at_the_end(first):
    with pytest.raises(ValidationError) as refusal:
        again(first, "2025-02-01", "2025-01-31").full_clean()
    assert next(iter(refusal.value.message_dict)) == "end"


def test_who_held_which_role_on_a_date(first):
    dates = ["2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01"]

    assert [Membership.objects.on(day(date)).count() for date in dates] == [0, 1, 1, 0]


def test_the_last_day_is_a_day_of_the_sites_zone(first, settings):
    settings.TIME_ZONE = "Asia/Manila"
    with time_machine.travel(dt.datetime(2024, 6, 30, 15, 59, tzinfo=dt.UTC), tick=False):
        assert first.is_current is True
    with time_machine.travel(dt.datetime(2024, 6, 30, 16, 1, tzinfo=dt.UTC), tick=False):
        assert first.is_current is False


def test_visitors_see_leaders_who_accepted_and_others_by_double_choice(record):
    accepted = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    listed = make.MemberFactory(in_directory=True)
    rows = {
        "leader, accepted": make.MembershipFactory(group=record, accepted_at=accepted),
        "leader, not accepted": make.MembershipFactory(group=record),
        "guest, both": make.MembershipFactory(
            group=record, role=Role.GUEST, public=True, member=listed
        ),
        "guest, role only": make.MembershipFactory(group=record, role=Role.GUEST, public=True),
        "guest, person only": make.MembershipFactory(
            group=record, role=Role.STAKEHOLDER, member=listed
        ),
    }

    shown = set(Membership.objects.shown())

    assert [name for name, row in rows.items() if row in shown] == [
        "leader, accepted",
        "guest, both",
    ]
