"""How many queries an answer costs, whatever it holds."""

import datetime as dt

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.choices import Role
from tests import factories as make

#: One of them asks the clock of the public record, which tells answers apart.
LIST, DETAIL = 7, 11
NUMBERS = pytest.mark.parametrize("number", [1, 3, 50])


@pytest.fixture
def words():
    return list(models.Interest.objects.filter(slug__in=["kenya", "subnational-finance", "health"]))


FILTERS = {"topic": "subnational-finance", "region": "africa", "sector": "health", "exact": "0"}


@pytest.fixture
def list_of(ask, django_assert_max_num_queries):
    def list_of(noun, number, **parameters):
        """Ask for a list of so many results within the budget."""
        with django_assert_max_num_queries(LIST):
            answer = ask(f"{noun}/", page_size="100", **parameters)
        assert answer.json()["count"] == len(answer.json()["results"]) == number

    return list_of


@NUMBERS
def test_a_list_of_groups(list_of, words, number):
    for _each in range(number):
        make.group(interests=words, purpose="On irrigation.", focus="topic")

    list_of("groups", number)
    list_of("groups", number, **FILTERS, focus="topic", state="forming", q="irrigation")


@NUMBERS
def test_a_list_of_posts(list_of, words, number):
    group, other = make.group(slug="finance"), make.group()
    for _each in range(number):
        make.post(
            group,
            interests=words,
            summary="On irrigation.",
            published_on=dt.date(2024, 1, 1),
            joint_groups=[other],
            authors=[models.BlogPostAuthor(name="A"), models.BlogPostAuthor(name="B")],
        )

    list_of("posts", number)
    list_of("posts", number, **FILTERS, group="finance", year="2024", q="irrigation")


@NUMBERS
def test_a_list_of_webinars(list_of, words, number):
    group = make.group(slug="finance")
    for _each in range(number):
        make.webinar(group, interests=words, summary="On irrigation.", series="Talks")

    list_of("webinars", number)
    list_of(
        *("webinars", number),
        **FILTERS,
        **{"group": "finance", "year": "2030", "q": "irrigation", "series": "Talks"},
        **{"format": "webinar", "when": "upcoming"},
    )


@NUMBERS
def test_a_list_of_interests(list_of, number):
    models.Interest.objects.update(parent=None)
    models.Interest.objects.all().delete()
    for _each in range(number):
        word = make.InterestFactory()
        for language in ("fr", "ar"):
            models.InterestLabel.objects.create(interest=word, language=language, label="x")

    list_of("interests", number)
    list_of("interests", number, kind="topic")


def body(number, group):
    """A body with so many of each thing that needs to be looked up."""
    document = make.document()
    text = (
        f'<p><a linktype="page" id="{group.pk}">a</a>'
        f'<a linktype="document" id="{document.pk}">b</a></p>'
    )
    each = [
        *(("paragraph", text) for _each in range(number)),
        *(("document", {"document": make.document()}) for _each in range(number)),
        *(("figure", {"image": make.image()}) for _each in range(number)),
    ]
    return {"body": each, "lead_image": make.image(), "lead_image_alt": "A market"}


@pytest.fixture
def detail(ask, django_assert_max_num_queries):
    def detail(path):
        """Ask for one thing twice: the first time its pictures are made, the second they exist."""
        with django_assert_max_num_queries(DETAIL):
            first = ask(path).json()
        with django_assert_max_num_queries(DETAIL):
            second = ask(path).json()
        assert first == second
        return first

    return detail


@NUMBERS
def test_one_group(detail, words, number):
    group = make.group(
        slug="finance",
        interests=words,
        partners=[
            models.WorkingGroupPartner(name="A", logo=make.image()) for _each in range(number)
        ],
        terms_of_reference=make.document(),
        **body(number, make.group()),
    )
    models.Membership.objects.bulk_create(
        models.Membership(
            member=make.MemberFactory(in_directory=True),
            group=group.record,
            role=Role.RESEARCHER,
            public=True,
            start=dt.date(2024, 1, 1),
        )
        for _each in range(number)
    )

    answer = detail("groups/finance/")

    assert len(answer["roles"]) == len(answer["partners"]) == number
    assert len(answer["body"]) == 3 * number


@NUMBERS
def test_one_post(detail, words, number):
    group = make.group()
    post = make.post(
        group,
        interests=words,
        authors=[models.BlogPostAuthor(name="A") for _each in range(number)],
        joint_groups=[make.group() for _each in range(min(number, 4))],
        **body(number, group),
    )

    answer = detail(f"posts/{post.pk}/")

    assert len(answer["authors"]) == number
    assert len(answer["body"]) == 3 * number


@NUMBERS
def test_one_webinar(detail, words, number):
    group = make.group()
    row = {"title": "A", "contributors": [{"name": "B", "affiliation": "", "role": "speaker"}]}
    webinar = make.webinar(
        group,
        interests=words,
        agenda=[("row", row) for _each in range(number)],
        cities=[models.WebinarCity(time_zone="Africa/Nairobi") for _each in range(number)],
        co_hosts=[models.WebinarCoHost(name="A") for _each in range(number)],
        joint_groups=[make.group() for _each in range(min(number, 4))],
        slides=make.document(),
        **body(number, group),
    )

    answer = detail(f"webinars/{webinar.pk}/")

    assert len(answer["agenda"]) == len(answer["co_hosts"]) == number
    assert len(answer["body"]) == 3 * number


def test_one_interest(detail, words):
    detail("interests/kenya/")


def test_an_answer_that_refuses_is_cheap(ask, django_assert_max_num_queries):
    make.post(make.group())

    for parameters in ({"page": "9"}, {"topic": "x"}, {"group": "x"}, {"page": "9", "q": "What"}):
        with django_assert_max_num_queries(LIST):
            assert ask("posts/", **parameters).status_code == 400
