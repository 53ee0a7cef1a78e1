"""Finding a page below another: the same as Wagtail finds, by fewer queries."""

import pytest
from wagtail.models import Page

from lpsa_wagtail import models
from lpsa_wagtail.models.routing import child_of
from tests import factories as make


@pytest.fixture
def group():
    group = make.group(slug="finance")
    make.post(group, slug="money")
    make.webinar(group, slug="talk")
    make.draft(make.BlogPostFactory, group, slug="draft")
    make.post(make.group(slug="health"), slug="money", title="Money for health")
    return group


@pytest.mark.parametrize("slug", ["money", "talk", "draft"])
def test_a_page_is_found_as_wagtail_finds_it(group, slug, django_assert_num_queries):
    expected = group.get_children().get(slug=slug).specific

    with django_assert_num_queries(2):
        page = child_of(group, slug)
    assert (type(page), page) == (type(expected), expected)
    columns = [field.attname for field in type(page)._meta.concrete_fields]
    assert [str(getattr(page, c)) for c in columns] == [str(getattr(expected, c)) for c in columns]
    assert page.is_standing == type(page).objects.filter(pk=page.pk).standing().exists()


def test_a_page_of_a_known_type_is_found_by_one_query(group, django_assert_num_queries):
    index = models.WorkingGroupIndexPage.objects.get()

    with django_assert_num_queries(1):
        assert child_of(index, "finance", models.WorkingGroupPage) == group


@pytest.mark.parametrize("slug", ["nothing", "Money", "money%", "mon_y", "\x00", "finance", ""])
def test_nothing_is_found_where_nothing_is(group, slug):
    assert child_of(group, slug) is None


def test_a_page_of_the_host_is_found_too(group, site):
    page = site.root_page.add_child(instance=Page(title="House", slug="house"))

    assert child_of(site.root_page, "house") == page


def test_what_was_taken_down_meanwhile_does_not_stand(group):
    post = models.BlogPost.objects.child_of(group).get(slug="money")
    assert child_of(group, "money").is_standing

    post.unpublish()
    assert not child_of(group, "money").is_standing
