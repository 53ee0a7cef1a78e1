"""What Wagtail's sitemap has of our pages."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogIndexPage, BlogPost, WorkingGroupIndexPage
from tests import factories as make
from tests.pages.test_gone import end

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def told(client):
    """Map address → the element of the sitemap."""

    def told():
        answer = client.get("/sitemap.xml", headers={"host": "localhost"})
        assert answer.status_code == 200
        urls = ElementTree.fromstring(answer.content).findall(f"{SITEMAP}url")
        found = {url.findtext(f"{SITEMAP}loc"): url for url in urls}
        assert len(found) == len(urls)
        return found

    return told


def test_it_has_what_everybody_may_read_and_nothing_else(told):
    group, ended, closed = make.group(), make.group(), make.group()
    kept = make.group(title="Archive")
    pages = [group, make.post(group), make.webinar(group), kept, make.post(kept)]
    make.draft(make.BlogPostFactory, group)
    hidden = [make.post(ended), ended, make.post(closed), closed]
    end(ended)
    end(kept, "archive")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    found = told()

    assert [page.full_url for page in pages if page.full_url not in found] == []
    assert [page.full_url for page in hidden if page.full_url in found] == []
    lists = [make.index_page(model).full_url for model in (WorkingGroupIndexPage, BlogIndexPage)]
    assert [address for address in lists if address not in found] == []


def test_it_says_when_a_page_changed_for_readers_and_how_often_to_nobody(told):
    post = make.post(make.group())
    long_ago = dt.datetime(2020, 1, 2, 12, tzinfo=dt.UTC)
    Page.objects.update(last_published_at=long_ago)
    post.refresh_from_db()
    post.title = "Draft"
    post.save_revision()
    event = make.webinar(make.group())
    Page.objects.update(last_published_at=long_ago)
    actions.change_facts(actor=None, webinar=event, venue="Hall")
    found = told()

    assert found[post.full_url].findtext(f"{SITEMAP}lastmod") == "2020-01-02"
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert found[event.full_url].findtext(f"{SITEMAP}lastmod") == today
    assert {url.findtext(f"{SITEMAP}changefreq") for url in found.values()} == {None}


def test_a_list_changed_when_one_of_its_pages_did(told):
    post = make.post(make.group())
    Page.objects.update(last_published_at=dt.datetime(2020, 1, 2, tzinfo=dt.UTC))
    BlogPost.objects.filter(pk=post.pk).update(
        last_published_at=dt.datetime(2021, 3, 4, tzinfo=dt.UTC)
    )
    found = told()

    blog, groups = make.index_page(BlogIndexPage), make.index_page(WorkingGroupIndexPage)
    assert found[blog.full_url].findtext(f"{SITEMAP}lastmod") == "2021-03-04"
    assert found[groups.full_url].findtext(f"{SITEMAP}lastmod") == "2020-01-02"


def test_pages_of_one_type_are_read_together(told):
    def queries(number):
        for _each in range(number):
            make.post(group)
        with CaptureQueriesContext(connection) as seen:
            told()
        return len(seen)

    group = make.group()
    queries(1)
    assert queries(0) == queries(5)


def test_translations_are_named(site, settings):
    settings.ROOT_URLCONF = "tests.pages.urls_in_languages"
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    blog = make.index_page(BlogIndexPage)
    translation = blog.copy_for_translation(french)
    translation.save_revision().publish()

    [entry] = blog.get_sitemap_urls(RequestFactory().get("/", headers={"host": "localhost"}))
    assert entry["location"] == blog.full_url
    assert [(one["lang_code"], one["location"]) for one in entry["alternates"]] == [
        ("en", blog.full_url),
        ("fr", make.fresh(translation).full_url),
    ]
