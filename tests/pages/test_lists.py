"""What all lists share: paging, filters that do not exist, addresses that can be shared."""

import pytest
from django.test import Client

from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make


@pytest.fixture
def blog():
    return make.index_page(BlogIndexPage)


def test_pages_are_linked_both_ways_and_keep_the_filters(blog, visit, settings):
    settings.LPSA_PAGE_SIZE = 2
    for number in range(5):
        make.post(blog, title=f"Post {number}")

    seen = visit(f"{blog.url}?q=post&page=2")

    assert seen.text(".lpsa-paging span") == "Page 2 of 3"
    assert seen.links(".lpsa-paging a") == {
        "Previous": "?q=post&page=1",
        "Next": "?q=post&page=3",
    }
    assert visit(f"{blog.url}?q=post&page=3").texts(".lpsa-paging a") == ["Previous"]
    assert seen.text(".lpsa-count") == "5 results"


@pytest.mark.parametrize("model", [WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage])
def test_a_filter_that_does_not_exist_gives_a_plain_page_with_what_is_allowed(model, visit):
    make.InterestFactory(name="Water", slug="water")
    index = make.index_page(model)

    seen = visit(f"{index.url}?topic=<script>", status=400)

    assert "topic to be “ <script> ”" in seen.text(".lpsa-narrow > p:first-of-type")
    assert "water" in seen.texts(".lpsa-allowed li")
    assert index.url in seen.links("main a").values()
    assert seen.select("main script") == []


@pytest.mark.parametrize("model", [WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage])
def test_a_page_beyond_the_last_is_a_filter_that_does_not_exist(model, visit):
    index = make.index_page(model)
    seen = visit(f"{index.url}?page=7", status=400)
    assert seen.texts(".lpsa-allowed li") == ["1"]


def test_parameters_of_others_do_not_matter(blog, visit):
    make.post(blog, title="Here")
    assert visit(f"{blog.url}?utm_source=mail&x=1").texts(".lpsa-card-title") == ["Here"]


def test_a_list_that_is_restricted_or_gone_is_not_linked(blog, visit):
    from wagtail.models import PageViewRestriction

    webinars = make.index_page(WebinarIndexPage)
    group = make.group()
    assert list(visit(group).links(".lpsa-nav a")) == ["Working groups", "Blog", "Webinars"]
    PageViewRestriction.objects.create(page=blog, restriction_type="login")
    webinars.live = False
    webinars.save()
    assert list(visit(group).links(".lpsa-nav a")) == ["Working groups"]


@pytest.mark.parametrize(
    ("query", "robots"),
    [
        ("", []),
        ("?page=1", []),
        ("?utm_source=mail", []),
        ("?topic=water", ["noindex"]),
        ("?q=post", ["noindex"]),
        ("?order=title&page=1", ["noindex"]),
    ],
)
def test_search_engines_are_kept_out_of_mixes(blog, visit, query, robots):
    make.InterestFactory(name="Water", slug="water")
    make.post(blog, title="A post")

    seen = visit(f"{blog.url}{query}")
    response = Client().get(f"{blog.url}{query}")

    assert [tag["content"] for tag in seen.select('meta[name="robots"]')] == robots
    assert response.headers.get("X-Robots-Tag") == (robots[0] if robots else None)


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=999999999999", "page=1e3", "page=%00x", "year=0000"),
        *("from=2024-13-01", "to=yesterday", "from=0001-01-01", "group=../..", "topic=%00a"),
        *("ids=1,a", "order=password", "topic=" + "x" * 3000, "topic=%ED%A0%80", "year=%F0"),
    ],
)
def test_whatever_a_filter_is_asked_for_there_is_a_page_that_says_what_works(blog, visit, query):
    seen = visit(f"{blog.url}?{query}", status=400)
    assert seen.texts("h1") == ["There is no such filter"]
    assert len(str(seen)) < 20_000
