"""Telling a cache in front of the site what it has to forget."""

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page, Site

from lpsa_wagtail.choices import Noun
from lpsa_wagtail.models.indexes import INDEXES
from lpsa_wagtail.models.querysets import STEP, roots_of

#: How the API calls each thing and its list, and by which column it is asked for.
IN_THE_API = {
    Noun.GROUP: ("get_group", "list_groups", "slug"),
    Noun.POST: ("get_post", "list_posts", "object_id"),
    Noun.WEBINAR: ("get_webinar", "list_webinars", "object_id"),
    Noun.INTEREST: ("get_interest", "list_interests", "slug"),
}


def forget_cached(*, actor, changes) -> None:
    """Let the host's front-end cache forget what these changes are about.

    That is the page of each, the page that it lies below, our pages with lists, and in the API the
    thing, its list and the list of changes; not lists with filters, which grow old by themselves.
    Does nothing where ``wagtail.contrib.frontend_cache`` is not installed.
    """
    if not (changes and apps.is_installed("wagtail.contrib.frontend_cache")):
        return
    batch = PurgeBatch()
    batch.add_pages(_pages_around(changes))
    batch.add_urls(_addresses_gone(changes, batch))
    batch.add_urls(_addresses_in_api(changes))
    batch.purge()


def _pages_around(changes) -> list[Page]:
    """Those that are still there. Two queries."""
    places = {place for each in changes if each.path for place in (each.path, each.path[:-STEP])}
    pages = {page.pk: page for page in Page.objects.filter(path__in=places, live=True)}
    ids = {each.object_id for each in changes if each.path}
    pages |= Page.objects.filter(pk__in=ids).in_bulk()
    for model in INDEXES.values():
        pages |= model.objects.live().in_bulk()
    return list(pages.values())


def _addresses_gone(changes, cache) -> set[str]:
    """Where those were that are no more: below a page that is still there. One query."""
    parents = Page.objects.filter(path__in={each.path[:-STEP] for each in changes if each.path})
    known = {page.path: page.get_full_url(cache) for page in parents}
    slash = "/" if settings.APPEND_SLASH else ""
    return {
        f"{known[each.path[:-STEP]]}{each.slug}{slash}"
        for each in changes
        if known.get(each.path[:-STEP])
    }


def _addresses_in_api(changes) -> set[str]:
    """Addresses in every site and, where they differ, in every language. No API, no addresses."""
    sites = [(site, roots_of(site)) for site in Site.objects.select_related("root_page")]
    found: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for each in changes:
                paths = _paths_in_api(each)
                for site, roots in sites:
                    if not each.path or any(each.path.startswith(root.path) for root in roots):
                        found.update(f"{site.root_url}{path}" for path in paths)
    return found


def _paths_in_api(change) -> list[str]:
    one, many, column = IN_THE_API[change.noun]
    try:
        return [
            reverse(f"lpsa_api:{one}", args=[getattr(change, column)]),
            reverse(f"lpsa_api:{many}"),
            reverse("lpsa_api:list_changes"),
        ]
    except NoReverseMatch:
        return []
