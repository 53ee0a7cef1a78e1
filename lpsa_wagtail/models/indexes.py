"""Where the lists of a site are: its directory of groups and its lists of posts and webinars."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site

from lpsa_wagtail.models.blog import BlogIndexPage
from lpsa_wagtail.models.prepared import Prepared, with_columns
from lpsa_wagtail.models.querysets import GovernedQuerySet, roots_of
from lpsa_wagtail.models.webinars import WebinarIndexPage
from lpsa_wagtail.models.working_groups import WorkingGroupIndexPage

COLUMNS = [field.attname for field in Page._meta.concrete_fields]
STATEMENTS = Prepared(Page)
INDEXES = {
    "groups": WorkingGroupIndexPage,
    "posts": BlogIndexPage,
    "webinars": WebinarIndexPage,
}


def index_pages(request, page=None) -> dict:
    """Map "groups", "posts" and "webinars" to the index page of the request's site.

    With ``page``, the one that is shown, to those in its language. Left out are lists that the
    site does not have, or not for everybody. One query, asked once for a request; the pages are
    plain ``Page`` objects, enough for title and address.
    """
    if not hasattr(request, "_lpsa_index_pages"):
        request._lpsa_index_pages = _read(Site.find_for_request(request), page)
    return request._lpsa_index_pages


def _read(site, shown) -> dict:
    types = ContentType.objects.get_for_models(*INDEXES.values())
    roots = tuple(root.path for root in roots_of(site)) if site else None
    languages = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    locale = shown.locale_id if shown and languages else None
    key = (roots, locale, *sorted(kind.pk for kind in types.values()))
    rows = STATEMENTS.rows(key, lambda: _pages(types, site, shown))
    found: dict = {}
    for row in rows:
        page = with_columns(Page, COLUMNS, row)
        found.setdefault(page.content_type_id, page)
    by_name = {name: found.get(types[model].pk) for name, model in INDEXES.items()}
    return {name: page for name, page in by_name.items() if page}


def _pages(types, site, shown):
    pages = GovernedQuerySet(Page).live().unrestricted().filter(content_type__in=types.values())
    pages = pages.in_site(site) if site else pages
    pages = pages.in_language_of(shown) if shown else pages
    return pages.order_by("depth", "path").values_list(*COLUMNS)


def sections_of(site) -> list[tuple]:
    """("groups", page), … for the index pages that everybody may read, in all languages.

    One query for each kind; with title, introduction and address.
    """
    return [
        (name, page)
        for name, model in INDEXES.items()
        for page in model.for_everybody(site).select_related("locale").order_by("path")
    ]
