"""Statements that are written once: the same rows as the queryset that they were written from."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from lpsa_wagtail import models
from lpsa_wagtail.models import prepared
from lpsa_wagtail.models.prepared import Kept, Prepared, Statement, padded, with_columns
from tests import factories as make

FIRST, LATER = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC), dt.datetime(2025, 6, 1, tzinfo=dt.UTC)


@pytest.fixture
def webinars():
    group = make.group(slug="finance")
    return [
        make.webinar(group, title=title, starts_at=start, ends_at=start + dt.timedelta(hours=1))
        for title, start in (("A", FIRST), ("B “水”", FIRST), ("C's %s", LATER))
    ]


# Prepared.

CASES = {
    "a number": (lambda pk: Q(pk__gte=pk), [(1,), (2**40,)]),
    "a text": (lambda title: Q(title__gt=title), [("",), ("B",), ("C's",), ("%s",), ("水",)]),
    "a moment": (
        lambda moment: Q(starts_at__lte=moment),
        [(FIRST,), (LATER,), (FIRST - dt.timedelta(microseconds=1),)],
    ),
    "a day": (
        lambda day: Q(first_published_at__date__gte=day),
        [(dt.date(2020, 1, 1),), (dt.date(9999, 12, 31),)],
    ),
    "several": (
        lambda moment, pk, again: (
            Q(starts_at__lt=moment) | Q(starts_at=moment, pk__gt=pk) | Q(pk=again)
        ),
        [(FIRST, 0, 0), (LATER, 10**6, 1), (LATER, 0, 10**6)],
    ),
    "the same value twice": (lambda one, other: Q(pk__in=[one, other]), [(1, 1), (1, 10**6)]),
}


@pytest.mark.parametrize(("condition", "values"), CASES.values(), ids=CASES.keys())
def test_rows_are_those_of_the_queryset(webinars, condition, values):
    statements = Prepared(Page)

    def build(*given):
        found = models.Webinar.objects.public().filter(condition(*given)).order_by("-pk")
        return found.values_list("pk", "title", "starts_at", "locale__language_code")

    for given in (*values, *values):
        assert statements.rows(("some",), build, *given) == list(build(*given))
    assert len(statements._statements) == 1


def test_objects_are_those_of_the_queryset(webinars, django_assert_num_queries):
    statements = Prepared(Page)

    def build(moment):
        found = models.Webinar.objects.public().filter(starts_at__lte=moment).order_by("-pk")
        found = found.select_related("locale").annotate(shown=F("title"))
        return found.defer_streamfields()[:2]

    def told(page):
        deferred = page.get_deferred_fields()
        return (
            type(page),
            page.pk,
            page.starts_at,
            page.shown,
            page.locale.language_code,
            deferred,
        )

    for moment in (FIRST, LATER, FIRST):
        expected = [told(page) for page in build(moment)]
        with django_assert_num_queries(1):
            found = statements.objects(("some",), build, moment)
            assert [told(page) for page in found] == expected
        found[0].title = "Changed"
        assert list(found[0].body) == []  # read when asked for
    assert len(statements._statements) == 1


def test_no_objects_are_read_where_there_can_be_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Page).objects((), lambda: Page.objects.filter(pk__in=[])) == []


def test_a_statement_is_written_once_for_each_key(webinars):
    statements, built = Prepared(Page), []

    def build(pk):
        built.append(pk)
        return models.Webinar.objects.filter(pk=pk).values_list("title")

    for page in webinars:
        assert statements.rows(("one",), build, page.pk) == [(page.title,)]
    assert statements.rows(("other",), build, webinars[0].pk) == [("A",)]
    assert len(built) == 2


def test_values_of_another_type_get_a_statement_of_their_own(webinars):
    statements = Prepared(Page)

    def build(value):
        names = {int: "pk", str: "title"}
        return models.Webinar.objects.filter(**{names[type(value)]: value}).values_list("pk")

    assert statements.rows((), build, webinars[0].pk) == [(webinars[0].pk,)]
    assert statements.rows((), build, "A") == [(webinars[0].pk,)]


def test_one_query_is_sent_each_time(webinars, django_assert_num_queries):
    statements = Prepared(Page)

    for page in webinars:
        with django_assert_num_queries(1):
            statements.rows((), lambda pk: Page.objects.filter(pk=pk).values_list("title"), page.pk)


def test_the_number_of_statements_is_bounded(webinars, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 3)
    statements = Prepared(Page)

    for number in range(10):
        rows = statements.rows((number,), lambda: Page.objects.filter(depth=1).values_list("depth"))
        assert rows == [(1,)]

    assert [key[-1] for key in statements._statements] == [7, 8, 9]


def test_what_can_have_no_rows_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        rows = Prepared(Page).rows((), lambda: Page.objects.filter(pk__in=[]).values_list("pk"))

    assert rows == []


def test_a_union_and_a_slice_are_sent_as_they_are_written(webinars):
    statements = Prepared(Page)

    def build(first, second):
        one = Page.objects.filter(pk=first).order_by().values_list("pk", "title")
        other = Page.objects.filter(pk=second).order_by().values_list("pk", "title")
        return one.union(other, all=True)

    for first, second in ((0, 1), (2, 2)):
        pages = webinars[first], webinars[second]
        rows = statements.rows((), build, *(page.pk for page in pages))
        assert rows == [(page.pk, page.title) for page in pages]
    assert statements.rows(
        ("sliced",),
        lambda pk: Page.objects.filter(pk__gte=pk).order_by("pk").values_list("pk")[:1],
        2,
    ) == [(2,)]


def test_values_of_any_shape_change_only_values(webinars):
    title = "'; DROP TABLE wagtailcore_page; --"
    webinars[0].title = title
    Page.objects.filter(pk=webinars[0].pk).update(title=title)
    statements = Prepared(Page)

    def build(text):
        return Page.objects.filter(title=text).values_list("pk")

    assert statements.rows((), build, title) == [(webinars[0].pk,)]
    assert statements.rows((), build, "\ue0000\ue000") == []


def test_a_value_of_which_nothing_came_into_the_statement_is_a_mistake():
    with pytest.raises(ValueError, match="0"):
        Prepared(Page).rows(
            (), lambda text: Page.objects.filter(title__contains=text).values_list(), "a"
        )


def test_a_value_of_an_unknown_type_is_a_mistake():
    with pytest.raises(TypeError):
        Prepared(Page).rows((), lambda value: Page.objects.values_list("pk"), 1.5)


def test_each_database_has_statements_of_its_own(webinars, settings):
    """A second connection to the same database, as a host's router may choose it."""
    statements = Prepared(Page)
    other = connection.copy(alias="other")
    other.connection = connection.connection

    class Elsewhere:
        alias = "default"

        def db_for_read(self, model, **hints):
            return self.alias

    settings.DATABASE_ROUTERS = [Elsewhere()]
    connections["other"] = other
    try:
        for Elsewhere.alias in ("default", "other", "default", "other"):
            rows = statements.rows((), lambda: Page.objects.filter(depth=1).values_list("depth"))
            assert rows == [(1,)]
    finally:
        other.connection = None
        del connections["other"]

    assert [key[0] for key in statements._statements] == ["default", "other"]


