"""Lists come in pages that fit together."""

import datetime as dt

import pytest

from tests import factories as make

POSTS = 7


@pytest.fixture
def posts():
    """Posts of one day, so that only the order of last resort tells them apart."""
    group = make.group()
    return [make.post(group, published_on=dt.date(2024, 1, 1)) for _number in range(POSTS)]


@pytest.fixture
def follow(ask, client):
    def follow(**parameters):
        """Results of all pages, by following ``next``."""
        answer, found = ask("posts/", **parameters).json(), []
        while True:
            found += [post["id"] for post in answer["results"]]
            if not answer["next"]:
                return found
            answer = client.get(answer["next"]).json()

    return follow


@pytest.mark.parametrize("size", ["1", "2", "3", "7", "100"])
def test_pages_together_give_every_result_once(follow, posts, size):
    assert follow(page_size=size) == [post.pk for post in reversed(posts)]


def test_a_page_knows_its_neighbours_and_keeps_the_filters(ask, posts):
    answer = ask("posts/", page="2", page_size="3", year="2024").json()

    address = "http://testserver/api/lpsa/v1/posts/?page={}&page_size=3&year=2024"
    assert [post["id"] for post in answer["results"]] == [post.pk for post in posts[3:0:-1]]
    assert answer["previous"] == address.format(1)
    assert answer["next"] == address.format(3)
    assert answer["count"] == POSTS


def test_the_size_of_a_page_is_a_setting(ask, posts, settings):
    settings.LPSA_API_PAGE_SIZE, settings.LPSA_API_MAX_PAGE_SIZE = 2, 3

    assert len(ask("posts/").json()["results"]) == 2
    assert len(ask("posts/", page_size="3").json()["results"]) == 3
    refused = ask("posts/", page_size="4")
    assert (refused.status_code, refused.json()["allowed"]) == (400, ["1 – 3"])


def test_a_list_without_results_has_one_empty_page(ask):
    assert ask("posts/", page="1").json() == {
        "results": [],
        "next": None,
        "previous": None,
        "count": 0,
    }


@pytest.mark.parametrize("noun", ["groups", "posts", "webinars", "interests"])
@pytest.mark.parametrize(
    "page", ["0", "-1", "2.0", "abc", "99", "99999999999999999999", "9" * 5000, "²", "１", "1e1"]
)
def test_a_page_that_is_not_there_is_refused_with_those_that_are(ask, noun, page):
    answer = ask(f"{noun}/", page=page, page_size="100")

    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["allowed"]) == ("page", ["1"])


def test_the_last_page_is_named(ask, posts):
    assert ask("posts/", page="4", page_size="3").json()["allowed"] == ["1 – 3"]


@pytest.mark.parametrize("size", ["0", "101", "-5", "abc", "99999999999999999999"])
def test_a_size_that_cannot_be_is_refused(ask, size):
    answer = ask("posts/", page_size=size)

    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["allowed"]) == ("page_size", ["1 – 100"])
