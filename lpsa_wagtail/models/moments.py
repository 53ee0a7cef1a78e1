"""When an answer is as it was before: by the clock of the public record, the day, and events.

What visitors see changes with what is noted there, with the day (roles begin and end, dates come)
and when a webinar begins or ends. All of it is known before anything is read for the answer.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from django.utils import timezone

import lpsa_wagtail
from lpsa_wagtail import conf
from lpsa_wagtail.models.prepared import Prepared, with_columns
from lpsa_wagtail.models.publications import CLOCK, PublicClock

COLUMNS, TURNS = ("id", "number", "touched_at"), ("begun_at", "ended_at")
STATEMENTS = Prepared(PublicClock)

#: A tag of ours, whatever a proxy put before or behind it when it packed the answer.
TAG = re.compile(r'"([0-9a-f]{32})(?:[-;][^"]*)?"')


@dataclass(frozen=True)
class Moment:
    """``parts`` differ when an answer may; ``modified`` is when that last was."""

    parts: tuple
    modified: dt.datetime


def clock_of(request, moment: dt.datetime | None = None):
    """The clock of the public record as it was when this request came, or None.

    With a moment, it also says when webinars began and ended last. One query, asked once.
    """
    if not hasattr(request, "_lpsa_clock"):
        request._lpsa_clock = _read_clock(*filter(None, [moment]))
    return request._lpsa_clock


def _read_clock(*moment) -> PublicClock | None:
    names = (*COLUMNS, *(TURNS if moment else ()))
    rows = STATEMENTS.rows(names, lambda *marks: _clocks(names, *marks), *moment)
    if not rows:
        return None
    clock = with_columns(PublicClock, COLUMNS, rows[0][: len(COLUMNS)])
    clock.begun_at, clock.ended_at = rows[0][len(COLUMNS) :] or (None, None)
    return clock


def _clocks(names, *moment):
    clocks = PublicClock.objects.filter(pk=CLOCK)
    return (clocks.with_turns(*moment) if moment else clocks).values_list(*names)


def moment_of(request, *, timed: bool) -> Moment | None:
    """The moment of a request, read before its answer, so never newer; None before any was noted.

    ``timed`` says that the answer changes within the day without anybody doing anything, as that
    of webinars does. At most one query.
    """
    now = timezone.now()
    clock = clock_of(request, now if timed else None)
    if clock is None:
        return None
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    turns = (clock.begun_at, clock.ended_at) if timed else ()
    chosen = tuple((name, conf.get(name)) for name in conf.DEFAULTS)
    return Moment(
        parts=(clock.number, clock.touched_at, today, turns, lpsa_wagtail.__version__, chosen),
        modified=max(filter(None, (clock.touched_at, today, *turns))),
    )


def tag_of(*parts) -> str:
    """Another text for anything else."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def tags_known(request) -> list[str]:
    """The tags of ours that the caller has, as ``If-None-Match`` tells them."""
    return TAG.findall(request.headers.get("If-None-Match", ""))