@pytest.mark.django_db(transaction=True)
def test_threads_share_statements_and_mix_no_values():
    group = make.group()
    pages = [make.post(group) for _number in range(4)]
    statements, found = Prepared(Page), {}

    def build(pk):
        return Page.objects.filter(pk=pk).values_list("title")

    def ask(page):
        try:
            for _time in range(25):
                found.setdefault(page.title, set()).update(statements.rows((), build, page.pk))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=[page]) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {page.title: {(page.title,)} for page in pages}
    assert len(statements._statements) == 1


# Kept.


def _has_group_above() -> Q:
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    groups = models.WorkingGroupPage.objects.annotate(below=here)
    return Q(Exists(groups.filter(below__startswith=F("path")).exclude(pk=OuterRef("pk"))))


def plain_and_kept():
    return _has_group_above(), Kept(_has_group_above, "pk", "path")


def test_a_kept_condition_finds_the_same_pages(webinars):
    plain, kept = plain_and_kept()

    for _time in range(2):
        expected = list(Page.objects.filter(plain).order_by("pk"))
        assert list(Page.objects.filter(kept).order_by("pk")) == expected
        assert {page.pk for page in expected} >= {page.pk for page in webinars}
    assert list(Page.objects.filter(~kept)) == list(Page.objects.filter(~plain))
    assert Page.objects.filter(kept).count() == Page.objects.filter(plain).count()


