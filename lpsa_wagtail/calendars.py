"""Calendars of webinars and open meetings (RFC 5545), narrowed by the filters of the lists."""

import datetime as dt
import logging

from django.utils import timezone
from icalendar import Calendar, Event

from lpsa_wagtail.choices import WebinarMode, WebinarStatus
from lpsa_wagtail.models import Webinar
from lpsa_wagtail.models.listings import WebinarListing
from lpsa_wagtail.models.plain_text import address, line, plain

logger = logging.getLogger("lpsa_wagtail.calendars")

#: How far back a calendar goes, and how many events it has at the most, the latest.
PAST = dt.timedelta(days=366)
MOST = 500
#: Numbers of versions count seconds from here.
BEGINNING = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
#: An event without an end is taken to last so long.
USUAL_LENGTH = dt.timedelta(minutes=90)
STATUS = {
    WebinarStatus.SCHEDULED: "CONFIRMED",
    WebinarStatus.POSTPONED: "TENTATIVE",
    WebinarStatus.CANCELLED: "CANCELLED",
}


def read(request, site, params, *, language: str) -> bytes:
    """The calendar that these parameters ask for. Raises ``BadFilter``."""
    listing = WebinarListing(site=site, params=params)
    webinars = listing.queryset.exclude(starts_at=None)
    webinars = webinars.filter(starts_at__gte=timezone.now() - PAST).order_by("-starts_at", "-pk")
    named = [str(value) for _label, value, _address in listing.active_filters]
    title = " · ".join([site.site_name or site.hostname, *named])
    pages = webinars.with_facts_changed_at().select_related("locale").defer_streamfields()
    return written(listing.cards(pages[:MOST]), request, title=title, language=language)


def of_one(webinar, request, *, language: str) -> bytes:
    """A calendar with one event, to be added to another."""
    return written([webinar], request, title=webinar.title, language=language)


def written(webinars, request, *, title: str, language: str) -> bytes:
    """The events as a calendar; one that cannot be told is left out and logged."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//lpsa_wagtail//webinars//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", line(title))
    calendar.add("x-wr-calname", line(title))
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for webinar in webinars:
        try:
            event = _event(webinar, request, language)
            event.to_ical()
        except Exception:
            logger.exception("Webinar %s cannot be told in a calendar; it is left out.", webinar.pk)
        else:
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(webinar: Webinar, request, language: str) -> Event:
    event = Event()
    modified = modified_at(webinar)
    url = address(webinar.get_full_url(request) or "")
    event.add("uid", f"{webinar.translation_key}-{webinar.locale.language_code}@lpsa-wagtail")
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", max(0, int((modified - BEGINNING).total_seconds())))
    event.add("dtstart", webinar.local_start)
    event.add("dtend", webinar.local_end or webinar.local_start + USUAL_LENGTH)
    event.add("summary", line(webinar.title), parameters={"LANGUAGE": language})
    event.add("description", _description(webinar, url))
    event.add("status", STATUS[WebinarStatus(webinar.status)])
    if place := _place(webinar):
        event.add("location", place)
    if url:
        event.add("url", url)
    if words := [line(word.label) for word in webinar.interests_shown]:
        event.add("categories", words)
    return event


def modified_at(webinar: Webinar) -> dt.datetime:
    """When what the calendar says of it changed last: its publication, or its facts."""
    moments = [webinar.last_published_at, getattr(webinar, "facts_changed_at", None)]
    moment = max(filter(None, moments), default=BEGINNING)
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _description(webinar, url: str) -> str:
    links = [address(webinar.registration_url), address(webinar.recording_url), url]
    return plain("\n\n".join(filter(None, (plain(webinar.summary), *links))))


def _place(webinar) -> str:
    if webinar.mode == WebinarMode.ONLINE:
        return str(WebinarMode.ONLINE.label)
    return line(webinar.venue)
