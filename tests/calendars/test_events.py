"""What calendars tell, read by a parser that we did not write."""

import datetime as dt

import pytest
import time_machine
import vobject

from lpsa_wagtail import actions, models
from lpsa_wagtail.choices import WebinarStatus
from tests import factories as make
from tests.pages.test_gone import end

NOW = dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def told(client):
    """The calendar at an address, read by vobject."""

    def told(path="/lpsa/feed.ics", **parameters):
        answer = client.get(path, parameters)
        assert (answer.status_code, answer["Content-Type"]) == (
            200,
            "text/calendar; charset=utf-8",
        )
        lines = answer.content.split(b"\r\n")
        assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
        return vobject.readOne(answer.content.decode())

    return told


def events(calendar) -> list:
    return calendar.contents.get("vevent", [])


def titles(calendar) -> list[str]:
    return [event.summary.value for event in events(calendar)]


def only(calendar):
    [event] = events(calendar)
    return event


def update(webinar, **fields):
    """Past all that checks it, as an import may do it."""
    models.Webinar.objects.filter(pk=webinar.pk).update(**fields)


def test_an_event_is_told_in_its_own_zone(told):
    group = make.group(slug="finance")
    webinar = make.webinar(
        group,
        title="Who pays?",
        summary="On water.",
        venue="Hall 1",
        mode="hybrid",
        registration_url="https://register.example.org/1",
        interests=models.Interest.objects.filter(slug="kenya"),
    )

    calendar = told()
    event = only(calendar)

    address = f"http://localhost/working-groups/finance/{webinar.slug}/"
    assert [zone.tzid.value for zone in calendar.vtimezone_list] == ["Africa/Nairobi"]
    assert event.uid.value == f"{webinar.translation_key}-en@lpsa-wagtail"
    assert event.dtstart.value.isoformat() == "2030-05-07T16:00:00+03:00"
    assert event.dtend.value.isoformat() == "2030-05-07T17:30:00+03:00"
    assert event.dtstamp.value.isoformat() == "2030-05-01T09:00:00+00:00"
    assert (event.summary.value, event.status.value) == ("Who pays?", "CONFIRMED")
    assert (event.url.value, event.location.value) == (address, "Hall 1, Online and on site")
    assert event.description.value.split("\n\n") == [
        "On water.",
        "Registration: https://register.example.org/1",
        address,
    ]
    assert event.categories.value == ["Kenya"]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Africa/Casablanca", "2030-01-20T12:00:00+00:00"),  # Ramadan: an hour back
        ("Africa/Casablanca", "2030-02-20T12:00:00+01:00"),
        ("America/Sao_Paulo", "2030-01-20T12:00:00-03:00"),
        ("Asia/Kathmandu", "2030-01-20T12:00:00+05:45"),
        ("Asia/Calcutta", "2030-01-20T12:00:00+05:30"),
        ("America/New_York", "2030-07-20T12:00:00-04:00"),
        ("UTC", "2030-07-20T12:00:00+00:00"),
    ],
)
def test_the_hour_is_right_by_the_rules_that_come_along(told, zone, start):
    moment = dt.datetime.fromisoformat(start)
    make.webinar(make.group(), starts_at=moment, ends_at=None, time_zone=zone)

    calendar = told()

    event = only(calendar)
    assert event.dtstart.value.isoformat() == start
    assert event.dtend.value - event.dtstart.value == dt.timedelta(minutes=90)
    zones = [one.tzid.value for one in calendar.contents.get("vtimezone", [])]
    assert zones == ([] if zone == "UTC" else [zone])


