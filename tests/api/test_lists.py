"""Lists come in pages that fit together, by number and by cursor."""

import datetime as dt
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
import time_machine

from lpsa_wagtail import models
from lpsa_wagtail.models.listings import GroupListing, PeopleListing, PostListing, WebinarListing
from tests import factories as make

POSTS, AN_HOUR = 7, dt.timedelta(hours=1)
LISTINGS = {
    "groups": GroupListing,
    "posts": PostListing,
    "webinars": WebinarListing,
    "people": PeopleListing,
}
ADDRESS = "http://testserver/api/lpsa/v1/posts/"


@pytest.fixture
def posts():
    """Posts of one day, so that only the order of last resort tells them apart."""
    group = make.group()
    return [make.post(group, published_on=dt.date(2024, 1, 1)) for _number in range(POSTS)]


@pytest.fixture
def world():
    """Some of everything: titles in four scripts, days that are the same, and days that are not."""
    titles = ["Wasser", "Wasser", "água", "Вода", "水", "مياه", "Zebra"]
    groups = [make.group(title=title, slug=f"g-{n}") for n, title in enumerate(titles)]
    record = models.WorkingGroupRecord.objects
    for group, day in zip(groups, [None, None, 1, 1, 2, 3, None], strict=True):
        record.filter(pk=group.record.pk).update(
            established_on=day and dt.date(2024, 1, day), state="active" if day == 1 else "forming"
        )
    for number, title in enumerate(titles):
        start = dt.datetime(2024, 1, 1 + number % 3, tzinfo=dt.UTC)
        make.post(groups[0], title=title, slug=f"p-{number}", published_on=start.date())
        make.webinar(
            groups[0], title=title, slug=f"w-{number}", starts_at=start, ends_at=start + AN_HOUR
        )
        make.MemberFactory(name=title, in_directory=True)
    models.Webinar.objects.filter(title__in=["Wasser", "水"]).update(starts_at=None, ends_at=None)
    moment = dt.datetime(2024, 5, 1, 12, 30, 15, 250_000, tzinfo=dt.UTC)
    for model in (models.WorkingGroupPage, models.BlogPost, models.Webinar):
        model.objects.filter(title__in=["água", "Вода"]).update(last_published_at=moment)
        model.objects.filter(title__in=["水", "Zebra"]).update(last_published_at=None)
    return titles


# By cursor.


@pytest.mark.parametrize("noun", LISTINGS)
def test_a_walk_by_cursor_gives_everything_once_in_order(ask, walk, world, noun):
    for order in LISTINGS[noun].orders:
        numbered = ask(f"{noun}/", order=order, page="1", page_size="100").json()
        assert numbered["count"] == len(numbered["results"]) == len(world)
        for size in ("1", "2", "7"):
            assert walk(f"{noun}/", order=order, page_size=size) == numbered["results"]


@pytest.mark.parametrize("when", ["upcoming", "past"])
def test_a_walk_over_what_is_to_come_or_over(ask, walk, world, when):
    with time_machine.travel("2024-01-02T00:00:00Z", tick=False):
        numbered = ask("webinars/", when=when, page="1").json()
        walked = walk("webinars/", when=when, page_size="1")

    assert walked == numbered["results"]
    assert len(walked) == 2


def test_a_walk_keeps_filters_and_finds_what_comes_meanwhile_once(ask, client, posts):
    answer = ask("posts/", page_size="3", year="2024").json()
    assert (answer["previous"], answer["count"]) == (None, None)
    assert answer["next"].startswith(f"{ADDRESS}?page_size=3&year=2024&cursor=")

    make.post(make.group(), published_on=dt.date(2024, 2, 1))  # before what was read
    rest = client.get(answer["next"]).json()

    assert [post["id"] for post in rest["results"]] == [post.pk for post in posts[3:0:-1]]


def test_a_walk_goes_on_where_an_item_is_gone(ask, client, posts):
    answer = ask("posts/", page_size="3").json()
    posts[4].unpublish()  # the last one on the page

    rest = client.get(answer["next"]).json()

    assert [post["id"] for post in rest["results"]] == [post.pk for post in posts[3:0:-1]]


def cursor_of(address: str) -> str:
    return address.partition("cursor=")[2]


def packed(content) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


