"""What a sitemap says of our pages: where, since when, and in which other languages.

Wagtail asks each page for itself. The pages of one type are read together, once for a request.
"""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from wagtail.models import Site

from lpsa_wagtail.models.addresses import public_address


@dataclass
class Known:
    """The pages of one type that everybody may read: when they changed, and their translations."""

    changed: dict[int, dt.datetime | None] = field(default_factory=dict)
    #: Translation key → pages.
    translations: dict[Any, list] = field(default_factory=dict)


def entries_of(page, request) -> list[dict]:
    """What a sitemap has of this page; nothing of one that not everybody may read.

    A list has changed when one of its pages has.
    """
    asked = request if request is not None else SimpleNamespace()
    known = _known(type(page), asked, request)
    if page.pk not in known.changed:
        return []
    times = [known.changed[page.pk]]
    if not hasattr(page, "interests"):
        for model in page.allowed_subpage_models():
            times += _known(model, asked, request).changed.values()
    location = public_address(page, request) if request else page.full_url
    entry: dict = {"location": location}
    if changed := max(filter(None, times), default=None):
        entry["lastmod"] = changed
    translations = known.translations.get(page.translation_key, ())
    if len(translations) > 1:
        entry["alternates"] = [
            {
                "lang_code": one.locale.language_code,
                "location": public_address(one, request) if request else one.full_url,
            }
            for one in translations
        ]
    return [entry]


def _known(model, asked, request) -> Known:
    if not hasattr(asked, "_lpsa_in_sitemap"):
        asked._lpsa_in_sitemap = {}
    if model not in asked._lpsa_in_sitemap:
        asked._lpsa_in_sitemap[model] = _read(model, request)
    return asked._lpsa_in_sitemap[model]


def _read(model, request) -> Known:
    site = Site.find_for_request(request) if request is not None else None
    pages = model.for_everybody(site or Site.objects.filter(is_default_site=True).first())
    if getattr(model, "operational_fields", None):  # facts change without a publication
        pages = pages.with_changes_told()
    known = Known()
    in_languages = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    pages = pages.select_related("locale") if in_languages else pages
    for page in pages.defer_streamfields().order_by("locale_id", "pk"):
        facts = getattr(page, "facts_changed_at", None)
        times = (page.last_published_at or page.first_published_at, facts)
        known.changed[page.pk] = max(filter(None, times), default=None)
        if in_languages:
            known.translations.setdefault(page.translation_key, []).append(page)
    return known
