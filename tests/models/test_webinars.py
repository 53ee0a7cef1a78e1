"""Webinars: one instant, many clocks."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from lpsa_wagtail.models import Webinar, WebinarCity
from tests import factories as make

START = dt.datetime(2023, 7, 11, 10, tzinfo=dt.UTC)


def clock(webinar):
    return [(city, f"{time:%H:%M}") for city, time in webinar.city_times]


def test_the_start_is_printed_for_the_event_zone_and_the_cities():
    webinar = make.WebinarFactory.build(starts_at=START, time_zone="Asia/Kolkata")
    webinar.cities = [WebinarCity(time_zone=zone) for zone in ("Asia/Bangkok", "Asia/Manila")]

    assert clock(webinar) == [("Kolkata", "15:30"), ("Bangkok", "17:00"), ("Manila", "18:00")]


@pytest.mark.parametrize(("day", "new_york"), [((2026, 3, 7), "08:00"), ((2026, 3, 9), "09:00")])
def test_local_times_follow_daylight_saving(day, new_york):
    start = dt.datetime(*day, 13, tzinfo=dt.UTC)
    webinar = make.WebinarFactory.build(starts_at=start, time_zone="America/New_York")

    assert clock(webinar) == [("New York", new_york)]


def test_a_half_filled_draft_prints_nothing_and_breaks_nothing():
    webinar = Webinar(title="", starts_at=None, ends_at=None, time_zone="Mars/Base")

    assert (clock(webinar), webinar.is_past, webinar.local_start) == ([], False, None)
    webinar.starts_at = START
    assert [time for _city, time in webinar.city_times] == [START]


def test_an_end_that_is_not_after_the_start_is_refused_at_the_end():
    webinar = make.WebinarFactory.build(starts_at=START, ends_at=START)

    with pytest.raises(ValidationError) as refusal:
        webinar.clean()

    assert list(refusal.value.message_dict) == ["ends_at"]


def test_times_are_whole_seconds():
    webinar = make.WebinarFactory.build(
        starts_at=START.replace(microsecond=5), ends_at=START.replace(hour=11, microsecond=7)
    )
    webinar.clean()

    assert (webinar.starts_at.microsecond, webinar.ends_at.microsecond) == (0, 0)


def test_an_event_is_upcoming_until_it_is_over():
    group = make.group()
    make.webinar(group, starts_at=START, ends_at=START + dt.timedelta(hours=2))

    found = []
    for minutes in (-1, 60, 121):
        with time_machine.travel(START + dt.timedelta(minutes=minutes), tick=False):
            pages = Webinar.objects.public()
            found.append((pages.upcoming().count(), pages.past().count()))

    assert found == [(1, 0), (1, 0), (0, 1)]
