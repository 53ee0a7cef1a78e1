"""In which state groups were on a day: told from decisions and roles, which are never overwritten.

Between two decisions that change it, a group is active on days on which it has a co-chair, as far
as its first day in that time says: who comes and goes later changes no state.
"""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.utils import timezone

from lpsa_wagtail.choices import CHANGED_STATES, GroupState, Outcome, Role
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.memberships import Membership

STATES = {
    Outcome.DORMANT: GroupState.DORMANT,
    Outcome.ARCHIVED: GroupState.ARCHIVED,
    Outcome.DISSOLVED: GroupState.DISSOLVED,
}


class StateSince(NamedTuple):
    """A state that a group came into, and its first day in it."""

    state: GroupState
    since: dt.date


def histories(groups, today: dt.date) -> dict:
    """Map id of each group → its states up to today, oldest first. Two queries.

    ``groups`` are rows or pages with ``pk``, ``translation_key``, ``state`` and
    ``established_on``. The last state is the one that the record has.
    """
    keys = [group.translation_key for group in groups]
    changes, chairs = _changes(keys, today), _chairs(keys)
    found: dict = {}
    for group in groups:
        if group.established_on is None or group.established_on > today:
            found[group.pk] = []
            continue
        days = chairs[group.translation_key]
        states = [StateSince(_working(days, group.established_on), group.established_on)]
        for outcome, day in changes[group.translation_key]:
            states.append(StateSince(STATES.get(outcome) or _working(days, day), day))
        last = states[-1]
        if last.state != group.state:
            states[-1] = StateSince(GroupState(group.state), last.since)
        found[group.pk] = states
    return found


def state_on(states: list[StateSince], day: dt.date) -> GroupState | None:
    """The state on that day; None before the group was established."""
    reached = [one.state for one in states if one.since <= day]
    return reached[-1] if reached else None


def _changes(keys, today) -> dict:
    """Map translation key → (outcome, its day) of the changes that took effect, oldest first."""
    rows = Decision.objects.about_groups(keys).filter(outcome__in=CHANGED_STATES).order_by("pk")
    found: dict = defaultdict(list)
    for key, outcome, day, decided_at in rows.values_list(
        "group_key", "outcome", "effective_on", "decided_at"
    ):
        day = day or timezone.localdate(decided_at)
        if day <= today:
            # Another decision calls off those that were to take effect after its own day.
            kept = [change for change in found[key] if change[1] <= day]
            found[key] = [*kept, (Outcome(outcome), day)]
    return found


def _chairs(keys) -> dict:
    """Map translation key → first and last day of each co-chair."""
    rows = Membership.objects.in_groups(keys).filter(role=Role.CO_CHAIR).select_related(None)
    found = defaultdict(list)
    for key, start, end in rows.values_list("group__translation_key", "start", "end"):
        found[key].append((start, end or dt.date.max))
    return found


def _working(days, day) -> GroupState:
    chaired = any(start <= day <= end for start, end in days)
    return GroupState.ACTIVE if chaired else GroupState.FORMING
