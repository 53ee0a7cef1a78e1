"""The page of a webinar, from announcement to recap, and the list of webinars."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from lpsa_wagtail.models import WebinarCity, WebinarCoHost, WebinarIndexPage
from tests import factories as make

DAY = dt.timedelta(days=1)
REGISTER = "https://register.example.org/1"
WATCH = "https://video.example.org/1"


def held(group, **fields):
    start = dt.datetime(2024, 4, 18, 11, tzinfo=dt.UTC)
    fields = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=90), **fields}
    return make.webinar(group, **fields)


@pytest.mark.parametrize(
    ("days", "fields", "flag", "button"),
    [
        (
            5,
            {},
            "Upcoming",
            {"Register": REGISTER, "Add to your calendar": "/lpsa/webinars/%d.ics"},
        ),
        (-0.01, {}, "On now", {"Register and join now": REGISTER}),
        (-5, {}, "Held", {}),
        (5, {"status": "postponed"}, "Postponed", {}),
        (-5, {"status": "postponed"}, "Postponed", {}),
        (5, {"status": "cancelled"}, "Cancelled", {}),
    ],
)
def test_the_state_is_said_plainly_with_the_one_thing_to_do(days, fields, flag, button, visit):
    start = timezone.now().replace(microsecond=0) + days * DAY
    event = make.webinar(
        make.group(),
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
        registration_url=REGISTER,
        recording_url=WATCH,
        **fields,
    )

    seen = visit(event)

    assert seen.text(".lpsa-notice .lpsa-flag") == flag
    expected = {text: link.replace("%d", str(event.pk)) for text, link in button.items()}
    assert seen.links(".lpsa-notice a") == expected
    assert visit(make.index_page(WebinarIndexPage)).text(".lpsa-meta .lpsa-flag") == flag


def test_start_and_end_are_printed_for_each_city(visit):
    event = make.webinar(
        make.group(),
        starts_at=dt.datetime(2026, 3, 25, 21, 30, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 3, 25, 23, tzinfo=dt.UTC),
        time_zone="Europe/London",
        cities=[WebinarCity(time_zone="America/New_York"), WebinarCity(time_zone="Asia/Kolkata")],
    )

    seen = visit(event)

    assert seen.text(".lpsa-panel > p > time") == "Wednesday, 25 March 2026"
    assert seen.texts(".lpsa-times tr") == [
        "London 21:30 – 23:00",
        "New York 17:30 – 19:00",
        "Kolkata 03:00 – 04:30 Thursday, 26 March 2026",
    ]
    assert [time["datetime"] for time in seen.select(".lpsa-times td > time:first-child")] == [
        "2026-03-25T21:30:00+00:00",
        "2026-03-25T17:30:00-04:00",
        "2026-03-26T03:00:00+05:30",
    ]


def test_everything_about_an_event_is_shown(visit):
    group, other = make.group(title="Delta"), make.group(title="Hills")
    slides = make.document()
    event = held(
        group,
        format="open-meeting",
        series="Monday talks & tea",
        summary="Come and see.",
        joint_groups=[other],
        mode="hybrid",
        venue="Town hall",
        languages="English, French (interpretation)",
        recording_url=WATCH,
        slides=slides,
        attendance=1,
        co_hosts=[WebinarCoHost(name="Towns United", link="https://towns.example.org")],
        interests=[make.InterestFactory(name="Water", slug="water")],
    )
    index = make.index_page(WebinarIndexPage).url

    seen = visit(event)

    assert seen.text(".lpsa-kicker") == "Open meeting Monday talks & tea"
    assert seen.links(".lpsa-kicker a") == {
        "Monday talks & tea": f"{index}?series=Monday%20talks%20%26%20tea"
    }
    assert seen.text(".lpsa-lede") == "Come and see."
    assert seen.links("header > .lpsa-host a") == {"Delta": group.url}
    assert seen.links(".lpsa-joint a") == {"Hills": other.url}
    assert seen.texts('[aria-labelledby="lpsa-place"] p') == [
        "Online and on site: Town hall",
        "Languages: English , French (interpretation)",
    ]
    assert seen.links('[aria-labelledby="lpsa-recap"] a') == {
        "Watch the recording": WATCH,
        "Slides": slides.url,
    }
    assert seen.texts('[aria-labelledby="lpsa-recap"] > .lpsa-quiet') == ["1 person took part"]
    assert seen.links('[aria-labelledby="lpsa-hosts"] a') == {
        "Towns United": "https://towns.example.org"
    }
    assert seen.links(".lpsa-words a") == {"Water": f"{index}?topic=water"}
    assert "held on Thursday, 18 April 2024" in seen.text(".lpsa-notice-text")


def test_each_part_of_the_agenda_has_its_people_and_its_recording(visit):
    row = {
        "title": "Opening",
        "contributors": [
            {"name": "Ama", "affiliation": "Coast College", "role": "moderator"},
            {"name": "Bo", "affiliation": "", "role": "panellist"},
        ],
        "recording_url": WATCH,
    }
    bare = {"title": "Answers", "contributors": [], "recording_url": ""}
    event = held(make.group(), agenda=[("row", row), ("row", bare)])

    seen = visit(event)

    assert seen.texts(".lpsa-agenda h3") == ["Opening", "Answers"]
    assert seen.texts(".lpsa-agenda .lpsa-people li") == [
        "Ama Moderator Coast College",
        "Bo Panellist",
    ]
    assert seen.links(".lpsa-agenda a") == {"Recording of this part": WATCH}


def test_the_list_names_day_time_and_city_on_the_clock_of_the_event(visit):
    late = dt.datetime(2023, 12, 31, 22, tzinfo=dt.UTC)
    held(make.group(), starts_at=late, ends_at=None, time_zone="Africa/Nairobi")
    seen = visit(make.index_page(WebinarIndexPage))
    assert seen.text(".lpsa-card time") == "Monday, 1 January 2024, 01:00 Nairobi"
    assert seen.select_one(".lpsa-card time")["datetime"] == "2024-01-01T01:00:00+03:00"
    assert seen.texts(".lpsa-tile span") == ["1", "Jan 2024"]


def test_the_lists_of_past_and_upcoming_can_be_shared(visit):
    index = make.index_page(WebinarIndexPage)
    group = make.group()
    held(group, title="Then")
    make.webinar(group, title="Soon")
    assert visit(f"{index.url}?when=past").texts(".lpsa-card-title") == ["Then"]
    assert visit(f"{index.url}?when=upcoming").texts(".lpsa-card-title") == ["Soon"]


# One address for its whole life: what is shown changes by the clock, without an edit.

START = dt.datetime(2030, 5, 7, 13, tzinfo=dt.UTC)
ROW = {"title": "Opening", "contributors": [], "recording_url": ""}


@pytest.fixture
def at():
    """Let it be another time: ``at(hours)`` after the start of the event."""
    with time_machine.travel(START - 5 * DAY, tick=False) as clock:
        yield lambda hours: clock.move_to(START + dt.timedelta(hours=hours))


def event_with_all(**fields):
    return make.webinar(
        make.group(slug="finance"),
        starts_at=START,
        ends_at=START + dt.timedelta(hours=2),
        registration_url=REGISTER,
        recording_url=WATCH,
        slides=make.document(),
        attendance=12,
        agenda=[("row", ROW)],
        body=[("paragraph", "<p>Come.</p>")],
        **fields,
    )


def headings(seen) -> list[str]:
    return seen.texts(".lpsa h2")


def test_before_during_and_after_it_says_what_to_do(visit, at):
    event = event_with_all()
    calendar = f"/lpsa/webinars/{event.pk}.ics"

    at(-24)
    seen = visit(event)
    assert seen.text(".lpsa-notice-text") == "Upcoming Tuesday, 7 May 2030, 16:00 Nairobi"
    assert seen.links(".lpsa-notice a") == {"Register": REGISTER, "Add to your calendar": calendar}
    assert headings(seen) == ["Time", "Place", "Material", "Follow the group", "Agenda"]
    assert WATCH not in str(seen)

    at(1)
    seen = visit(event)
    assert seen.text(".lpsa-notice-text") == (
        "On now This event has started. It ends at 18:00 in Nairobi."
    )
    assert seen.links(".lpsa-notice a") == {"Register and join now": REGISTER}
    assert WATCH not in str(seen)

    at(3)
    seen = visit(event)
    assert seen.text(".lpsa-notice-text") == "Held This event was held on Tuesday, 7 May 2030."
    assert headings(seen) == ["Recap", "Agenda", "Time", "Place", "Follow the group"]
    assert seen.links(".lpsa-recap a")["Watch the recording"] == WATCH
    assert REGISTER not in str(seen)
    assert calendar not in str(seen)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("postponed", "This event is postponed. The new date will be on this page."),
        ("cancelled", "This event is cancelled."),
    ],
)
@pytest.mark.parametrize("hours", [-24, 1, 30])
def test_what_does_not_take_place_is_said_before_all_else(visit, at, status, sentence, hours):
    event = event_with_all(status=status)

    at(hours)
    seen = visit(event)

    first = seen.select("article > *")[0]
    assert first["class"] == ["lpsa-notice", f"lpsa-notice-{status}"]
    assert sentence in first.get_text()
    assert seen.text('[aria-labelledby="lpsa-time"] > p > .lpsa-quiet') == "(as it was planned)"
    assert REGISTER not in str(seen)
    assert seen.select("[data-lpsa-yours], .lpsa-page script") == []


def test_without_a_date_it_says_so_and_how_to_hear_of_it(visit):
    event = make.webinar(make.group(slug="finance"))
    type(event).objects.filter(pk=event.pk).update(starts_at=None, ends_at=None)

    seen = visit(event)

    assert seen.text(".lpsa-notice-text") == "Date to be announced The date will be on this page."
    assert seen.text('[aria-labelledby="lpsa-time"] > .lpsa-quiet') == "To be announced"
    assert seen.links(".lpsa-follow a") == {
        "Subscribe in your calendar": "webcal://testserver/lpsa/feed.ics?group=finance",
        "Calendar file": "/lpsa/feed.ics?group=finance",
        "Feed": "/lpsa/feed.atom?group=finance",
        "JSON Feed": "/lpsa/feed.json?group=finance",
    }


def test_an_event_of_several_days_is_printed_with_its_days(visit):
    event = make.webinar(
        make.group(),
        starts_at=dt.datetime(2024, 5, 20, 20, tzinfo=dt.UTC),
        ends_at=dt.datetime(2024, 5, 22, 13, tzinfo=dt.UTC),
        cities=[WebinarCity(time_zone="Asia/Kolkata")],
    )

    assert visit(event).texts(".lpsa-times tr") == [
        "Nairobi 23:00 – 16:00 Monday, 20 May 2024 – Wednesday, 22 May 2024",
        "Kolkata 01:30 – 18:30 Tuesday, 21 May 2024 – Wednesday, 22 May 2024",
    ]


def test_what_a_script_needs_for_the_visitors_own_time_is_there_and_hidden(visit):
    event = make.webinar(make.group(), cities=[WebinarCity(time_zone="Asia/Kolkata")])

    for page in (event, event.group, make.index_page(WebinarIndexPage)):
        seen = visit(page)
        scripts = [script["src"] for script in seen.select(".lpsa-page script")]
        assert scripts == ["/static/lpsa_wagtail/times.js"]
        [yours] = seen.select("[data-lpsa-times] [data-lpsa-yours]")
        assert yours["class"] == ["lpsa-yours", "lpsa-untold"]
        zones = [row["data-lpsa-zone"] for row in seen.select("[data-lpsa-zone]")]
        expected = ["Africa/Nairobi", "Asia/Kolkata"] if page == event else ["Africa/Nairobi"]
        assert zones == expected
