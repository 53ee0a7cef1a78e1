"""What is known about groups, posts and events, and the rules for what is not.

- An event whose hour is not known takes the usual one (the most common start on the clock of the
  most common zone) of its group, or of the alliance's own events.
- An event without an end lasts 90 minutes; of several days, the last day ends at that hour.
- A month of publication is its first day. An event without one was announced four weeks before.
- A group whose beginning is not known begins on the day on which it is loaded.
- A launch without a date is dated one month before its group began. Any other post without a
  date is taken for an old one and gets the first day of the archive, 1 January 2015.
"""

import datetime as dt
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from lpsa_wagtail.choices import Designation, WebinarFormat, WebinarMode
from lpsa_wagtail.fields import local_to_instant

ARCHIVE_BEGINS = dt.date(2015, 1, 1)
LENGTH = dt.timedelta(minutes=90)
NOTICE = dt.timedelta(weeks=4)
POSTS = ("blog", "working_group_launch")
ALLIANCE_EVENTS = ("advisory_board_meeting", "event")
FORMATS = {
    "webinar": WebinarFormat.WEBINAR,
    "working_group_meeting": WebinarFormat.OPEN_MEETING,
    "advisory_board_meeting": WebinarFormat.OPEN_MEETING,
}
#: Cities by the words in which times were printed. Zone letters change with the season and were
#: printed wrongly at times, so each stands for a city whose clock is then computed.
CITIES = {
    **dict.fromkeys(("EDT", "EST", "ET", "NYC", "DC"), "America/New_York"),
    **dict.fromkeys(("GMT", "BST", "London"), "Europe/London"),
    **dict.fromkeys(("CET", "CEST", "Paris"), "Europe/Paris"),
    **dict.fromkeys(("EAT", "NBO", "Nairobi"), "Africa/Nairobi"),
    **dict.fromkeys(("SAST", "Johannesburg"), "Africa/Johannesburg"),
    **dict.fromkeys(("BKK", "Bangkok"), "Asia/Bangkok"),
    "WAT": "Africa/Lagos",
    "Delhi": "Asia/Kolkata",
    "Manila": "Asia/Manila",
    "Jakarta": "Asia/Jakarta",
    "UZT": "Asia/Tashkent",
    "Almaty": "Asia/Almaty",
    "Cairo": "Africa/Cairo",
    "Rabat": "Africa/Casablanca",
    "Baghdad": "Asia/Baghdad",
    "Budapest": "Europe/Budapest",
}


def read_data(name: str):
    """The content of one of our data files."""
    path = files("lpsa_wagtail") / "data" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Times:
    """When an event is: instants, its zone, and the zones whose time is printed too."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    time_zone: str
    cities: tuple[str, ...] = ()


class Facts:
    """The facts file, read once."""

    def __init__(self):
        data = read_data("demo")
        self.groups = data["working_groups"]
        self.posts = [item for item in data["items"] if item["type"] in POSTS]
        self.events = [item for item in data["items"] if item["type"] not in POSTS]

    @cached_property
    def beginnings(self) -> dict:
        """Map group slug → the day it began, or None where that is not known."""
        return {group["slug"]: day_of(group.get("active_since")) for group in self.groups}

    @cached_property
    def usual(self) -> dict:
        """Map group slug ("" for the alliance's own events) → (zone, usual hour there)."""
        seen: dict = {}
        for item in self.events:
            _day, _separator, hour = item.get("event_start_local", "").partition("T")
            if hour:
                seen.setdefault(usual_key(item), []).append((item["event_tz"], hour))
        return {key: _most_common(starts) for key, starts in seen.items()}

    def times(self, item) -> Times:
        """When the event is, by what is known and by the rules above."""
        zone, hour = self.usual[usual_key(item)]
        if dates := item.get("event_dates"):
            first, _slash, last = dates.partition("/")
        else:
            first, _separator, known_hour = item["event_start_local"].partition("T")
            zone, hour, last = item.get("event_tz", zone), known_hour or hour, ""
        starts_at = clock(first, hour, zone)
        ends_at = clock(last or first, hour, zone) + LENGTH
        return Times(starts_at, ends_at, zone, printed_cities(item.get("printed_times", "")))

    def post_date(self, item) -> dt.date:
        if known := day_of(item.get("date")):
            return known
        if item["type"] == "working_group_launch":
            month = self.beginnings[item["group"]].replace(day=1) - dt.timedelta(days=1)
            return month.replace(day=1)
        return ARCHIVE_BEGINS

    def announced_on(self, item) -> dt.date:
        starts_at = self.times(item).starts_at
        return day_of(item.get("date")) or (starts_at - NOTICE).date()


def usual_key(item) -> str:
    return item.get("group", "")


def _most_common(starts) -> tuple:
    """The most common zone, and in it the most common hour; the earlier one of equals."""
    zone = Counter(zone for zone, _hour in starts).most_common(1)[0][0]
    hours = Counter(hour for other, hour in starts if other == zone)
    return zone, min(hours, key=lambda hour: (-hours[hour], hour))


def day_of(text: str | None) -> dt.date | None:
    """The first date in a text: "2023-09-06 first …", "by 2023-04", "2023" (their first day)."""
    found = re.search(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text or "")
    return found and dt.date(*(int(part or 1) for part in found.groups()))


def clock(day: str, hour: str, zone: str) -> dt.datetime:
    return local_to_instant(dt.datetime.fromisoformat(f"{day}T{hour}"), zone)


def printed_cities(printed: str) -> tuple[str, ...]:
    """Zones of the cities named in a printed list of times, in its order."""
    words = re.findall(r"[A-Za-z]+", printed)
    return tuple(dict.fromkeys(CITIES[word] for word in words if word in CITIES))


def format_of(item) -> str:
    """An event of the old site is a workshop, or a conference if on site and not called so."""
    if item["type"] in FORMATS:
        return FORMATS[item["type"]]
    on_site = mode_of(item) != WebinarMode.ONLINE
    called_so = "workshop" in item["title"].lower()
    return WebinarFormat.CONFERENCE if on_site and not called_so else WebinarFormat.WORKSHOP


def mode_of(item) -> str:
    return WebinarMode(item.get("mode", WebinarMode.ONLINE))


def designation_of(name: str) -> dict:
    """The fields that make a group show exactly this designation."""
    standard = {str(choice.label): choice for choice in Designation if choice != Designation.OTHER}
    if name in standard:
        return {"designation": standard[name]}
    return {"designation": Designation.OTHER, "designation_other": name}