def test_each_change_raises_the_number_and_keeps_the_name(told):
    webinar = make.webinar(make.group(), agenda=[("row", {"title": "Opening"})])
    secretary, row = make.secretary(), make.fresh(webinar).agenda[0].id
    later = webinar.starts_at + 7 * DAY
    changes = [
        {"status": WebinarStatus.POSTPONED},
        {"starts_at": later, "ends_at": later + dt.timedelta(hours=1)},
        {"status": WebinarStatus.SCHEDULED},
        {"cities": ["Asia/Kolkata"]},
        {"registration_url": "https://register.example.org/2"},
        {"venue": "Hall 2"},
        {"recordings": {row: "https://video.example.org/1"}},
        {"status": WebinarStatus.CANCELLED},
    ]
    seen = [only(told())]

    for change in changes:  # all in the same second
        actions.change_facts(actor=secretary, webinar=webinar, **change)
        seen.append(only(told()))
    page = make.fresh(webinar)
    page.save_revision()
    actions.install_page(actor=None, page=page)
    seen.append(only(told()))

    numbers = [int(event.sequence.value) for event in seen]
    assert numbers == [numbers[0] + n for n in range(10)]
    assert {event.uid.value for event in seen} == {seen[0].uid.value}
    assert [event.status.value for event in seen] == [
        *("CONFIRMED", "TENTATIVE", "TENTATIVE", "CONFIRMED", "CONFIRMED"),
        *("CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CANCELLED"),
    ]
    assert seen[2].dtstart.value == later


def test_the_number_rises_with_time_and_so_does_the_date_of_change(told, clock):
    webinar = make.webinar(make.group())
    before = only(told())

    clock.shift(DAY)
    actions.change_facts(actor=make.secretary(), webinar=webinar, venue="Hall 3")
    after = only(told())

    assert int(after.sequence.value) - int(before.sequence.value) == 24 * 3600 + 1
    assert after.last_modified.value - before.last_modified.value == DAY
    assert after.dtstamp.value == after.last_modified.value


def test_what_is_taken_down_is_told_no_more(told, client):
    group = make.group()
    webinar = make.webinar(group)
    actions.take_down(actor=make.secretary(), page=webinar, reason="A wrong date.")

    assert events(told()) == []
    assert client.get(f"/lpsa/webinars/{webinar.pk}.ics").status_code == 404


def test_a_group_that_was_dissolved_is_gone(client):
    group = make.group(slug="finance")
    webinar = make.webinar(group)
    end(group)

    for address in ("/lpsa/feed.ics?group=finance", f"/lpsa/webinars/{webinar.pk}.ics"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (410, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"One", "Bridges"}),
        ({"group": "one"}, {"One"}),
        ({"type": "webinar"}, {"One", "Bridges"}),
        ({"region": "africa", "group": "one"}, {"One"}),
        ({"country": "ke"}, {"One"}),
        ({"series": "Monday talks"}, {"Bridges"}),
        ({"format": "workshop"}, {"Bridges"}),
        ({"q": "bridges"}, {"Bridges"}),
        ({"language": "en", "year": "2030"}, {"One", "Bridges"}),
        ({"from": "2030-06-01"}, set()),
    ],
)
def test_a_calendar_is_narrowed_like_a_list(told, parameters, expected):
    one, other = make.group(slug="one"), make.group(slug="other")
    make.webinar(one, title="One", interests=models.Interest.objects.filter(slug="kenya"))
    make.webinar(other, title="Bridges", series="Monday talks", format="workshop")

    assert set(titles(told(**parameters))) == expected


@pytest.mark.parametrize(
    ("name", "value", "possible"),
    [
        ("type", "post", "webinar"),
        ("focus", "regional", "nothing, together with the other parameters"),
        ("when", "yesterday", "upcoming, past"),
    ],
)
def test_what_leaves_no_event_is_refused_with_a_sentence(client, name, value, possible):
    answer = client.get("/lpsa/feed.ics", {name: value})

    assert answer.status_code == 400
    assert answer.content.decode() == (
        f"“{value}” is not a value that “{name}” can have. Possible: {possible}."
    )


LONG = "Décentralisation, «quoi»; où\\n? " + "水" * 224
TEXT = "One; two, three\\four\r\nBEGIN:VEVENT\r\u2028END:VCALENDAR\x85" + "é" * 4940


