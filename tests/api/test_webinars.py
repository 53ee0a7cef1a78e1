"""What the API says about webinars."""

import datetime as dt

import pytest
import time_machine

from lpsa_wagtail import models
from tests import factories as make
from tests.api.conftest import published, reference_to


@pytest.fixture
def group():
    return make.group(title="Finance", slug="finance")


def webinar(group, **fields):
    return make.webinar(
        group,
        **{
            "title": "Who pays?",
            "slug": "who-pays",
            "format": "open-meeting",
            "series": "Open meetings",
            "summary": "One sentence.",
            "starts_at": dt.datetime(2024, 3, 13, 13, tzinfo=dt.UTC),
            "ends_at": dt.datetime(2024, 3, 13, 14, 30, tzinfo=dt.UTC),
            "time_zone": "America/New_York",
            "mode": "hybrid",
            "venue": "City hall",
            "languages": "English, French (interpretation)",
            "registration_url": "https://example.org/register",
            "recording_url": "https://example.org/recording",
            "attendance": 87,
            **fields,
        },
    )


def test_the_list_tells_the_operational_facts(ask, group):
    page = webinar(group)

    answer = ask("webinars/")

    assert answer.json() == {
        "results": [
            {
                "id": page.pk,
                "slug": "who-pays",
                "title": "Who pays?",
                "url": "http://localhost/working-groups/finance/who-pays/",
                "format": "open-meeting",
                "series": "Open meetings",
                "summary": "One sentence.",
                "status": "scheduled",
                "phase": "held",
                "starts_at": "2024-03-13T13:00:00Z",
                "ends_at": "2024-03-13T14:30:00Z",
                "time_zone": "America/New_York",
                "local_times": [
                    {
                        "city": "New York",
                        "time_zone": "America/New_York",
                        "starts_at": "2024-03-13T09:00:00-04:00",
                    }
                ],
                "mode": "hybrid",
                "venue": "City hall",
                "languages": ["English", "French (interpretation)"],
                "registration_url": "https://example.org/register",
                "recording_url": "https://example.org/recording",
                "slides": None,
                "attendance": 87,
                "agenda": [],
                "group": reference_to(group),
                "joint_groups": [],
                "co_hosts": [],
                "interests": [],
                "lead_image": None,
                "language": "en",
                **published(page),
            }
        ],
        "next": None,
        "previous": None,
        "count": None,
    }


def test_the_list_tells_all_but_the_text(ask, group):
    slides, health = make.document(title="Slides"), make.group(title="Health", slug="health")
    row = {
        "title": "Opening",
        "contributors": [{"name": "A. Sample", "affiliation": "A city", "role": "moderator"}],
        "recording_url": "https://example.org/part-1",
    }
    page = webinar(
        group,
        slides=slides,
        agenda=[("row", row), ("row", {"title": "Close", "contributors": []})],
        body=[("quote", {"text": "Well said.", "source": "B. Sample"})],
        cities=[models.WebinarCity(time_zone="Africa/Nairobi")],
        co_hosts=[models.WebinarCoHost(name="A host")],
        joint_groups=[health],
    )
    [listed] = ask("webinars/").json()["results"]

    answer = ask(f"webinars/{page.pk}/").json()

    names = ("slides", "agenda", "co_hosts", "joint_groups", "local_times")
    assert {name: listed[name] for name in names} == {
        "slides": {"title": "Slides", "url": f"http://localhost{slides.url}"},
        "agenda": [row, {"title": "Close", "contributors": [], "recording_url": None}],
        "co_hosts": [{"name": "A host", "link": None}],
        "joint_groups": [reference_to(health)],
        "local_times": [
            {
                "city": "New York",
                "time_zone": "America/New_York",
                "starts_at": "2024-03-13T09:00:00-04:00",
            },
            {
                "city": "Nairobi",
                "time_zone": "Africa/Nairobi",
                "starts_at": "2024-03-13T16:00:00+03:00",
            },
        ],
    }
    quote = {"type": "quote", "text": "Well said.", "source": "B. Sample"}
    assert answer == listed | {"body": [quote]}
    assert ask("webinars/", fields="body").json()["results"] == [answer]


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        ("2024-03-13T12:59:59Z", "announced"),
        ("2024-03-13T13:00:00Z", "happening"),
        ("2024-03-13T14:30:00Z", "happening"),
        ("2024-03-13T14:30:01Z", "held"),
    ],
)
def test_the_phase_goes_by_the_clock(ask, group, now, phase):
    page = webinar(group)

    with time_machine.travel(now, tick=False):
        assert ask(f"webinars/{page.pk}/").json()["phase"] == phase
        assert ask("webinars/").json()["results"][0]["phase"] == phase


