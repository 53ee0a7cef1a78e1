"""Previews and lists hold whatever an unfinished draft looks like."""

import pytest

from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPost,
    BlogPostAuthor,
    Webinar,
    WebinarCity,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPage,
    WorkingGroupPartner,
)
from tests import factories as make

EMPTY_BLOCKS = [
    ("heading", ""),
    ("paragraph", ""),
    ("figure", {"image": None, "alternative_text": "", "caption": "x", "credit": ""}),
    ("quote", {"text": "", "source": ""}),
    ("document", {"document": None, "description": ""}),
    ("gallery", {"pictures": [{"image": None, "caption": "x"}]}),
    ("callout", {"kind": "", "title": "x", "text": ""}),
    ("table", {"caption": "x", "cells": ""}),
    ("key_figures", {"figures": []}),
    ("chart", {"kind": "", "title": "x", "cells": ""}),
    ("recording", {"title": "x", "url": ""}),
    ("people", {"people": []}),
    ("list", {"title": "x", "kind": "", "interest": "", "number": None}),
    ("sources", {"sources": []}),
]
EMPTY_ROW = ("row", {"title": "", "contributors": [{"name": "", "role": ""}]})


@pytest.fixture
def group():
    return make.group()


def test_an_empty_post(group, preview):
    page = make.unfinished(
        make.BlogPostFactory, group, title="Draft", summary="", body=EMPTY_BLOCKS
    )
    seen = preview(page)
    assert seen.text("h1") == "Draft"
    assert seen.texts(".lpsa-byline time") == []
    assert seen.texts("figure, .lpsa-download") == []
    assert seen.texts(".lpsa-body") == [""]


def test_a_webinar_without_start_in_a_zone_that_does_not_exist(group, preview):
    page = make.unfinished(
        make.WebinarFactory,
        group,
        title="Draft",
        starts_at=None,
        ends_at=None,
        time_zone="Mars/Olympus",
        cities=[WebinarCity(time_zone="")],
        agenda=[EMPTY_ROW],
    )
    seen = preview(page)
    assert seen.text(".lpsa-notice .lpsa-flag") == "Date to be announced"
    assert seen.texts(".lpsa-times") == []


def test_a_start_in_a_zone_that_does_not_exist(group, preview):
    page = make.unfinished(
        make.WebinarFactory,
        group,
        time_zone="Mars/Olympus",
        cities=[WebinarCity(time_zone="No/Where")],
    )
    assert preview(page).texts(".lpsa-times [data-lpsa-zone]") == [
        "Olympus 13:00 – 14:30",
        "Where 13:00 – 14:30",
    ]


def test_an_empty_group(preview):
    directory = make.index_page(WorkingGroupIndexPage)
    page = make.unfinished(make.WorkingGroupPageFactory, directory, title="Draft", purpose="")
    seen = preview(page)
    assert seen.text("h1") == "Draft"
    assert seen.text("header .lpsa-flag") == "Proposed"


@pytest.mark.parametrize(
    ("model", "parent"),
    [
        (WorkingGroupPage, WorkingGroupIndexPage),
        (BlogPost, BlogIndexPage),
        (Webinar, WebinarIndexPage),
        (BlogPost, WorkingGroupPage),
        (Webinar, WorkingGroupPage),
    ],
)
def test_a_page_that_is_not_saved_yet(model, parent, group, preview):
    """As Wagtail previews a page that is being added: no id, a place in the tree at most."""
    above = parent.objects.get()
    page = model(title="New", slug="new", path=f"{above.path}0001", depth=above.depth + 1)
    page.set_url_path(above)
    seen = preview(page)
    assert seen.text("h1") == "New"


def test_a_preview_shows_what_is_being_changed(group, preview):
    water = make.InterestFactory(name="Water", slug="water")
    post = make.post(group, title="Old")
    post.title = "New"
    post.authors = [BlogPostAuthor(name="Ama")]
    post.joint_groups = [make.group(title="Hills")]
    post.interests.set([water])
    seen = preview(post)
    assert seen.text("h1") == "New"
    assert seen.text(".lpsa-byline bdi") == "Ama"
    assert list(seen.links(".lpsa-joint a")) == ["Hills"]
    assert seen.texts(".lpsa-words a") == ["Water"]

    group.partners = [WorkingGroupPartner(name="Towns United")]
    group.interests.set([water])
    seen = preview(group)
    assert seen.texts(".lpsa-partners li") == ["Towns United"]
    assert seen.texts("header .lpsa-words a") == ["Water"]


@pytest.mark.parametrize("model", [WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage])
def test_lists_can_be_previewed(model, group, preview):
    make.post(group)
    make.webinar(group)
    assert len(preview(make.index_page(model)).select(".lpsa-card")) == 1


def test_a_live_page_with_gaps_does_not_break_its_lists(group, visit):
    """What an import or a fixture may bring: a webinar without times, a post without text."""
    event = make.webinar(group, title="Undated")
    Webinar.objects.filter(pk=event.pk).update(starts_at=None, ends_at=None, time_zone="")
    post = make.post(group, title="Bare", summary="", body=[])
    BlogPost.objects.filter(pk=post.pk).update(listed_on=None)
    webinars = make.index_page(WebinarIndexPage)
    assert visit(webinars).text(".lpsa-meta .lpsa-flag") == "Date to be announced"
    assert visit(f"{webinars.url}?when=upcoming").texts(".lpsa-card") == []
    assert visit(make.index_page(BlogIndexPage)).texts(".lpsa-card-title") == ["Bare"]
    visit(group)
