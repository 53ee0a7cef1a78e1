"""The search of the site: one page over groups, posts and webinars, and suggestions."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import BlogPostAuthor
from tests import factories as make
from tests.pages.conftest import visit  # noqa: F401

SEARCH = reverse("lpsa_wagtail:search")
SUGGESTIONS = reverse("lpsa_wagtail:search_suggestions")


@pytest.fixture
def world():
    water = make.InterestFactory(name="Water supply", slug="water")
    delta = make.group(title="Delta rivers", slug="delta", interests=[water])
    hills = make.group(title="Hills", slug="hills")
    hills.record.state = GroupState.ACTIVE
    hills.record.save()
    make.post(
        delta,
        title="Rivers of 2023",
        published_on=dt.date(2023, 5, 1),
        summary="About <b>rivers & seas</b>.",
        authors=[BlogPostAuthor(name="Zoë Müller")],
        interests=[water],
    )
    make.post(hills, title="Sources", body=[("paragraph", "<p>All rivers begin here.</p>")])
    make.webinar(delta, title="Rivers, live", interests=[water])
    make.draft(make.BlogPostFactory, delta, title="Rivers, a draft")
    return {"delta": delta, "hills": hills, "water": water}


def test_without_a_question_there_is_a_form_with_help(visit):  # noqa: F811
    seen = visit(SEARCH)

    assert seen.select_one("main form")["action"] == SEARCH
    assert seen.select_one("main form label")["for"] == seen.select_one("main form input")["id"]
    assert seen.select(".lpsa-search-help") != []
    assert seen.select(".lpsa-results") == []
    assert seen.select_one('meta[name="robots"]')["content"] == "noindex"


def test_what_is_found_has_type_host_date_and_the_words_marked(world, visit):  # noqa: F811
    seen = visit(f"{SEARCH}?q=RIVERS")

    assert seen.text(".lpsa-count") == "4 results"
    assert seen.texts(".lpsa-card-title") == [
        "Delta rivers",
        "Sources",
        "Rivers of 2023",
        "Rivers , live",
    ]
    assert seen.texts(".lpsa-found .lpsa-kicker")[:3] == ["Working Group Forming", "Post", "Post"]
    assert seen.texts(".lpsa-found mark") == ["rivers", "rivers", "Rivers", "rivers", "Rivers"]
    post = seen.select(".lpsa-found")[2]
    assert post.select_one(".lpsa-host a").text == "Delta rivers"
    assert post.select_one(".lpsa-host .lpsa-flag").text == "Forming"
    assert post.select_one("time")["datetime"] == "2023-05-01"
    assert post.select_one(".lpsa-card-text").text.strip() == "About rivers & seas."


def test_facets_count_and_narrow(world, visit):  # noqa: F811
    offered = visit(f"{SEARCH}?q=rivers").links(".lpsa-facet a")
    year = str(dt.date.today().year)
    assert offered.pop(f"{year} 1", None) or offered.pop(f"{year} 2")
    assert {label: address for label, address in offered.items() if "year" not in address} == {
        "Groups 1": "?q=rivers&type=group",
        "Posts 2": "?q=rivers&type=post",
        "Webinars and meetings 1": "?q=rivers&type=webinar",
        "Water supply 3": "?q=rivers&topic=water",
        "Delta rivers 3": "?q=rivers&group=delta",
        "Hills 1": "?q=rivers&group=hills",
    }
    narrowed = visit(f"{SEARCH}{offered['Posts 2']}&topic=water")
    assert narrowed.texts(".lpsa-card-title") == ["Rivers of 2023"]
    assert visit(f"{SEARCH}?q=rivers&year=2023").text(".lpsa-count") == "1 result"


def test_an_interest_alone_is_a_question_too(world, visit):  # noqa: F811
    seen = visit(f"{SEARCH}?topic=water")
    assert seen.text(".lpsa-count") == "3 results"
    assert seen.select("mark") == []


def test_pages_follow_each_other_across_the_types(world, visit, settings):  # noqa: F811
    settings.LPSA_PAGE_SIZE = 3
    assert len(visit(f"{SEARCH}?q=rivers").select(".lpsa-found")) == 3
    seen = visit(f"{SEARCH}?q=rivers&page=2")
    assert seen.texts(".lpsa-card-title") == ["Rivers , live"]
    assert seen.links(".lpsa-paging a") == {"Previous": "?q=rivers&page=1"}


def test_nothing_found_says_what_to_do(world, visit):  # noqa: F811
    seen = visit(f"{SEARCH}?q=supply+nowhere")
    assert seen.text(".lpsa-count") == "0 results"
    assert seen.links(".lpsa-search-help .lpsa-words a") == {"Water supply": "?topic=water"}
    assert seen.links(".lpsa-empty a") == {"Show everything": SEARCH}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("topic=nonsense", 400),
        ("type=page", 400),
        ("group=nobody", 400),
        ("year=20x4", 400),
        ("year=9999", 200),
        ("q=a&page=99", 400),
        ("q=a&q=b", 400),
        ("q=%00", 200),
        ("q=%ED%A0%80", 200),
        ("q=%FF%FE", 200),
        ("q=%22%27%5C", 200),
        ("q=" + "x" * 4000, 200),
        ("q=%E2%80%AE", 200),
        ("page=%00", 200),
    ],
)
def test_bad_input_has_a_decent_page(world, visit, query, status):  # noqa: F811
    seen = visit(f"{SEARCH}?{query}", status=status)
    assert len(seen.select("h1")) == 1
    if status == 400:
        assert seen.links("main a")["Search again"] == SEARCH
    assert Client().get(f"{SUGGESTIONS}?{query}").status_code == 200


def test_what_is_not_public_is_neither_found_nor_suggested(world, visit):  # noqa: F811
    PageViewRestriction.objects.create(page=world["delta"], restriction_type="login")
    assert visit(f"{SEARCH}?q=rivers").texts(".lpsa-card-title") == ["Sources"]
    assert suggested("riv") == []


def suggested(text):
    answer = Client().get(SUGGESTIONS, {"q": text})
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    return [(one["type"], one["label"], one["about"]) for one in answer.json()["suggestions"]]


def test_titles_and_interests_are_suggested(world):
    assert suggested("wat supp") == [("topic", "Water supply", "Topic")]
    assert sorted(suggested("RÍV")) == [
        ("group", "Delta rivers", "Working Group · Forming"),
        ("post", "Rivers of 2023", "Post"),
        ("webinar", "Rivers, live", "Webinar"),
    ]
    assert suggested("rivers liv") == [("webinar", "Rivers, live", "Webinar")]
    assert suggested("hil") == [("group", "Hills", "Working Group")]
    assert suggested("r") == suggested("") == suggested("zzz") == []


def test_suggestions_lead_to_pages_and_to_the_search(world):
    def address(text):
        return Client().get(SUGGESTIONS, {"q": text}).json()["suggestions"][0]["url"]

    assert address("water supply") == f"{SEARCH}?topic=water"
    assert address("hills").endswith(world["hills"].url)


def test_titles_with_accents_are_suggested_without(world):
    make.post(world["hills"], title="Évaluation générale")
    assert suggested("evaluation gen") == [("post", "Évaluation générale", "Post")]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_is_that_for_any_number_of_results(number):
    word = make.InterestFactory(name="Lakes")
    for n in range(number):
        group = make.group(title=f"Lakes {n}", interests=[word])
        make.post(group, title=f"Lakes {n}", authors=[BlogPostAuthor(name="A")], interests=[word])
        make.webinar(group, title=f"Lakes, live {n}", interests=[word])

    assert (queries(f"{SEARCH}?q=lakes"), queries(f"{SUGGESTIONS}?q=lak")) == (19, 4)


def queries(address) -> int:
    Client().get(address)
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(address).status_code == 200
    return len(seen)
