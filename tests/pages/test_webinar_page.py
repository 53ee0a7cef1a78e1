"""The page of a webinar, from announcement to recap, and the list of webinars."""

import datetime as dt

import pytest
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
        (5, {}, "Upcoming", {"Register": REGISTER}),
        (-0.01, {}, "On now", {"Register": REGISTER}),
        (-5, {}, "Held", {"Watch the recording": WATCH}),
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
    assert seen.links(".lpsa-notice a") == button
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
    assert seen.links('[aria-labelledby="lpsa-material"] a') == {
        "Recording": WATCH,
        "Slides": slides.url,
    }
    assert seen.texts('[aria-labelledby="lpsa-material"] > .lpsa-quiet') == ["1 person took part"]
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
