"""How many queries an answer costs, whatever it holds."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from lpsa_wagtail import models
from lpsa_wagtail.choices import Role
from tests import factories as make

#: Always: the clock and the site.
ALWAYS = 2
#: A list reads the vocabulary, its rows, and what stands beside them.
LIST = ALWAYS + 3
#: With words to search for, and groups to choose from.
FILTERED = LIST + 2
#: Pages that texts link to.
LINKS = 1
#: The first time that a picture is shown: the picture, and its sizes.
PICTURES = 2
NUMBERS = pytest.mark.parametrize("number", [1, 3, 50])


@pytest.fixture(autouse=True)
def _types_are_known():
    """Which types of pages there are, a process reads once."""
    ContentType.objects.get_for_models(models.WorkingGroupPage, models.BlogPost, models.Webinar)


@pytest.fixture
def words():
    return list(models.Interest.objects.filter(slug__in=["kenya", "subnational-finance", "health"]))


FILTERS = {"topic": "subnational-finance", "region": "africa", "sector": "health", "exact": "0"}
#: Each of them is asked by cursor and by number, which costs the same.
WAYS = ({}, {"page": "1"})


@pytest.fixture
def list_of(ask, django_assert_num_queries):
    def list_of(path, number, queries, **parameters):
        """Ask for a list of so many results, at the cost of so many queries; gives the results."""
        for way in WAYS:
            with django_assert_num_queries(queries):
                answer = ask(path, page_size="100", **way, **parameters)
            assert len(answer.json()["results"]) == number
        return answer.json()["results"]

    return list_of


@NUMBERS
def test_a_list_of_groups(list_of, words, number):
    for _each in range(number):
        make.group(interests=words, purpose="On irrigation.", focus="topic")

    list_of("groups/", number, LIST)
    list_of("groups/", number, LIST, country="ke", language="en", order="-established")
    narrow = FILTERS | {"focus": "topic", "state": "forming", "q": "irrigation"}
    list_of("groups/", number, LIST + 1, **narrow)  # the search


@NUMBERS
def test_a_list_of_groups_with_all_of_them(ask, list_of, words, number):
    linked = make.group()
    for each in range(number):
        make.group(
            interests=words,
            partners=[models.WorkingGroupPartner(name="A", logo=make.image()) for _each in "ab"],
            terms_of_reference=make.document(),
            **body(each % 3, linked),
        )
    ask("groups/", fields="*", page_size="100")  # makes the pictures

    # Roles; decisions; for states changes and co-chairs. A state of a day is looked for before.
    links, today = (LINKS if number > 1 else 0), timezone.localdate().isoformat()
    list_of("groups/", number + 1, LIST + links + 4, fields="*")
    list_of("groups/", number + 1, LIST + links + 4, fields="*", as_of=today)
    list_of("groups/", number + 1, LIST + 3 + 2, as_of=today, state="forming")


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

    list_of("posts/", number, LIST)
    list_of("posts/", number, LIST, order="-updated", country="KE", to="2024-02-29")
    list_of("posts/", number, FILTERED, **FILTERS, group="finance", year="2024", q="irrigation")


@NUMBERS
def test_a_list_of_posts_with_their_text(ask, list_of, number):
    group = make.group()
    for each in range(number):
        make.post(group, **body(each % 3, group))
    ask("posts/", page_size="100", fields="body")  # makes the pictures

    list_of("posts/", number, LIST, fields="-authors")
    list_of("posts/", number, LIST + (LINKS if number > 1 else 0), fields="body")
    list_of("posts/", number, LIST + (LINKS if number > 1 else 0), fields="*", rich_text="markdown")


@NUMBERS
def test_pictures_that_nobody_saw_yet(ask, django_assert_num_queries, number):
    group = make.group()
    for _each in range(number):
        make.post(group, lead_image=make.image())

    for queries in (LIST + PICTURES, LIST):
        with django_assert_num_queries(queries):
            ask("posts/", page_size="100")


@NUMBERS
def test_a_list_of_webinars(list_of, words, number):
    group = make.group(slug="finance")
    for _each in range(number):
        make.webinar(
            group,
            interests=words,
            summary="On irrigation.",
            series="Talks",
            slides=make.document(),
            cities=[models.WebinarCity(time_zone="Africa/Nairobi")],
            co_hosts=[models.WebinarCoHost(name="A")],
        )

    list_of("webinars/", number, LIST)
    list_of("webinars/", number, LIST, fields="body")
    list_of("webinars/", number, LIST, when="upcoming", series="Talks")
    list_of(
        *("webinars/", number, FILTERED),
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

    list_of("interests/", number, ALWAYS + 1)
    list_of("interests/", number, ALWAYS + 1, kind="topic")
    list_of("interests/", number, ALWAYS + 4, fields="counts")


@NUMBERS
def test_the_lists_of_series_and_people(list_of, number):
    group = make.group()
    for each in range(number):
        make.webinar(group, series=f"Series {each}")
        member = make.MemberFactory(in_directory=True)
        make.MembershipFactory(member=member, group=group.record, public=True, role=Role.GUEST)

    list_of("series/", number, ALWAYS + 1)
    list_of("people/", number, ALWAYS + 3)  # groups, people, roles
    list_of("people/", number, ALWAYS + 3, role="guest", group=group.slug, q="member")


@NUMBERS
def test_search_and_navigation(ask, django_assert_num_queries, number):
    for each in range(number):
        group = make.group(title=f"Irrigation {each}")
        make.post(group, title=f"Irrigation {each} p")
        make.webinar(group, title=f"Irrigation {each} w")

    # Of each type: the search, the number, the rows, the words, and what stands beside.
    with django_assert_num_queries(ALWAYS + 3 * 2 + (3 if number < 20 else 1) * 3):
        found = ask("search/", q="irrigation").json()["results"]
    assert len(found) == min(3 * number, 20)
    with django_assert_num_queries(ALWAYS + 6):  # language, menu, three sections, groups
        ask("navigation/")


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
def detail(ask, django_assert_num_queries, django_assert_max_num_queries):
    def detail(path, queries):
        """Ask for one thing twice: the first time its pictures are made, the second they exist."""
        # (A database that takes few values at once gets many sizes in two parts.)
        with django_assert_max_num_queries(queries + PICTURES + 1):
            first = ask(path).json()
        with django_assert_num_queries(queries):
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

    # Besides: roles, decisions, and for the states changes and co-chairs.
    answer = detail("groups/finance/", LIST + LINKS + 4)

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

    answer = detail(f"posts/{post.pk}/", LIST + LINKS)

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

    answer = detail(f"webinars/{webinar.pk}/", LIST + LINKS)

    assert len(answer["agenda"]) == len(answer["co_hosts"]) == number
    assert len(answer["body"]) == 3 * number


def test_one_interest(ask, django_assert_num_queries, words):
    with django_assert_num_queries(ALWAYS + 4):  # the vocabulary, and what it is on
        ask("interests/kenya/")


REFUSED = ({"page": "9"}, {"topic": "x"}, {"group": "x"}, {"page": "9", "q": "What"})


def test_an_answer_that_refuses_is_cheap(ask, django_assert_max_num_queries):
    make.post(make.group())

    for parameters in (*REFUSED, {"cursor": "x"}, {"fields": "x"}, {"year": "x"}, {"as_of": "x"}):
        with django_assert_max_num_queries(LIST):
            assert ask("posts/", **parameters).status_code == 400
