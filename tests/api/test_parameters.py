"""Parameters that cannot be are refused with a sentence, never with a fault of ours."""

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.choices import Role
from tests import factories as make
from tests.api.conftest import PREFIX


@pytest.fixture
def refused(client):
    def refused(query, path="posts/"):
        """The problem that this query string meets."""
        answer = client.get(f"{PREFIX}{path}?{query}")
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert (problem["title"], problem["status"]) == ("Bad Request", 400)
        return problem

    return refused


def test_an_unknown_parameter_is_refused_with_those_that_exist(refused):
    assert refused("toppic=health") == {
        "type": "urn:lpsa-wagtail:problem:unknown-parameter",
        "title": "Bad Request",
        "status": 400,
        "detail": "There is no parameter “toppic” here.",
        "parameter": "toppic",
        "allowed": [
            *("group", "topic", "region", "sector", "exact", "country", "year", "from", "to"),
            *("language", "ids", "q", "order"),
            *("fields", "rich_text", "cursor", "page", "page_size"),
        ],
    }


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("groups/finance/", ["as_of", "rich_text"]),
        ("posts/1/", ["rich_text"]),
        ("webinars/1/", ["rich_text"]),
        ("interests/x/", []),
        ("navigation/", []),
    ],
)
def test_what_is_one_thing_has_few_parameters(refused, path, allowed):
    assert refused("page=1", path)["allowed"] == allowed


@pytest.mark.parametrize(
    ("path", "query", "allowed"),
    [
        ("groups/", "focus=x", ["regional", "country", "sectoral", "thematic", "topic"]),
        ("groups/", "state=dissolved", ["active", "forming", "dormant", "archived"]),
        ("posts/", "exact=yes", ["0", "1"]),
        ("posts/", "group=nobody", ["finance", "health"]),
        ("posts/", "year=last", ["2024"]),
        ("posts/", "order=summary", ["-date", "date", "title", "-title", "-updated"]),
        ("posts/", "ids=1;2", ["numbers with commas between them"]),
        ("posts/", "ids=1,", ["numbers with commas between them"]),
        ("posts/", "from=yesterday", ["a day such as 2024-03-01"]),
        ("posts/", "to=2024-02-30", ["a day such as 2024-03-01"]),
        ("posts/", "to=2024-W01-1", ["a day such as 2024-03-01"]),
        ("people/", "role=boss", [str(role) for role in Role]),
        ("people/", "country=Kenya", ["two letters (ISO 3166-1)"]),
        ("people/", "group=nobody", ["finance", "health"]),
        ("search/", "type=person", ["group", "post", "webinar"]),
        ("webinars/", "when=now", ["upcoming", "past"]),
        ("webinars/", "format=party", ["webinar", "open-meeting", "workshop", "conference"]),
    ],
)
def test_a_value_that_does_not_exist_is_refused_with_those_that_do(refused, path, query, allowed):
    group = make.group(title="Finance", slug="finance")
    make.group(title="Health", slug="health")
    make.post(group, published_on="2024-01-01")

    problem = refused(query, path)

    name, value = query.split("=")
    assert problem["type"] == "urn:lpsa-wagtail:problem:bad-value"
    assert problem["detail"] == f"“{value}” is not a value that “{name}” can have."
    assert (problem["parameter"], problem["allowed"]) == (name, allowed)


@pytest.mark.parametrize("kind", ["topic", "region", "sector"])
def test_an_unknown_word_is_refused_with_the_words_of_its_kind(refused, kind):
    words = [word.slug for word in models.Interest.objects.vocabulary().in_use(kind)]
    wrong_kind = "health" if kind != "sector" else "africa"

    assert refused(f"{kind}=nonsense")["allowed"] == words
    assert refused(f"{kind}={wrong_kind}")["allowed"] == words


def test_an_unknown_country_is_refused_with_those_of_the_vocabulary(refused):
    words = models.Interest.objects.exclude(country_code="").order_by("country_code")
    codes = list(words.values_list("country_code", flat=True))

    assert refused("country=XX")["allowed"] == codes
    assert refused("country=kenya")["allowed"] == codes


def test_an_unknown_language_is_refused_with_those_of_the_site(refused, settings):
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("sw", "Kiswahili")]

    assert refused("language=tlh")["allowed"] == ["en", "sw"]


def test_a_hundred_ids_can_be_asked_for_at_once(refused, ask):
    ids = ",".join(str(number) for number in range(1, 101))

    assert ask("posts/", ids=ids).status_code == 200
    assert refused(f"ids={ids},101")["allowed"] == ["100 ids at most"]
    assert refused("ids=" + "9" * 19)["allowed"] == ["numbers with commas between them"]


HOSTILE = ["%00", "a%00b", "%ED%A0%80", "%ED%BF%BF", "%FF%FE", "%F0%28%8C%28"]


@pytest.mark.parametrize("name", [*HOSTILE, "", "page[]", "PAGE", "q__contains", "a" * 5000])
def test_a_name_that_is_no_parameter_is_refused(refused, name):
    problem = refused(f"{name}=1")

    assert problem["type"] == "urn:lpsa-wagtail:problem:unknown-parameter"
    assert len(problem["parameter"]) <= 80


SEARCHES = [
    *('"', '"unclosed', "a AND", "NOT", "*", "a*", "NEAR(", "-", ":", "'; DROP", "%", "()"),
    *("title:x", "\\", "\u202e", "\x0b", "x" * 5000, "ß" * 300),
]


@pytest.mark.parametrize("noun", ["groups", "posts", "webinars"])
def test_any_search_text_gives_an_answer(ask, noun):
    make.post(make.group())

    answers = {text: ask(f"{noun}/", q=text).status_code for text in SEARCHES}

    assert answers == dict.fromkeys(SEARCHES, 200)


def test_a_long_value_is_not_repeated_in_full(refused):
    problem = refused("topic=" + "x" * 5000)

    assert len(problem["detail"]) < 200
