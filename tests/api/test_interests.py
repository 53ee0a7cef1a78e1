"""What the API says about the vocabulary."""

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.choices import InterestKind
from tests import factories as make


@pytest.fixture
def words():
    """A vocabulary of our own: two topics, one of them merged into the other, and one below."""
    models.Interest.objects.update(parent=None)
    models.Interest.objects.all().delete()
    broad = make.InterestFactory(name="Water", slug="water", aliases=["WASH / water supply"])
    narrow = make.InterestFactory(name="Wells", slug="wells", parent=broad)
    models.InterestLabel.objects.create(interest=narrow, language="fr", label="Puits")
    gone = make.InterestFactory(name="Aqua", slug="aqua", merged_into=broad)
    retired = make.InterestFactory(name="Dams", slug="dams", active=False)
    country = make.InterestFactory(
        name="Kenya", slug="kenya", kind=InterestKind.REGION, country_code="KE"
    )
    return {"broad": broad, "narrow": narrow, "gone": gone, "retired": retired, "kenya": country}


WATER = {
    "slug": "water",
    "kind": "topic",
    "label": "Water",
    "name": "Water",
    "labels": {},
    "aliases": ["WASH / water supply"],
    "parent": None,
    "narrower": ["wells"],
    "country_code": None,
    "active": True,
}
WELLS = WATER | {
    "slug": "wells",
    "label": "Wells",
    "name": "Wells",
    "labels": {"fr": "Puits"},
    "aliases": [],
    "parent": "water",
    "narrower": [],
}
KENYA = WATER | {
    "slug": "kenya",
    "kind": "region",
    "label": "Kenya",
    "name": "Kenya",
    "aliases": [],
    "narrower": [],
    "country_code": "KE",
}
NOWHERE = {"groups": 0, "posts": 0, "webinars": 0}


def test_the_list_has_the_words_in_use(ask, words):
    assert ask("interests/").json() == {
        "results": [KENYA, WATER, WELLS],
        "next": None,
        "previous": None,
        "count": 3,
    }


def test_the_list_can_be_of_one_kind_and_paged(ask, words):
    answer = ask("interests/", kind="topic", page="2", page_size="1").json()

    assert answer == {
        "results": [WELLS],
        "next": None,
        "previous": "http://testserver/api/lpsa/v1/interests/?kind=topic&page=1&page_size=1",
        "count": 2,
    }


@pytest.mark.parametrize(
    "name", ["water", "WATER", "aqua", "Aqua", "wash / water supply", "WASH%20%2F%20water%20supply"]
)
def test_a_word_answers_to_all_its_names(ask, words, name):
    assert ask(f"interests/{name}/").json() == WATER | {"counts": NOWHERE}


def test_counts_are_those_of_a_filter_by_the_word(ask, words):
    group = make.group(interests=[words["narrow"]])
    make.group(interests=[words["broad"], words["narrow"]])
    make.post(group, interests=[words["gone"]])
    make.draft(make.BlogPostFactory, group, interests=[words["broad"]])
    make.webinar(group, interests=[words["kenya"]])
    hidden = make.group()
    make.post(hidden, interests=[words["broad"]])
    hidden.unpublish()

    counted = {
        word["slug"]: word["counts"]
        for word in ask("interests/", fields="counts").json()["results"]
    }

    assert counted == {
        "kenya": NOWHERE | {"webinars": 1},
        "water": {"groups": 2, "posts": 1, "webinars": 0},
        "wells": NOWHERE | {"groups": 2},
    }
    assert ask("interests/aqua/").json()["counts"] == counted["water"]
    assert counted["water"] == {
        noun: ask(f"{noun}/", topic="water", page="1").json()["count"] for noun in NOWHERE
    }


def test_a_word_below_one_that_was_merged_lies_below_what_that_became(ask, words):
    models.Interest.objects.filter(slug="wells").update(parent=words["gone"])

    assert ask("interests/wells/").json()["parent"] == "water"
    assert ask("interests/water/").json()["narrower"] == ["wells"]


def test_words_have_the_fields_that_are_asked_for(ask, words):
    answer = ask("interests/", fields="_,kind", kind="region").json()

    assert answer["results"] == [{"slug": "kenya", "kind": "region", "label": "Kenya"}]


def test_a_word_that_is_no_longer_offered_still_answers(ask, words):
    assert ask("interests/dams/").json()["active"] is False


def test_labels_come_in_the_language_of_the_reader(client, words):
    answer = client.get("/api/lpsa/v1/interests/wells/", headers={"accept-language": "fr"})

    assert answer.json()["label"] == "Puits"


@pytest.mark.parametrize("name", ["unknown", "%00", "%ED%A0%80", "a/b/c"])
def test_a_word_that_is_not_there(ask, words, name):
    answer = ask(f"interests/{name}/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_kind_that_does_not_exist_is_refused(ask, words):
    answer = ask("interests/", kind="flavour")

    assert answer.status_code == 400
    assert answer.json()["allowed"] == ["topic", "region", "sector"]
