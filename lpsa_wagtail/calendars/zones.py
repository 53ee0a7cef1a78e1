"""What calendars say of time zones (VTIMEZONE), for the years in which there are events.

icalendar can compute this too, but looks at most every two months, and so does not see that clocks
in Morocco go back for the month of Ramadan.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


def zone_rules(name: str, years: Iterable[int]) -> Timezone:
    """The rules of a zone: its offset as each of these years begins, and each change in them.

    A change is told with the one moment at which it happens: that needs no rule of repetition,
    which several programs read wrongly. Raises ``zoneinfo.ZoneInfoNotFoundError``.
    """
    known = set(years)
    changes = {begins: change for year in known for begins, *change in _changes(name, year)}
    rules = Timezone()
    rules.add("tzid", name)
    for begins in sorted(changes):
        if begins != _first(begins.year + 1) or begins.year not in known:
            rules.add_component(_told(begins, *changes[begins]))
    return rules


def _told(begins: dt.datetime, before: dt.datetime, after: dt.datetime):
    """One change; its moment is told on the clock as it was before."""
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    offset = before.utcoffset() or dt.timedelta()
    part.add("dtstart", (begins + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname())
    return part


@lru_cache(maxsize=2000)
def _changes(name: str, year: int) -> list[tuple[dt.datetime, dt.datetime, dt.datetime]]:
    """Moment in UTC, and what clocks say before and then, of the first moment and each change."""
    zone = zoneinfo.ZoneInfo(name)
    first = _first(year).astimezone(zone)
    return [(_first(year), first, first), *_searched(zone, year)]


def _searched(zone: dt.tzinfo, year: int) -> Iterator[tuple]:
    """Looks at each day, and where the offset is another, for the second."""
    moment = _first(year)
    while moment <= _first(year + 1) + DAY:
        later = moment + DAY
        if _offset(moment, zone) != _offset(later, zone):
            begins = _between(moment, later, zone)
            yield begins, (begins - SECOND).astimezone(zone), begins.astimezone(zone)
        moment = later


def _between(low: dt.datetime, high: dt.datetime, zone) -> dt.datetime:
    """The first moment with the offset of ``high``; at ``low`` it is another."""
    before = _offset(low, zone)
    while high - low > SECOND:
        middle = low + dt.timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _offset(moment: dt.datetime, zone) -> dt.timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _first(year: int) -> dt.datetime:
    """The moment before which a year has begun nowhere."""
    return dt.datetime(year, 1, 1, tzinfo=dt.UTC) - DAY
