"""What is known is kept, and what is not follows a rule."""

import datetime as dt
import re
import zoneinfo

import pytest

from lpsa_wagtail.choices import Designation, WebinarFormat, WebinarMode
from lpsa_wagtail.fields import zone_city
from lpsa_wagtail.importers.demo import facts as known
from lpsa_wagtail.models import Interest, Webinar, WebinarCity
from lpsa_wagtail.templatetags.lpsa_tags import times_by_city

FACTS = known.Facts()
BY_KEY = {item["key"]: item for item in (*FACTS.posts, *FACTS.events)}
WITH_INSTANT = [item for item in FACTS.events if "event_start_utc" in item]
PRINTED = [item for item in FACTS.events if "printed_times" in item]
ONE_TIME = re.compile(r"(\d{1,2})(?::(\d\d))?\s*(am|pm)?\s*((?:[A-Za-z]+(?: time)?[ /]?)+)", re.I)


#: Letters that mean one offset; "ET" and "UZT" do not.
LETTERS = {"EST", "EDT", "GMT", "BST", "CET", "CEST", "EAT", "SAST", "WAT"}
#: Prints afternoon hours of one city without saying so ("3:30 Delhi, 5 pm BKK").
WITHOUT_HALF = "lpsa-expert-working-group-on-asia-open-meeting-october-10-2023"


def key_of(item):
    return item["key"]


def times(key):
    return FACTS.times(BY_KEY[key])


@pytest.mark.parametrize("item", WITH_INSTANT, ids=key_of)
def test_an_event_starts_at_the_instant_on_record(item):
    assert FACTS.times(item).starts_at == dt.datetime.fromisoformat(item["event_start_utc"])


def printed(item) -> list[tuple]:
    """What an old list says: (hour, minute, word for the place), the hour as far as it says."""
    found = []
    for hour, minute, half, places in ONE_TIME.findall(item["printed_times"]):
        hour = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
        words = re.split(r"/|\s+", places.removesuffix(" time"))
        found += [(hour, int(minute or 0), word) for word in words if known.printed_cities(word)]
    return found


def rows_of_ours(item) -> dict:
    """Zone → what our pages print for it, by the function that they use."""
    times = FACTS.times(item)
    webinar = Webinar(starts_at=times.starts_at, ends_at=times.ends_at, time_zone=times.time_zone)
    webinar.cities = [WebinarCity(time_zone=zone) for zone in times.cities]
    return {row["zone"]: row for row in times_by_city(webinar)}


@pytest.mark.parametrize("item", PRINTED, ids=key_of)
def test_our_list_has_the_hours_that_were_printed(item):
    ours = rows_of_ours(item)

    for hour, minute, word in printed(item):
        [zone] = known.printed_cities(word)
        start = ours[zone]["start"]
        if item["key"] == WITHOUT_HALF and word == "Delhi":
            hour += 12
        assert (word, f"{hour:02}:{minute:02}") == (word, f"{start:%H:%M}")
        assert ours[zone]["city"] == zone_city(zone)


def test_all_24_lists_were_compared():
    assert (len(PRINTED), sum(len(printed(item)) for item in PRINTED)) == (24, 81)


def labels(item) -> set[str]:
    """Letters of zones in an old list that were not in force there on that day."""
    wrong = set()
    for _hour, _minute, word in printed(item):
        [zone] = known.printed_cities(word)
        name = FACTS.times(item).starts_at.astimezone(zoneinfo.ZoneInfo(zone)).tzname()
        if word in LETTERS and name != word:
            wrong.add(f"{word} for {name}")
    return wrong


def test_four_lists_named_a_zone_that_was_not_in_force():
    """Which is why ours name cities."""
    wrong = {item["key"]: labels(item) for item in PRINTED}

    women = "lpsa-thematic-working-group-on-gender-equity-womens-empowerment-open-meeting"
    assert {key: found for key, found in wrong.items() if found} == {
        "local-public-sector-alliance-open-planning-meeting-2022-23": {"EST for EDT"},
        "lpsa-thematic-working-group-on-subnational-finance-open-meeting-december-2023": {
            "EDT for EST"
        },
        f"{women}-february-2024": {"EDT for EST"},
        f"{women}-february-2025": {"EDT for EST"},
    }