def test_a_kept_condition_is_made_once_for_each_way_of_naming_the_outer_columns(webinars):
    made = []

    def make_it():
        made.append(1)
        return _has_group_above()

    kept = Kept(make_it, "pk", "path")
    for _time in range(3):
        list(Page.objects.filter(kept))
    assert len(made) == 1
    list(models.Webinar.objects.filter(kept))
    list(models.Webinar.objects.filter(kept))
    assert len(made) == 2


def test_a_kept_condition_holds_in_subqueries_with_other_names(webinars):
    plain, kept = plain_and_kept()
    joint = models.BlogPost.joint_groups.through.objects

    for condition in (plain, kept, plain, kept):
        inner = Page.objects.filter(condition).values("pk")
        nested = Page.objects.filter(pk__in=Page.objects.filter(pk__in=inner).values("pk"))
        outer = Page.objects.filter(Exists(Page.objects.filter(condition, pk=OuterRef("pk"))))
        both = Page.objects.filter(condition, pk__in=inner)
        found = {
            tuple(pages.order_by("pk").values_list("pk", flat=True))
            for pages in (Page.objects.filter(condition), nested, outer, both)
        }
        assert found == {tuple(page.pk for page in webinars)}
        assert list(joint.filter(blogpost__in=inner)) == []


def test_a_kept_condition_can_be_one_of_several(webinars):
    plain, kept = plain_and_kept()

    def found(condition):
        rank = Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
        pages = Page.objects.annotate(rank=rank).filter(Q(rank=1) | Q(depth=1))
        return list(pages.order_by("-rank", "pk").values_list("pk", "rank"))

    assert found(kept) == found(plain)


@pytest.mark.parametrize("model", [models.WorkingGroupPage, models.BlogPost, models.Webinar])
def test_what_is_public_is_asked_with_the_same_sql_each_time(model, site, webinars):
    with CaptureQueriesContext(connection) as queries:
        for _time in range(3):
            list(model.objects.public(site))
            list(Page.objects.filter(pk__in=model.objects.public(site).values("pk")))

    assert len({query["sql"] for query in queries.captured_queries}) == 2


# Small things.


@pytest.mark.parametrize(
    ("number", "length"),
    [(0, 0), (1, 1), (3, 4), (8, 8), (9, 20), (41, 100), (400, 400), (401, 401)],
)
def test_lists_are_padded_with_their_last_value(number, length):
    values = list(range(number))

    assert padded(iter(values)) == values + [number - 1] * (length - number)


def test_an_object_with_some_columns_reads_the_others_when_asked(
    webinars, django_assert_num_queries
):
    page = webinars[0]

    with django_assert_num_queries(0):
        found = with_columns(Page, ("title", "id"), ("Another", page.pk))
        assert (found.pk, found.title) == (page.pk, "Another")
    with django_assert_num_queries(1):
        assert found.slug == page.slug


def test_a_statement_says_where_its_values_stand(webinars):
    queryset = Page.objects.filter(pk__in=[-1, -2]).filter(pk__gt=-2).values_list("pk")

    assert {number for _place, number in Statement(connection, queryset, [-1, -2]).places} == {0, 1}
