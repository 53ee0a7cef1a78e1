"""What tells the pages of a list by each option, kept while nothing of it has changed.

Counting for every option takes as long as there are pages. So a process keeps what it read, for the
state of the public clock in which it was read: the clock rises with all that is published, taken
down, restricted, moved, or decided, with facts of webinars and with words. What passes by itself is
kept with it: until when no event ends, and on which clock years are counted. What is changed by SQL
raises no clock, so nothing is kept for longer than programs may keep an answer of the API.

Inside a transaction nothing is kept nor taken from here: it may see what was never committed.
"""

import datetime as dt
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import connections, router
from django.utils import timezone

from lpsa_wagtail import conf
from lpsa_wagtail.models.listings.facets import Tally
from lpsa_wagtail.models.publications import PublicClock
from lpsa_wagtail.models.querysets import key_of

#: So many lists are kept, and of each so many choices of options.
MOST_LISTS, MOST_CHOICES = 16, 40


@dataclass
class Catalogue:
    """The pages of a list in order, and which of them each option finds.

    It holds from ``made_at`` as long as no event that is shown as upcoming is over at ``until``.
    """

    ids: list[int]
    found_by: dict
    pages_by_word: dict
    made_at: dt.datetime
    until: dt.datetime | None
    read_at: float = field(default_factory=time.monotonic)
    tallies: OrderedDict = field(default_factory=OrderedDict)

    def holds(self, now: dt.datetime) -> bool:
        young = time.monotonic() - self.read_at < conf.get("LPSA_API_MAX_AGE")
        return young and self.made_at <= now and (self.until is None or now <= self.until)

    def tally(self, wanted: dict) -> Tally:
        """The results of these choices, and the counts beside them."""
        key = tuple(sorted(wanted.items()))
        tally = self.tallies.get(key) or Tally(self.ids, self.found_by, wanted)
        _put(self.tallies, key, tally, MOST_CHOICES)
        return tally


#: What the list is, and the state of the public clock → the catalogue.
_kept: OrderedDict[tuple, Catalogue] = OrderedDict()


def catalogue_for(listing, now: dt.datetime) -> Catalogue | None:
    """The catalogue of a list without its filters; None where none can be kept.

    One query for the clock, and those of the list if it has to be read.
    """
    if connections[router.db_for_read(listing.model)].in_atomic_block:
        return None
    clock = PublicClock.objects.now()  # before what it stands for, so that it is never newer
    if clock is None:
        return None
    key = (*_key_of(listing), clock.number, clock.touched_at)
    found = _kept.get(key)
    if found is None or not found.holds(now):
        found = _read(listing, now)
    _put(_kept, key, found, MOST_LISTS)
    return found


def _key_of(listing) -> tuple:
    language = listing.index.locale_id if listing.index else None
    zone = timezone.get_current_timezone_name()  # on whose clock years are counted
    exact = bool(listing.chosen.get("exact"))
    return (
        type(listing),
        *key_of(listing.model, listing.site),
        language,
        zone,
        exact,
        *_order(listing),
    )


def _order(listing) -> list[str]:
    return [name for name, keys in listing.orders.items() if keys == listing.order]


def _read(listing, now) -> Catalogue:
    exact = "1" if listing.chosen.get("exact") else ""
    params = {"order": _order(listing)[0], "exact": exact}
    everything = type(listing)(site=listing.site, params=params, index=listing.index)
    everything.now, everything.groups = now, listing.groups
    everything.vocabulary = listing.vocabulary
    return Catalogue(
        ids=[row[0] for row in everything.fact_rows],
        found_by=everything.found_by(),
        pages_by_word=everything.pages_by_word,
        made_at=now,
        until=everything.changes_at(),
    )


def _put(kept: OrderedDict, key, value, most: int) -> None:
    """Keep it as the newest; the oldest are let go."""
    kept[key] = value
    with suppress(KeyError):  # another thread may have been here
        kept.move_to_end(key)
        while len(kept) > most:
            kept.popitem(last=False)