@pytest.mark.parametrize(
    ("key", "starts_at"),
    [
        # Asia meets at 15:30 in Delhi.
        ("lpsa-asia-working-group-meeting-april-11-2023", "2023-04-11T10:00Z"),
        # The other webinar of that week began at 8:00 in New York.
        (
            "a-comparative-analysis-of-decentralization-of-subnational-governance-in-mena",
            "2022-03-07T13:00Z",
        ),
        # The alliance's own meetings begin at 8:00 in New York, in summer time and out of it.
        (
            "local-public-sector-alliance-advisory-board-community-meeting-september-2023",
            "2023-09-15T12:00Z",
        ),
        (
            "local-public-sector-alliance-advisory-board-community-meeting-january-2024",
            "2024-01-12T13:00Z",
        ),
    ],
)
def test_an_unknown_hour_is_the_usual_one_of_the_group(key, starts_at):
    assert times(key).starts_at == dt.datetime.fromisoformat(starts_at)


def test_an_event_lasts_ninety_minutes():
    found = times("lpsas-working-group-on-asia-open-meeting-july-11-2023")

    assert found.ends_at - found.starts_at == dt.timedelta(minutes=90)


def test_a_workshop_of_three_days_ends_on_the_third():
    found = times("elevating-the-debate-on-decentralization-and-multilevel-governance-in-africa")

    assert (found.starts_at, found.ends_at, found.time_zone) == (
        dt.datetime(2024, 5, 20, 12, tzinfo=dt.UTC),
        dt.datetime(2024, 5, 22, 13, 30, tzinfo=dt.UTC),
        "Africa/Nairobi",
    )


@pytest.mark.parametrize(
    ("key", "date"),
    [
        ("explainer-what-is-a-local-government-and-why-does-it-matter", dt.date(2023, 5, 9)),
        ("lpsa-year-in-review-2023", dt.date(2024, 2, 1)),
        (
            "coming-soon-lpsas-thematic-working-group-on-gender-equity-and-womens-empowerment",
            dt.date(2023, 10, 1),
        ),
        ("handbook-of-multi-level-finance", dt.date(2015, 1, 1)),
    ],
)
def test_a_post_has_its_date_or_one_by_rule(key, date):
    assert FACTS.post_date(BY_KEY[key]) == date


@pytest.mark.parametrize(
    ("key", "date"),
    [
        ("webinar-direction-of-decentralization-in-eastern-europe-and-central-asia", "2022-07-01"),
        ("service-delivery-and-crisis-management", "2022-10-12"),
    ],
)
def test_an_event_was_announced_in_its_month_or_four_weeks_before(key, date):
    assert FACTS.announced_on(BY_KEY[key]) == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    ("slug", "date"),
    [
        ("sub-saharan-africa", dt.date(2023, 4, 1)),
        ("eca", dt.date(2023, 1, 1)),
        ("gender-equity", dt.date(2023, 11, 29)),
        ("mena", None),
    ],
)
def test_a_group_began_on_the_first_day_that_fits(slug, date):
    assert FACTS.beginnings[slug] == date


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "service-delivery-and-crisis-management",
            (WebinarFormat.WEBINAR, WebinarMode.ONLINE),
        ),
        (
            "lpsa-advisory-board-community-meeting-august-2025",
            (WebinarFormat.OPEN_MEETING, WebinarMode.ONLINE),
        ),
        (
            "lpsa-community-feedback-logica-framework",
            (WebinarFormat.WORKSHOP, WebinarMode.ONLINE),
        ),
        (
            "elevating-the-debate-on-decentralization-and-multilevel-governance-in-africa",
            (WebinarFormat.WORKSHOP, WebinarMode.HYBRID),
        ),
        (
            "elevating-the-debate-and-catalyzing-action-towards-a-pan-african-network-of-"
            "decentralization-advocates",
            (WebinarFormat.CONFERENCE, WebinarMode.HYBRID),
        ),
    ],
)
def test_what_an_item_becomes(key, expected):
    assert (known.format_of(BY_KEY[key]), known.mode_of(BY_KEY[key])) == expected


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Standing Panel", {"designation": Designation.STANDING_PANEL}),
        (
            "LPSA Regional Working Group",
            {
                "designation": Designation.OTHER,
                "designation_other": "LPSA Regional Working Group",
            },
        ),
    ],
)
def test_a_designation_is_shown_as_it_is(name, fields):
    assert known.designation_of(name) == fields


def test_labels_are_words_of_the_vocabulary_or_categories_of_the_old_site():
    vocabulary = Interest.objects.vocabulary()
    labels = {label for item in BY_KEY.values() for label in item.get("tags", [])}

    assert {label for label in labels if vocabulary.find(label) is None} == {"Community", "LPSI"}
