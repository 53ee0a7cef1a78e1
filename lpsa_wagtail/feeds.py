"""Feeds of what is new, in Atom and as JSON Feed 1.1, narrowed by the filters of the lists."""

import datetime as dt
import logging
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from lpsa_wagtail.fields import zone_city
from lpsa_wagtail.models import BlogPost
from lpsa_wagtail.models.listings import BadFilter, PostListing, WebinarListing
from lpsa_wagtail.models.plain_text import address, line, plain

logger = logging.getLogger("lpsa_wagtail.feeds")

#: Items of a feed.
MOST = 40
#: What a feed tells of: how it is asked for → its list.
KINDS = {"post": PostListing, "webinar": WebinarListing}


@dataclass(frozen=True)
class Entry:
    """One thing that is told of; all texts are safe to print anywhere."""

    id: str
    title: str
    url: str
    summary: str
    published: dt.datetime
    updated: dt.datetime
    language: str
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Feed:
    """What is told, newest first. ``url`` is its own address, ``home`` that of the site."""

    title: str
    url: str
    home: str
    language: str
    entries: list[Entry]

    @property
    def updated(self) -> dt.datetime:
        """When something of it changed last."""
        return max((entry.updated for entry in self.entries), default=timezone.now())


def kinds_asked(params) -> list[str]:
    """The kinds that ``type`` asks for, all without it; raises ``BadFilter``."""
    text = params.get("type", "").strip()
    asked = [part.strip() for part in text.split(",")] if text else list(KINDS)
    for name in asked:
        if name not in KINDS:
            raise BadFilter("type", name, list(KINDS))
    return [name for name in KINDS if name in asked]


def read(request, site, params, *, url: str, language: str) -> Feed:
    """Read the feed that these parameters ask for. Raises ``BadFilter``.

    An item that cannot be told is left out and logged; it never takes the feed down.
    """
    entries, named = [], {}
    for name in kinds_asked(params):
        listing = KINDS[name](site=site, params=params)
        named |= {label: str(value) for label, value, _address in listing.active_filters}
        pages = listing.queryset.order_by("-first_published_at", "-pk").defer_streamfields()
        for page in listing.cards(pages.select_related("locale")[:MOST]):
            entries += _told(page, request)
    entries.sort(key=lambda entry: (entry.published, entry.id), reverse=True)
    about = [site.site_name or site.hostname, *named.values()]
    return Feed(line(" · ".join(about)), url, site.root_url, language, entries[:MOST])


def _told(page, request) -> list[Entry]:
    try:
        return [_entry(page, request)]
    except Exception:
        logger.exception("Page %s cannot be told in a feed; it is left out.", page.pk)
        return []


def _entry(page, request) -> Entry:
    url = page.get_full_url(request)
    published = page.first_published_at or page.last_published_at
    return Entry(
        id=f"urn:lpsa-wagtail:{page.translation_key}:{page.locale.language_code}",
        title=line(page.title),
        url=address(url or ""),
        summary=plain("\n\n".join(filter(None, (_when(page), page.summary)))),
        published=published,
        updated=page.last_published_at or published,
        language=page.locale.language_code,
        authors=[line(row.name) for row in getattr(page, "authors_shown", ())],
        categories=[line(word.label) for word in page.interests_shown],
    )


def _when(page) -> str:
    """The time of an event on its own clock, in words."""
    if isinstance(page, BlogPost) or not page.local_start:
        return ""
    city, start = zone_city(page.time_zone), page.local_start
    return _("%(day)s, %(time)s in %(city)s") % {
        "day": f"{start:%Y-%m-%d}",
        "time": f"{start:%H:%M}",
        "city": city,
    }


class _Atom(Atom1Feed):
    """With all authors of an entry, and its language."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


def as_atom(feed: Feed) -> bytes:
    """The feed in Atom (RFC 4287)."""
    atom = _Atom(
        title=feed.title,
        link=feed.home,
        description=None,
        language=feed.language,
        feed_url=feed.url,
        feed_guid=feed.url,
        author_name=feed.title,
    )
    for entry in feed.entries:
        atom.add_item(
            title=entry.title,
            link=entry.url,
            description=linebreaks(entry.summary, autoescape=True),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.categories,
            authors=entry.authors,
            language=entry.language,
        )
    return atom.writeString("utf-8").encode()


def as_json_feed(feed: Feed) -> dict:
    """The feed as JSON Feed 1.1 (jsonfeed.org)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": feed.language,
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.published.isoformat(),
                "date_modified": entry.updated.isoformat(),
                "language": entry.language,
                "authors": [{"name": name} for name in entry.authors],
                "tags": entry.categories,
            }
            for entry in feed.entries
        ],
    }
