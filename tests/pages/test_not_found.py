"""Where nothing is: the page of the host that includes or extends ours."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make

INCLUDED = """{% extends "base.html" %}{% block content %}<p>Ours</p>
{% include "lpsa_wagtail/includes/not_found.html" %}{% endblock %}"""
BASE = "<title>Host</title><body>{% block content %}{% endblock %}"
LISTS = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)


@pytest.fixture(autouse=True)
def _posts():
    group = make.group()
    for title in ("One", "Two", "Three", "Four"):
        make.post(group, title=title)
    restricted = make.post(group, title="Restricted")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    make.draft(make.BlogPostFactory, group, title="Draft")


@pytest.mark.parametrize("address", ["/nothing/", "/working-groups/nothing/", "/a/b.c?d=e%00"])
def test_it_leads_on_to_lists_a_search_and_what_is_new(visit, address):
    seen = visit(address, status=404)

    assert seen.text("title").startswith("There is no such page")
    assert seen.text("h1") == "There is no such page"
    addresses = [make.index_page(model).url for model in LISTS]
    assert [link["href"] for link in seen.select(".lpsa-ways a")] == addresses
    assert seen.select_one("main .lpsa-search")["action"] == "/lpsa/search/"
    assert seen.texts(".lpsa-related a") == ["Four", "Three", "Two"]


def test_a_host_includes_it_into_its_own_page(visit, host_has):
    host_has({"base.html": BASE, "404.html": INCLUDED})
    seen = visit("/nothing/", status=404)

    assert seen.text("title") == "Host"
    assert seen.texts(".lpsa-related a") == ["Four", "Three", "Two"]
    styles = [link["href"] for link in seen.select("link[rel=stylesheet]")]
    assert styles == ["/static/lpsa_wagtail/lpsa.css"]


def test_it_needs_no_context_processor(visit, settings):
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "OPTIONS": {}}]
    assert visit("/nothing/", status=404).texts(".lpsa-related a") == ["Four", "Three", "Two"]


def test_it_is_one_cheap_page(django_assert_max_num_queries):
    Client().get("/nothing/")
    with django_assert_max_num_queries(6):
        Client().get("/nothing/")