def test_no_text_breaks_a_calendar(told):
    group = make.group()
    odd = make.webinar(group, venue="Hall")
    update(
        odd,
        title=LONG[:250] + "\x0b\u202e\u2066\x1f\x7f",
        summary=TEXT,
        venue="Hall\r\nATTENDEE:mailto:x@example.org",
        registration_url="https://example.org/\r\nATTENDEE:x",
    )
    make.webinar(group, title="Good")

    calendar = told()

    assert set(titles(calendar)) == {LONG[:250], "Good"}
    event = next(one for one in events(calendar) if one.summary.value != "Good")
    lines = event.description.value.split("\n")
    assert lines[:3] == ["One; two, three\\four", "BEGIN:VEVENT", ""]
    assert lines[3:5] == ["END:VCALENDAR", "é" * 4940]
    assert "Registration: https://example.org/ATTENDEE:x" in lines
    assert event.location.value == "Hall ATTENDEE:mailto:x@example.org, Online"
    assert "attendee" not in event.contents


def test_an_event_that_cannot_be_told_is_left_out_and_logged(told, caplog):
    group = make.group()
    make.webinar(group, title="Good")
    bad = make.webinar(group, title="Bad", time_zone="Asia/Tokyo")
    update(bad, starts_at=dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), ends_at=None)

    assert titles(told()) == ["Good"]
    assert f"Webinar {bad.pk} cannot be told in a calendar" in caplog.text


def test_a_webinar_without_a_start_is_in_no_calendar(told, client):
    webinar = make.webinar(make.group())
    update(webinar, starts_at=None, ends_at=None)

    assert events(told()) == []
    assert client.get(f"/lpsa/webinars/{webinar.pk}.ics").status_code == 404


def test_a_calendar_goes_back_for_a_year(told):
    group = make.group()
    for title, days in (("Old", 367), ("Just", 366), ("New", 1)):
        start = NOW.replace(hour=0) - days * DAY
        make.webinar(group, title=title, starts_at=start, ends_at=None)

    assert titles(told()) == ["New", "Just"]


def test_one_event_can_be_had_alone(told, client):
    group = make.group()
    webinar = make.webinar(group, title="This one", slug="this-one")
    make.webinar(group, title="Another")

    assert titles(told(f"/lpsa/webinars/{webinar.pk}.ics")) == ["This one"]
    answer = client.get(f"/lpsa/webinars/{webinar.pk}.ics")
    assert answer["Content-Disposition"] == 'inline; filename="this-one.ics"'


def test_a_calendar_stays_inside_the_site_that_is_asked(told, client, other_site):
    webinar = make.webinar(make.group(), title="Here")

    assert titles(told()) == ["Here"]
    there = client.get("/lpsa/feed.ics", headers={"host": other_site.hostname})
    assert events(vobject.readOne(there.content.decode())) == []
    alone = client.get(f"/lpsa/webinars/{webinar.pk}.ics", headers={"host": other_site.hostname})
    assert alone.status_code == 404


def test_an_event_leads_to_the_front_end_that_shows_it(told, settings):
    settings.LPSA_FRONTEND_URL = "https://www.example.org"
    make.webinar(make.group(slug="finance"), slug="talk")

    assert only(told()).url.value == "https://www.example.org/working-groups/finance/talk/"


def test_who_has_it_is_told_so_until_something_begins(committed, client, clock):
    webinar = committed(lambda: make.webinar(make.group()))
    first = client.get("/lpsa/feed.ics")
    had = {"If-None-Match": first["ETag"]}

    assert client.get("/lpsa/feed.ics", headers=had).status_code == 304
    clock.move_to(webinar.starts_at + dt.timedelta(minutes=1))
    answer = client.get("/lpsa/feed.ics", headers=had)
    assert (answer.status_code, answer["ETag"] == first["ETag"]) == (200, False)


@pytest.mark.parametrize("number", [1, 3])
def test_a_calendar_takes_as_many_queries_for_3_as_for_1(client, django_assert_num_queries, number):
    group = make.group()
    for _each in range(number):
        make.webinar(group)
    client.get("/lpsa/feed.ics")

    with django_assert_num_queries(6):
        client.get("/lpsa/feed.ics")
