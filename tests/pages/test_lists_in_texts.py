"""Lists inside texts: what everybody may see, by a word, in the order of the list of their kind."""

import datetime as dt

import pytest
from wagtail.models import Locale, Page, PageViewRestriction, Site

from lpsa_wagtail import models
from tests import factories as make


@pytest.fixture
def word():
    return make.InterestFactory(slug="water", name="Water")


@pytest.fixture
def group():
    return make.group(title="Delta")


@pytest.fixture
def listed(visit, group):
    """Titles that a post shows which has these lists; each is (kind, word, number)."""

    def listed(*lists, **fields):
        body = [
            ("list", {"title": "", "kind": kind, "interest": word, "number": number})
            for kind, word, number in lists
        ]
        seen = visit(make.post(group, title="Reader", body=body, **fields))
        return [
            (section.h2.get_text(strip=True), [h3.get_text(strip=True) for h3 in section("h3")])
            for section in seen.select(".lpsa-listed")
        ]

    return listed


def posts(group, word, *names, **fields):
    for number, name in enumerate(names, start=1):
        day = dt.date(2020, 1, number)
        make.post(group, title=name, published_on=day, interests=[word], **fields)


def test_the_newest_come_first_and_no_more_than_asked_for(listed, group, word):
    other = make.InterestFactory(name="Roads")
    posts(group, word, "One", "Two", "Three")
    posts(group, other, "Road")
    for number in (1, 2):
        start = dt.datetime(2020, 1, number, tzinfo=dt.UTC)
        make.webinar(group, title=f"Event {number}", starts_at=start, interests=[word])

    assert listed(("posts", "water", 2), ("webinars", "water", 9), ("posts", other.slug, 1)) == [
        ("Posts on Water", ["Three", "Two"]),
        ("Webinars on Water", ["Event 2", "Event 1"]),
        ("Posts on Roads", ["Road"]),
    ]


def test_narrower_and_merged_words_are_found(listed, group, word):
    wells = make.InterestFactory(name="Wells", parent=word)
    rain = make.InterestFactory(name="Rain", slug="rain", merged_into=word, active=False)
    posts(group, wells, "Of wells")
    posts(group, rain, "Of rain")

    assert listed(("posts", "rain", 5)) == [("Posts on Water", ["Of rain", "Of wells"])]


def test_a_page_does_not_list_itself(listed, group, word):
    posts(group, word, "Other")

    assert listed(("posts", "water", 5), interests=[word]) == [("Posts on Water", ["Other"])]


@pytest.mark.parametrize("asked", ["", "no-such-word", "water"])
def test_a_list_without_results_shows_nothing(listed, word, asked):
    assert listed(("posts", asked, 5)) == []


def test_what_is_not_public_is_in_no_list(listed, group, word):
    posts(group, word, "Public")
    fields = {"interests": [word]}
    make.draft(make.BlogPostFactory, group, title="Draft", slug="draft", **fields)
    undecided = make.draft(make.BlogPostFactory, group, title="Undecided", slug="u", **fields)
    Page.objects.filter(pk=undecided.pk).update(live=True)
    closed = make.group(title="Closed", slug="closed")
    posts(closed, word, "Restricted")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    gone = make.group(title="Gone", slug="gone")
    posts(gone, word, "Dissolved")
    models.WorkingGroupRecord.objects.filter(pk=gone.record.pk).update(state="dissolved")

    assert listed(("posts", "water", 10)) == [("Posts on Water", ["Public"])]


def test_other_sites_are_in_no_list(listed, group, word):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=root)
    index = root.add_child(instance=models.WorkingGroupIndexPage(title="Groups", slug="groups"))
    elsewhere = make.live(make.WorkingGroupPageFactory, index, title="Elsewhere")
    posts(elsewhere, word, "There")
    posts(group, word, "Here")

    assert listed(("posts", "water", 10)) == [("Posts on Water", ["Here"])]


def test_other_languages_are_in_no_list(listed, group, word, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    posts(group, word, "English")
    french = Locale.objects.create(language_code="fr")
    posts(group, word, "French", locale=french, slug="francais")

    assert listed(("posts", "water", 10)) == [("Posts on Water", ["English"])]


def test_a_title_and_the_group_and_the_words_are_shown(visit, group, word):
    posts(group, word, "One", summary="What it is about.")
    block = {"title": "Read on", "kind": "posts", "interest": "water", "number": 1}
    seen = visit(make.webinar(group, body=[("list", block)]))

    assert seen.text(".lpsa-listed h2") == "Read on"
    assert seen.links(".lpsa-listed .lpsa-host a") == {"Delta": group.url}
    assert seen.texts(".lpsa-listed .lpsa-words li") == ["Water"]
