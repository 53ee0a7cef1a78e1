"""What the API says about series."""

import datetime as dt

import pytest
import time_machine

from lpsa_wagtail import models
from tests import factories as make


@pytest.fixture
def events():
    """Three of a series, one without a date, and others: hidden, undated, in no series."""
    group, hidden = make.group(), make.group()
    for parent, year, series in (
        *((group, 2024, "Talks & walks"), (group, 2026, "Talks & walks"), (group, 2025, "Rare")),
        *((hidden, 2030, "Talks & walks"), (hidden, 2024, "Hidden"), (group, 2024, "")),
    ):
        start = dt.datetime(year, 5, 7, 13, tzinfo=dt.UTC)
        make.webinar(parent, series=series, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    undated = make.webinar(group, series="Someday")
    models.Webinar.objects.filter(pk=undated.pk).update(starts_at=None, ends_at=None)
    make.draft(make.WebinarFactory, group, series="Drafts")
    hidden.unpublish()


TALKS = {
    "name": "Talks & walks",
    "count": 2,
    "upcoming": 1,
    "last_starts_at": "2026-05-07T13:00:00Z",
}
RARE = {"name": "Rare", "count": 1, "upcoming": 0, "last_starts_at": "2025-05-07T13:00:00Z"}
SOMEDAY = {"name": "Someday", "count": 1, "upcoming": 0, "last_starts_at": None}


@time_machine.travel("2026-05-07T13:30:00Z", tick=False)
def test_series_come_by_name_with_what_is_to_come(ask, events):
    assert ask("series/").json() == {
        "results": [RARE, SOMEDAY, TALKS],
        "next": None,
        "previous": None,
        "count": 3,
    }
    for series in (RARE, SOMEDAY, TALKS):
        found = ask("webinars/", series=series["name"], page="1").json()
        assert found["count"] == series["count"]


@time_machine.travel("2026-05-07T14:00:01Z", tick=False)
def test_an_event_that_is_over_is_not_to_come(ask, events):
    assert ask("series/").json()["results"][2] == TALKS | {"upcoming": 0}


def test_series_come_in_pages(ask, walk, events):
    answer = ask("series/", page_size="2").json()

    assert answer["next"] == "http://testserver/api/lpsa/v1/series/?page_size=2&page=2"
    assert [one["name"] for one in walk("series/", page_size="2")] == [
        *("Rare", "Someday", "Talks & walks")
    ]
