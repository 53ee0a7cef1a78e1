"""What calendars tell, read by icalendar and checked by its parser."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from lpsa_wagtail import actions, models
from lpsa_wagtail.choices import WebinarStatus
from tests import factories as make

pytestmark = pytest.mark.usefixtures("_in_2030")


@pytest.fixture
def _in_2030():
    with time_machine.travel(dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def told(client):
    def told(path="/lpsa/feed.ics", **parameters):
        answer = client.get(path, parameters)
        assert (answer.status_code, answer["Content-Type"]) == (
            200,
            "text/calendar; charset=utf-8",
        )
        return Calendar.from_ical(answer.content)

    return told


def events(calendar):
    return list(calendar.walk("VEVENT"))


def test_an_event_is_told_in_its_own_zone(told):
    group = make.group(slug="finance")
    webinar = make.webinar(group, title="Who pays?", summary="On water.", venue="Hall 1")

    calendar = told()
    [event] = events(calendar)

    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Africa/Nairobi"]
    assert event["UID"] == f"{webinar.translation_key}-en@lpsa-wagtail"
    assert event.decoded("DTSTART").isoformat() == "2030-05-07T16:00:00+03:00"
    assert event.decoded("DTEND").isoformat() == "2030-05-07T17:30:00+03:00"
    assert (event["SUMMARY"], event["STATUS"]) == ("Who pays?", "CONFIRMED")
    assert event["URL"] == f"http://localhost/working-groups/finance/{webinar.slug}/"


def test_what_changes_raises_the_number_and_keeps_the_name(told):
    webinar = make.webinar(make.group())
    [before] = events(told())

    with time_machine.travel(dt.datetime(2030, 5, 2, 9, tzinfo=dt.UTC), tick=False):
        cancelled = WebinarStatus.CANCELLED
        actions.change_facts(actor=make.secretary(), webinar=webinar, status=cancelled)
        [after] = events(told())

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] - before["SEQUENCE"] == 24 * 3600
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_a_calendar_is_narrowed_like_a_list(told):
    one, other = make.group(slug="one"), make.group(slug="other")
    make.webinar(one, title="One")
    make.webinar(other, title="Other")

    assert [str(event["SUMMARY"]) for event in events(told(group="one"))] == ["One"]


def test_nothing_breaks_a_calendar(told):
    group = make.group()
    webinar = make.webinar(group, summary="z" * 5000)
    models.Webinar.objects.filter(pk=webinar.pk).update(
        title="A\x0b\u202eB" + "é" * 200, registration_url="https://example.org/\r\nATTENDEE:x"
    )
    make.webinar(group, title="Good")

    titles = {str(event["SUMMARY"]) for event in events(told())}

    assert titles == {"AB" + "é" * 200, "Good"}


def test_a_webinar_without_a_start_is_in_no_calendar(told, client):
    webinar = make.webinar(make.group())
    models.Webinar.objects.filter(pk=webinar.pk).update(starts_at=None, ends_at=None)

    assert events(told()) == []
    assert client.get(f"/lpsa/webinars/{webinar.pk}.ics").status_code == 404


def test_one_event_can_be_had_alone(told):
    group = make.group()
    webinar = make.webinar(group, title="This one")
    make.webinar(group, title="Another")

    calendar = told(f"/lpsa/webinars/{webinar.pk}.ics")

    assert [str(event["SUMMARY"]) for event in events(calendar)] == ["This one"]
