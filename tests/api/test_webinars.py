"""What the API says about webinars."""

import datetime as dt

import pytest
import time_machine

from lpsa_wagtail import models
from tests import factories as make


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
                "title": "Who pays?",
                "format": "open-meeting",
                "series": "Open meetings",
                "summary": "One sentence.",
                "status": "scheduled",
                "starts_at": "2024-03-13T13:00:00Z",
                "ends_at": "2024-03-13T14:30:00Z",
                "time_zone": "America/New_York",
                "mode": "hybrid",
                "venue": "City hall",
                "languages": ["English", "French (interpretation)"],
                "registration_url": "https://example.org/register",
                "recording_url": "https://example.org/recording",
                "attendance": 87,
                "group": {"slug": "finance", "title": "Finance", "designation": "Working Group"},
                "interests": [],
                "url": "http://localhost/working-groups/finance/who-pays/",
            }
        ],
        "next": None,
        "previous": None,
        "count": 1,
    }


def test_one_webinar_adds_cities_agenda_and_hosts(ask, group):
    slides = make.document(title="Slides")
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
        joint_groups=[make.group(title="Health", slug="health")],
    )
    [listed] = ask("webinars/").json()["results"]

    answer = ask(f"webinars/{page.pk}/").json()

    assert answer == listed | {
        "joint_groups": [{"slug": "health", "title": "Health", "designation": "Working Group"}],
        "co_hosts": [{"name": "A host", "link": None}],
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
        "lead_image": None,
        "agenda": [
            row,
            {"title": "Close", "contributors": [], "recording_url": None},
        ],
        "body": [{"type": "quote", "text": "Well said.", "source": "B. Sample"}],
        "slides": {"title": "Slides", "url": f"http://localhost{slides.url}"},
    }


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
        answer = ask("webinars/", **parameters).json()

    assert [page["title"] for page in answer["results"]] == expected
    assert answer["count"] == len(expected)


@pytest.mark.parametrize("more", [{}, {"page": "7"}, {"q": "Who"}])
def test_a_series_that_does_not_exist_is_refused_with_those_that_do(ask, group, more):
    webinar(group)

    answer = ask("webinars/", series="Closed meetings", **more)

    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["allowed"]) == ("series", ["Open meetings"])


@pytest.mark.parametrize("webinar_id", ["0", "abc", "9" * 19])
def test_a_webinar_that_is_not_there(ask, webinar_id):
    assert ask(f"webinars/{webinar_id}/").status_code == 404