def test_a_webinar_without_a_date_is_listed_last(ask, group):
    webinar(group, title="Dated", slug="dated")
    undated = webinar(group, title="Undated", slug="undated")
    models.Webinar.objects.filter(pk=undated.pk).update(starts_at=None, ends_at=None)

    assert [page["title"] for page in ask("webinars/").json()["results"]] == ["Dated", "Undated"]
    answer = ask(f"webinars/{undated.pk}/").json()
    assert (answer["starts_at"], answer["local_times"]) == (None, [])


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["Far", "Near", "Last", "First"]),
        ({"when": "upcoming"}, ["Near", "Far"]),
        ({"when": "past"}, ["Last", "First"]),
        ({"format": "workshop"}, ["Far"]),
        ({"series": "Open meetings"}, ["Far", "Near", "Last"]),
        ({"series": "Rare", "q": "Who"}, []),
        ({"year": "2024", "group": "finance"}, ["Last", "First"]),
        ({"q": "Near"}, ["Near"]),
        ({"from": "2024-05-07", "to": "2024-05-07"}, ["Last", "First"]),
        ({"from": "2024-05-08"}, ["Far", "Near"]),
        ({"to": "2026-05-06"}, ["Last", "First"]),
        ({"country": "ke"}, []),
        ({"language": "en", "when": "past"}, ["Last", "First"]),
        ({"when": "upcoming", "order": "-date"}, ["Far", "Near"]),
        ({"order": "date"}, ["First", "Last", "Near", "Far"]),
        ({"order": "title"}, ["Far", "First", "Last", "Near"]),
        ({"order": "-title"}, ["Near", "Last", "First", "Far"]),
        ({"order": "-updated"}, ["Far", "Near", "Last", "First"]),
    ],
)
def test_webinars_are_found_by_their_filters(ask, group, parameters, expected):
    def at(year, **fields):
        start = dt.datetime(year, 5, 7, 13, tzinfo=dt.UTC)
        ends = start + dt.timedelta(hours=1)
        webinar(group, slug=None, starts_at=start, ends_at=ends, **fields)

    at(2024, title="First", series="Rare")
    at(2024, title="Last")
    at(2026, title="Near")
    at(2027, title="Far", format="workshop")

    with time_machine.travel("2026-05-07T13:30:00Z", tick=False):
        answer = ask("webinars/", page="1", **parameters).json()
        by_cursor = ask("webinars/", **parameters).json()

    assert [page["title"] for page in answer["results"]] == expected
    assert answer["count"] == len(expected)
    assert by_cursor["results"] == answer["results"]


def test_a_series_is_asked_for_exactly_as_written(ask, group):
    webinar(group, series="Tuesdays & Fridays – “open”")

    assert len(ask("webinars/", series="Tuesdays & Fridays – “open”").json()["results"]) == 1


def test_days_are_those_of_the_site(ask, group, settings):
    start = dt.datetime(2024, 1, 1, 2, tzinfo=dt.UTC)
    webinar(group, starts_at=start, ends_at=start + dt.timedelta(hours=1))

    def found(**parameters):
        return len(ask("webinars/", **parameters).json()["results"])

    assert (found(year="2023"), found(year="2024"), found(to="2023-12-31")) == (0, 1, 0)
    settings.TIME_ZONE = "America/New_York"
    assert (found(year="2023"), found(year="2024"), found(to="2023-12-31")) == (1, 0, 1)


@pytest.mark.parametrize("more", [{}, {"page": "7"}, {"q": "Who"}, {"fields": "_"}])
def test_a_series_that_does_not_exist_is_refused_with_those_that_do(ask, group, more):
    webinar(group)

    answer = ask("webinars/", series="Closed meetings", **more)

    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["allowed"]) == ("series", ["Open meetings"])


@pytest.mark.parametrize("webinar_id", ["0", "abc", "9" * 19])
def test_a_webinar_that_is_not_there(ask, webinar_id):
    assert ask(f"webinars/{webinar_id}/").status_code == 404
