"""The directory of groups."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import WorkingGroupIndexPage, WorkingGroupSettings
from tests import factories as make
from tests.pages.test_queries import queries


@pytest.fixture
def directory():
    return make.index_page(WorkingGroupIndexPage)


def test_a_group_is_shown_with_designation_state_focus_purpose_and_interests(directory, visit):
    water = make.InterestFactory(name="Water", slug="water")
    group = make.group(
        title="Delta",
        designation="standing-panel",
        focus="sectoral",
        purpose="Who brings the water.",
        interests=[water],
    )

    seen = visit(directory)

    assert seen.text(".lpsa-group-card .lpsa-designation") == "Standing Panel"
    assert seen.text(".lpsa-group-card .lpsa-flag") == "Forming"
    assert seen.text(".lpsa-group-card .lpsa-focus") == "Sectoral"
    assert seen.text(".lpsa-group-card .lpsa-card-text") == "Who brings the water."
    assert seen.links(".lpsa-group-card h3 a") == {"Delta": group.url}
    assert seen.links(".lpsa-group-card .lpsa-words a") == {"Water": f"{directory.url}?topic=water"}


def test_an_active_group_carries_no_flag(directory, visit):
    group = make.group()
    group.record.state = GroupState.ACTIVE
    group.record.save()
    assert visit(directory).texts(".lpsa-flag") == []


def test_filters_are_links_with_counts(directory, visit):
    make.group(title="A", focus="regional")
    make.group(title="B", focus="topic")

    seen = visit(directory)
    offered = seen.links(".lpsa-facet a")
    assert offered == {
        "Regional 1": "?focus=regional",
        "Topic-based 1": "?focus=topic",
        "Forming 2": "?state=forming",
    }

    chosen = visit(directory.url + offered["Regional 1"])
    assert chosen.text(".lpsa-count") == "1 result"
    assert chosen.texts(".lpsa-card-title") == ["A"]
    assert chosen.links(".lpsa-active li:first-child a") == {"Focus: Regional × (take away)": "?"}
    assert chosen.select_one('.lpsa-facet a[aria-current="true"]')["href"] == "?"


def test_searching_keeps_the_filters(directory, visit):
    make.group(title="Salt and tides", focus="regional")

    seen = visit(f"{directory.url}?focus=regional&q=tides")

    kept = {field["name"]: field["value"] for field in seen.select(".lpsa-search input")}
    assert kept == {"focus": "regional", "q": "tides"}
    assert seen.texts(".lpsa-card-title") == ["Salt and tides"]


def test_nothing_found_says_what_to_do(directory, visit):
    make.group(title="Salt")
    seen = visit(f"{directory.url}?q=pepper")
    assert seen.texts(".lpsa-empty p") == [
        "Nothing matches all of these filters. Take one away, or use fewer words.",
        "Show everything",
    ]
    assert seen.links(".lpsa-empty a") == {"Show everything": directory.url}


def test_an_empty_directory_says_so(directory, visit):
    assert visit(directory).text(".lpsa-empty") == "There are no groups yet."


def test_the_line_about_joining_comes_from_the_settings(directory, visit, site):
    assert visit(directory).texts(".lpsa-join") == []
    settings = WorkingGroupSettings.for_site(site)
    settings.join_text, settings.join_email = "Come in.", "groups@example.org"
    settings.save()

    seen = visit(directory)
    assert seen.text(".lpsa-join") == "Come in. groups@example.org"
    assert seen.links(".lpsa-join a") == {"groups@example.org": "mailto:groups@example.org"}


def test_a_compact_list_keeps_the_filters_and_names_the_next_meeting(directory, visit):
    soon = timezone.now().replace(microsecond=0) + dt.timedelta(days=30)
    delta = make.group(title="Delta", focus="sectoral", designation="standing-panel")
    make.group(title="Hills", focus="sectoral")
    make.group(title="Plains", focus="topic")
    for days, status in ((0, "cancelled"), (1, "scheduled"), (2, "scheduled")):
        start = soon + dt.timedelta(days=days)
        title = f"Meeting {days}"
        make.webinar(delta, title=title, starts_at=start, ends_at=None, status=status)

    cards = visit(f"{directory.url}?focus=sectoral")
    assert cards.links(".lpsa-views a") == {
        "Cards": "?focus=sectoral",
        "List": "?focus=sectoral&view=list",
    }
    seen = visit(f"{directory.url}?focus=sectoral&view=list")
    assert seen.select(".lpsa-group-card") == []
    assert seen.texts(".lpsa-row-title") == ["Delta", "Hills"]
    assert seen.texts(".lpsa-row-kind") == ["Standing Panel Forming", "Working Group Forming"]
    assert seen.texts(".lpsa-group-row .lpsa-focus") == ["Sectoral", "Sectoral"]
    [meeting] = seen.select(".lpsa-row-next a")
    assert meeting["href"].endswith("/delta/meeting-1/")
    assert seen.links(".lpsa-facet a")["Topic-based 1"] == "?view=list&focus=topic"
    kept = {field["name"]: field["value"] for field in seen.select(".lpsa-filters input")}
    assert kept == {"focus": "sectoral", "view": "list", "q": ""}
    assert seen.select_one('.lpsa-views [aria-current="true"]').text == "List"


@pytest.mark.parametrize("number", [1, 3])
def test_the_compact_list_takes_one_query_more(directory, number):
    for n in range(number):
        make.webinar(make.group(title=f"Group {n}"), title="Meeting")

    assert (queries(directory.url), queries(f"{directory.url}?view=list")) == (11, 12)


def test_a_long_list_of_options_is_folded(directory, visit):
    words = [make.InterestFactory(name=f"Word {n:02}", slug=f"word-{n}") for n in range(12)]
    make.group(title="A", interests=words)

    seen = visit(directory)
    assert len(seen.select(".lpsa-facet > ul a[href*=topic]")) == 8
    assert seen.text(".lpsa-facet-more summary") == "4 more (Topic)"
    assert "open" not in seen.select_one(".lpsa-facet-more").attrs
    chosen = visit(f"{directory.url}?topic=word-11")
    assert "open" in chosen.select_one(".lpsa-facet-more").attrs


@pytest.mark.parametrize("query", ["view=table", "focus=x", "state=draft", "view=list&view=cards"])
def test_values_that_do_not_exist_have_a_decent_page(directory, visit, query):
    seen = visit(f"{directory.url}?{query}", status=400)
    assert seen.texts("h1") == ["There is no such filter"]
