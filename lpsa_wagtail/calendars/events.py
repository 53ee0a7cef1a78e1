"""Events as calendars have them; what the public may see of them, and nothing else."""

import datetime as dt
import logging
from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lpsa_wagtail.calendars.zones import zone_rules
from lpsa_wagtail.choices import WebinarMode, WebinarStatus
from lpsa_wagtail.models import Webinar
from lpsa_wagtail.models.addresses import public_address
from lpsa_wagtail.models.listings import Selection
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


def read(request, site, params) -> bytes:
    """The calendar that these parameters ask for. Raises ``BadFilter``."""
    selection = Selection(site=site, params=params, kinds=("webinar",))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    webinars = selection.listings["webinar"].in_calendar(today - PAST, MOST)
    return written(webinars, request, title=selection.label)


def of_one(webinar, request) -> bytes:
    """A calendar with one event, to be added to another."""
    return written([webinar], request, title=webinar.title)


def written(webinars, request, *, title: str) -> bytes:
    """The events as a calendar; one that cannot be told is left out and logged."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//lpsa_wagtail//webinars//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", line(title))
    calendar.add("x-wr-calname", line(title))
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    events = [event for webinar in webinars for event in _told(webinar, request)]
    years = defaultdict(set)
    for event in events:
        for zone, year in _zones_of(event):
            years[zone].add(year)
    for zone in sorted(years):
        calendar.add_component(zone_rules(zone, years[zone]))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _told(webinar, request) -> list[Event]:
    try:
        event = _event(webinar, request)
        event.to_ical()
        for zone, year in _zones_of(event):
            zone_rules(zone, [year])
    except Exception:
        logger.exception("Webinar %s cannot be told in a calendar; it is left out.", webinar.pk)
        return []
    return [event]


def _zones_of(event: Event) -> list[tuple[str, int]]:
    """Each zone that it names, with a year for which its rules are needed."""
    moments: list[Any] = [event[name] for name in ("DTSTART", "DTEND")]
    named = [(moment.params.get("TZID", ""), moment.dt.year) for moment in moments]
    return [(zone, year) for zone, year in named if zone]


def _event(webinar: Webinar, request) -> Event:
    event = Event()
    modified = _modified(webinar)
    start, end = webinar.local_start, webinar.local_end
    if start is None:
        raise ValueError("An event in a calendar has a start.")
    url = address(public_address(webinar, request))
    event.add("uid", f"{webinar.translation_key}-{webinar.locale.language_code}@lpsa-wagtail")
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("sequence", _number_of_version(webinar, modified))
    event.add("dtstart", start)
    event.add("dtend", end or start + USUAL_LENGTH)
    event.add("summary", line(webinar.title), parameters={"LANGUAGE": webinar.locale.language_code})
    event.add("description", _description(webinar, url))
    event.add("status", STATUS[WebinarStatus(webinar.status)])
    if place := _place(webinar):
        event.add("location", place)
    if url:
        event.add("url", url)
    if words := [line(word.label) for word in webinar.interests_shown]:
        event.add("categories", words)
    return event


def _modified(webinar: Webinar) -> dt.datetime:
    """When what the calendar says of it changed last."""
    return (webinar.told_at or BEGINNING).astimezone(dt.UTC).replace(microsecond=0)


def _number_of_version(webinar, modified: dt.datetime) -> int:
    """Rises with each publication and each change of facts, also of two in one second."""
    seconds = int((modified - BEGINNING).total_seconds())
    return max(0, seconds) + getattr(webinar, "times_told", 0)


def _description(webinar, url: str) -> str:
    """What it is about, then the way to take part or to watch, then its page."""
    links = [url]
    if webinar.recording_url and webinar.is_past:
        links.insert(0, _("Recording: %s") % address(webinar.recording_url))
    elif webinar.registration_url and webinar.status == WebinarStatus.SCHEDULED:
        links.insert(0, _("Registration: %s") % address(webinar.registration_url))
    return "\n\n".join(filter(None, (plain(webinar.summary), *links)))


def _place(webinar) -> str:
    """The venue, and that it can be joined from elsewhere."""
    online = str(webinar.get_mode_display()) if webinar.mode != WebinarMode.ON_SITE else ""
    venue = line(webinar.venue)
    return ", ".join(filter(None, (venue, online)))
