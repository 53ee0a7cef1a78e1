"""Feeds of what is new, in Atom and as JSON Feed 1.1, narrowed by the filters of the lists."""

import datetime as dt
import logging
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from lpsa_wagtail.choices import GroupState, WebinarStatus
from lpsa_wagtail.fields import zone_city
from lpsa_wagtail.models import BlogPost, Webinar
from lpsa_wagtail.models.addresses import home_address, public_address
from lpsa_wagtail.models.listings import Selection
from lpsa_wagtail.models.plain_text import address, line, plain

logger = logging.getLogger("lpsa_wagtail.feeds")

#: Items of a feed.
MOST = 40


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


def read(request, site, params, *, language: str) -> Feed:
    """Read the feed that these parameters ask for. Raises ``BadFilter``.

    An item that cannot be told is left out and logged; it never takes the feed down.
    """
    selection = Selection(site=site, params=params)
    pages = [page for listing in selection.listings.values() for page in listing.newest(MOST)]
    entries = [entry for page in pages for entry in _told(page, request)]
    entries.sort(key=lambda entry: (entry.published, entry.id), reverse=True)
    query = f"?{urlencode(selection.given)}" if selection.given else ""
    return Feed(
        title=line(selection.label),
        url=request.build_absolute_uri(request.path) + query,
        home=home_address(site, request),
        language=language,
        entries=entries[:MOST],
    )


def _told(page, request) -> list[Entry]:
    try:
        return [_entry(page, request)]
    except Exception:
        logger.exception("Page %s cannot be told in a feed; it is left out.", page.pk)
        return []


def _entry(page, request) -> Entry:
    published = _published(page)
    changed = page.told_at if isinstance(page, Webinar) else page.last_published_at
    return Entry(
        id=f"urn:lpsa-wagtail:{page.translation_key}:{page.locale.language_code}",
        title=line(page.title),
        url=address(public_address(page, request)),
        summary=plain("\n\n".join(filter(None, _paragraphs(page)))),
        published=published,
        updated=max(published, changed or published),
        language=page.locale.language_code,
        authors=[line(row.name) for row in getattr(page, "authors_shown", ())],
        categories=[line(word.label) for word in page.interests_shown],
    )


def _published(page) -> dt.datetime:
    """When it became public; of a post the date that is shown, at noon if no hour is known."""
    moment = page.first_published_at or page.last_published_at
    day = page.listed_on if isinstance(page, BlogPost) else None
    if day and day != moment.date():
        return dt.datetime.combine(day, dt.time(12), dt.UTC)
    return moment


def _paragraphs(page) -> list[str]:
    """What an entry says below its title."""
    if isinstance(page, BlogPost):
        return [page.summary]
    if isinstance(page, Webinar):
        return [_state(page), _when(page), page.summary]
    state = GroupState(page.state)
    forming = "" if state == GroupState.ACTIVE else str(state.label)
    return [" · ".join(filter(None, (line(page.designation_label), forming))), page.purpose]


def _state(webinar) -> str:
    """ "Postponed" or "Cancelled"; nothing for what takes place."""
    scheduled = webinar.status == WebinarStatus.SCHEDULED
    return "" if scheduled else str(webinar.get_status_display())


def _when(webinar) -> str:
    """The time of an event on its own clock, in words."""
    if not webinar.local_start:
        return ""
    return _("%(day)s, %(time)s in %(city)s") % {
        "day": f"{webinar.local_start:%Y-%m-%d}",
        "time": f"{webinar.local_start:%H:%M}",
        "city": zone_city(webinar.time_zone),
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
                **_if_any("authors", [{"name": name} for name in entry.authors]),
                **_if_any("tags", entry.categories),
            }
            for entry in feed.entries
        ],
    }


def _if_any(name: str, values: list) -> dict:
    return {name: values} if values else {}