DATES = ["-listed_on", "-pk"]
WRONG = {
    "no code": "x",
    "not ASCII": "ä" * 4,
    "digits of another script": "１２",
    "huge": "A" * 100_000,
    "huge and well made": packed([*DATES, "2024-01-01", 1, "x" * 2000]),
    "no JSON": urlsafe_b64encode(b"cursor").decode(),
    "no UTF-8": urlsafe_b64encode(b'"\xff\xfe"').decode(),
    "deep": urlsafe_b64encode(b"[" * 600).decode(),
    "a number": packed(1),
    "nothing": packed(None),
    "an object": packed({"-listed_on": 1}),
    "no values": packed(DATES),
    "one value": packed([*DATES, "2024-01-01"]),
    "too many values": packed([*DATES, "2024-01-01", 1, 1]),
    "of another order": packed(["title", "pk", "A", 1]),
    "of another list": packed(["-starts_at", "-pk", "2024-01-01T00:00:00Z", 1]),
    "turned round": packed(["listed_on", "pk", "2024-01-01", 1]),
    "keys that are none": packed(["password", "pk", "a", 1]),
    "no day": packed([*DATES, "2024-13-01", 1]),
    "a day as a number": packed([*DATES, 20240101, 1]),
    "no date where all have one": packed([*DATES, None, 1]),
    "a moment for a day": packed([*DATES, "2024-01-01T00:00:00Z", 1]),
    "an id as text": packed([*DATES, "2024-01-01", "1"]),
    "an id that is true": packed([*DATES, "2024-01-01", True]),
    "a negative id": packed([*DATES, "2024-01-01", -1]),
    "an id that is too large": packed([*DATES, "2024-01-01", 2**63]),
    "an id far too large": packed([*DATES, "2024-01-01", 10**400]),
    "an id with a fraction": packed([*DATES, "2024-01-01", 1.5]),
    "a list": packed([*DATES, ["2024-01-01"], 1]),
}
SENTENCE = "a cursor as “next” has it, for the same order"


@pytest.mark.parametrize("cursor", WRONG.values(), ids=WRONG.keys())
def test_a_cursor_that_is_none_is_refused(ask, posts, cursor):
    answer = ask("posts/", cursor=cursor)

    assert answer.status_code == 400
    assert (answer.json()["parameter"], answer.json()["allowed"]) == ("cursor", [SENTENCE])
    assert len(answer.content) < 1000


@pytest.mark.parametrize("length", range(1, 45, 4))
def test_a_cursor_that_was_cut_is_refused(ask, posts, length):
    cursor = cursor_of(ask("posts/", page_size="3").json()["next"])
    assert len(cursor) > length

    assert ask("posts/", cursor=cursor[:length]).status_code == 400


@pytest.mark.parametrize(
    ("noun", "order", "values"),
    [
        ("posts", "-updated", ["9999-12-31T23:59:59-01:00", 1]),
        ("posts", "-updated", ["0001-01-01T00:00:00+01:00", 1]),
        ("posts", "-updated", ["2024-01-01T00:00:00", 1]),
        ("posts", "-updated", ["2024-01-01", 1]),
        ("posts", "title", ["a\x00b", 1]),
        ("posts", "title", [None, 1]),
        ("groups", "state", [None, "A", 1]),
        ("groups", "state", ["0", "A", 1]),
    ],
)
def test_values_that_no_item_has_are_refused(ask, posts, noun, order, values):
    keys = LISTINGS[noun].orders[order]

    answer = ask(f"{noun}/", order=order, cursor=packed([*keys, *values]))

    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")


def test_a_cursor_says_only_what_the_list_says(ask, world):
    content = urlsafe_b64decode(
        cursor_of(ask("webinars/", page_size="1", order="-date").json()["next"]) + "=="
    )

    latest = models.Webinar.objects.in_listing_order().first()
    assert json.loads(content) == ["-starts_at", "-pk", "2024-01-03T00:00:00+00:00", latest.pk]


@pytest.mark.parametrize("empty", [{}, {"page": ""}, {"cursor": ""}, {"page": " ", "cursor": " "}])
def test_what_is_empty_counts_as_not_given(ask, posts, empty):
    answer = ask("posts/", page_size="3", **empty).json()

    assert [post["id"] for post in answer["results"]] == [post.pk for post in posts[:3:-1]]
    assert (answer["previous"], answer["count"]) == (None, None)


