"""Search over groups, posts and webinars."""

import datetime as dt

import pytest

from lpsa_wagtail import models
from tests import factories as make


@pytest.fixture
def found():
    """What the word irrigation finds, in the order of the answer."""
    kenya = models.Interest.objects.filter(slug="kenya")
    group = make.group(title="Irrigation", slug="water", interests=kenya)
    posts = [
        make.post(group, title=f"Irrigation {year}", published_on=dt.date(year, 1, 1))
        for year in (2022, 2023, 2021)
    ]
    webinar = make.webinar(group, title="Irrigation", summary="For all.", interests=kenya)
    make.post(group, title="Something else")
    make.draft(make.BlogPostFactory, group, title="Irrigation, a draft")
    hidden = make.group(title="Irrigation, hidden")
    make.post(hidden, title="Irrigation, hidden")
    hidden.unpublish()
    return {
        "group": [group.pk],
        "post": [posts[1].pk, posts[0].pk, posts[2].pk],
        "webinar": [webinar.pk],
    }


def told(answer):
    return [(one["type"], one["id"]) for one in answer["results"]]


def all_of(found, *types):
    return [(name, pk) for name in types or found for pk in found[name]]


def test_what_is_found_is_told_as_in_the_lists(ask, found):
    answer = ask("search/", q="irrigation").json()

    lists = {noun: ask(f"{noun}/", q="irrigation").json()["results"] for noun in LISTS}
    assert answer == {
        "results": [{"type": LISTS[n], **one} for n, ones in lists.items() for one in ones],
        "next": None,
        "previous": None,
        "count": 5,
    }
    assert told(answer) == all_of(found)


LISTS = {"groups": "group", "posts": "post", "webinars": "webinar"}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_go_from_one_type_to_the_next(ask, walk, found, size):
    pages = walk("search/", q="irrigation", page_size=str(size))

    assert told({"results": pages}) == all_of(found)


@pytest.mark.parametrize(
    ("parameters", "types"),
    [
        ({"type": "post"}, ["post"]),
        ({"type": "webinar, group"}, ["group", "webinar"]),
        ({"type": "group,group"}, ["group"]),
        ({"type": ""}, ["group", "post", "webinar"]),
        ({"region": "africa"}, ["group", "webinar"]),
        ({"region": "africa", "exact": "1"}, []),
        ({"country": "KE"}, ["group", "webinar"]),
        ({"language": "en"}, ["group", "post", "webinar"]),
        ({"language": "fr"}, []),
    ],
)
def test_what_is_found_can_be_narrowed(ask, found, parameters, types):
    answer = ask("search/", q="irrigation", **parameters).json()

    assert told(answer) == (all_of(found, *types) if types else [])
    assert answer["count"] == len(answer["results"])


@pytest.mark.parametrize("parameters", [{}, {"q": ""}, {"q": "  "}])
def test_without_words_there_is_nothing_to_search_for(ask, parameters):
    answer = ask("search/", **parameters)

    assert (answer.status_code, answer.json()["parameter"]) == (400, "q")
    assert answer.json()["allowed"] == ["words to search for"]


@pytest.mark.parametrize("given", ["post,person", ",", "posts", "Post"])
def test_a_type_that_does_not_exist_is_refused(ask, given):
    answer = ask("search/", q="a", type=given)

    assert (answer.status_code, answer.json()["parameter"]) == (400, "type")
    assert answer.json()["allowed"] == ["group", "post", "webinar"]


def test_a_page_beyond_the_last_is_refused(ask, found):
    answer = ask("search/", q="irrigation", page="3", page_size="3")

    assert (answer.status_code, answer.json()["allowed"]) == (400, ["1 – 2"])


@pytest.mark.parametrize("text", ["Вода", "मानचित्र", "水利", "مياه"])
def test_words_in_any_script_are_found(ask, text):
    group = make.group(title=text, slug="water")

    assert told(ask("search/", q=text).json()) == [("group", group.pk)]
