"""Our URLs are looked for wherever a host may have put them."""

import sys
from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core import checks
from django.http import HttpResponse
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

OURS = path("lpsa/", include("lpsa_wagtail.urls"))
API = path("api/lpsa/v1/", include("lpsa_wagtail.api.urls"))
PAGES = path("", include(wagtail_urls))
NOT_INCLUDED = "lpsa.W002"
NOT_REACHED = "lpsa.W003"


def view(request, **kwargs):
    return HttpResponse("")


@pytest.fixture
def found(settings):
    """Ids of the messages about these URLs."""

    def look(*patterns):
        module = ModuleType("urls_of_a_host")
        module.urlpatterns = list(patterns)
        sys.modules[module.__name__] = module
        settings.ROOT_URLCONF = module.__name__
        messages = checks.run_checks(tags=["lpsa"])
        return [(m.id, m.msg) for m in messages if m.id in (NOT_INCLUDED, NOT_REACHED)]

    yield look
    sys.modules.pop("urls_of_a_host", None)


@pytest.mark.parametrize(
    "patterns",
    [
        (OURS, API, PAGES),
        (API, OURS, PAGES),
        (path("", view), path("admin/", view), OURS, PAGES),
        (path("apps/", include([OURS, API])), PAGES),
        (*i18n_patterns(OURS, PAGES), API),
        (API, *i18n_patterns(OURS, PAGES)),
        (re_path(r"^lpsa/", include("lpsa_wagtail.urls")), PAGES),
        (re_path(r"^(?P<site>\w+)/lpsa/", include("lpsa_wagtail.urls")), PAGES),
        (path("<slug:site>/lpsa/", include("lpsa_wagtail.urls")), PAGES),
    ],
    ids=[
        *("as in the README", "the API first", "after the host's own", "nested"),
        *("with languages, the API after", "the API before languages"),
        *("by regular expression", "below a pattern", "below a converter"),
    ],
)
def test_urls_in_a_good_place_need_no_word(found, patterns):
    assert found(*patterns) == []


def test_urls_that_are_not_included_are_missed(found):
    message = (
        "The URLs of lpsa_wagtail are not included. Pages work; mails carry no link to decide by."
    )

    assert found(PAGES) == [(NOT_INCLUDED, message)]
    assert found(API, PAGES) == [(NOT_INCLUDED, message)]


@pytest.mark.parametrize(
    ("patterns", "prefix", "by"),
    [
        ((PAGES, OURS), "lpsa/", ""),
        ((OURS, PAGES, API), "api/lpsa/v1/", ""),
        ((re_path(r"^.*$", view), OURS), "lpsa/", "^.*$"),
        ((path("<path:anything>", view), OURS), "lpsa/", "<path:anything>"),
        ((path("", include([path("", include([PAGES])), OURS])),), "lpsa/", ""),
        ((path("lpsa/<slug:page>/", view), OURS), "lpsa/", "lpsa/<slug:page>/"),
        (tuple(i18n_patterns(PAGES, OURS)), "en/lpsa/", ""),
    ],
    ids=[
        *("after Wagtail's pages", "the API after Wagtail's pages", "after a regular expression"),
        *("after a path", "after nested pages", "after one that takes slugs", "in a language"),
    ],
)
def test_urls_that_another_pattern_hides_are_named(found, patterns, prefix, by):
    said = dict(found(*patterns))

    assert said == {
        NOT_REACHED: f"The URLs of lpsa_wagtail below /{prefix} are not reached: “{by}” takes "
        "their addresses."
    }