def test_either_a_page_or_a_cursor(ask, posts):
    cursor = cursor_of(ask("posts/", page_size="3").json()["next"])

    answer = ask("posts/", page="1", cursor=cursor)

    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")
    assert answer.json()["allowed"] == ["either page or cursor"]


# By number.


def test_numbered_pages_together_give_every_result_once(walk, posts):
    for size in ("1", "2", "3", "7", "100"):
        found = [post["id"] for post in walk("posts/", page="1", page_size=size)]
        assert found == [post.pk for post in reversed(posts)]


def test_a_page_knows_its_neighbours_and_keeps_the_filters(ask, posts):
    answer = ask("posts/", page="2", page_size="3", year="2024").json()

    address = ADDRESS + "?page={}&page_size=3&year=2024"
    assert [post["id"] for post in answer["results"]] == [post.pk for post in posts[3:0:-1]]
    assert answer["previous"] == address.format(1)
    assert answer["next"] == address.format(3)
    assert answer["count"] == POSTS


def test_pages_far_from_the_first_come_by_cursor_only(ask, walk, posts, settings):
    settings.LPSA_API_MAX_NUMBERED = 5

    last = ask("posts/", page="2", page_size="2").json()

    assert (last["next"], last["count"]) == (None, POSTS)
    beyond = ask("posts/", page="3", page_size="2")
    assert (beyond.status_code, beyond.json()["allowed"]) == (400, ["1 – 2"])
    assert ask("posts/", page="1", page_size="7").status_code == 200
    assert len(walk("posts/", page_size="2")) == POSTS


def test_the_size_of_a_page_is_a_setting(ask, posts, settings):
    settings.LPSA_API_PAGE_SIZE, settings.LPSA_API_MAX_PAGE_SIZE = 2, 3

    assert len(ask("posts/").json()["results"]) == 2
    assert len(ask("posts/", page_size="3").json()["results"]) == 3
    refused = ask("posts/", page_size="4")
    assert (refused.status_code, refused.json()["allowed"]) == (400, ["1 – 3"])


@pytest.mark.parametrize(("given", "count"), [({"page": "1"}, 0), ({}, None)])
def test_a_list_without_results_has_one_empty_page(ask, given, count):
    assert ask("posts/", **given).json() == {
        "results": [],
        "next": None,
        "previous": None,
        "count": count,
    }


@pytest.mark.parametrize("noun", ["groups", "posts", "webinars", "interests", "series", "people"])
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


# Fields.

LEAST = {"id", "slug", "title", "url"}
NOUNS = {"groups": "purpose", "posts": "summary", "webinars": "summary"}


@pytest.fixture
def some_of(ask):
    group = make.group(slug="finance")
    make.post(group)
    make.webinar(group)

    def some_of(noun, **parameters):
        """The names of what one item of a list tells."""
        [item] = ask(f"{noun}/", **parameters).json()["results"]
        return set(item)

    return some_of


@pytest.mark.parametrize(("noun", "name"), NOUNS.items())
def test_fields_are_told_as_asked_for(some_of, noun, name):
    usual, everything = some_of(noun), some_of(noun, fields="*")

    assert "body" in everything - usual
    assert some_of(noun, fields="body") == usual | {"body"}
    assert some_of(noun, fields=f"-{name}") == usual - {name}
    assert some_of(noun, fields=f"body, -{name}") == usual - {name} | {"body"}
    assert some_of(noun, fields=f"_,{name}") == LEAST | {name}
    assert some_of(noun, fields="_") == LEAST
    assert some_of(noun, fields="*,-body") == everything - {"body"}
    assert some_of(noun, fields="-title,-id") == usual
    assert some_of(noun, fields="") == usual


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(
    "fields", ["password", "-password", "title,", "title,*", "title,_", "**", "body.text", "Body"]
)
def test_fields_that_do_not_exist_are_refused_with_those_that_do(ask, some_of, noun, fields):
    answer = ask(f"{noun}/", fields=fields)

    assert (answer.status_code, answer.json()["parameter"]) == (400, "fields")
    assert set(answer.json()["allowed"]) == {"*", "_", *some_of(noun, fields="*")}
