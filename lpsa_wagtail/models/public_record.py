"""What everybody may know of the decisions on a group: what, when and in which role.

By allow-list: the kinds in ``PublicOutcome``, the roles in ``DecidingRole``. No name, no comment,
no position, no vote, and nothing of what was refused.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from lpsa_wagtail.choices import (
    CHANGED_STATES,
    GOING_OUTCOMES,
    DecidingRole,
    Outcome,
    PublicOutcome,
    Stage,
)
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.prepared import Prepared

STATEMENTS = Prepared(Decision)
#: Decisions on content that visitors are told of.
TOLD = (Outcome.GO, Outcome.INSTALLATION, Outcome.OVERRIDE)
#: Those of them in which no role of the Board decided.
NOT_BY_THE_BOARD = (Outcome.INSTALLATION, Outcome.OVERRIDE)
#: Decisions on a group's state that visitors are told of. (A dissolved group has no page.)
STATES = {
    Outcome.DORMANT: PublicOutcome.DORMANT,
    Outcome.REVIVED: PublicOutcome.REVIVED,
    Outcome.ARCHIVED: PublicOutcome.ARCHIVED,
}
COLUMNS = (
    *("page_id", "outcome", "stage", "acted_as", "content_hash", "charter_hash"),
    *("decided_at", "effective_on"),
)


@dataclass(frozen=True)
class PublicDecision:
    """One decision as visitors see it; ``role`` is None where no role of the Board decided."""

    decided_on: dt.date
    outcome: PublicOutcome
    role: DecidingRole | None
    effective_on: dt.date


def public_record(group, established_on=None) -> list[PublicDecision]:
    """Decisions on the group in any language, newest first. One query.

    ``established_on`` is the day in the group's record, which may be another than that of the
    decision.
    """
    key = group.translation_key
    rows = STATEMENTS.objects((key,), lambda: decisions_told(Decision.objects.about_groups([key])))
    return told_of(rows, established_on)


def public_records(established_on: dict) -> dict:
    """The same for several groups: from translation key → day to translation key → decisions.

    One query.
    """
    by_group = defaultdict(list)
    for row in decisions_told(Decision.objects.about_groups(established_on)):
        by_group[row.group_key].append(row)
    return {key: told_of(by_group[key], day) for key, day in established_on.items()}


def decisions_told(rows):
    """Those of the decisions from which ``told_of`` tells, newest first."""
    rows = rows.filter(outcome__in=(*GOING_OUTCOMES, Outcome.RECALLED, *CHANGED_STATES))
    return rows.order_by("-pk").only(*COLUMNS)


def told_of(rows, established_on=None) -> list[PublicDecision]:
    """The public record of one group from ``decisions_told`` on it. No query of its own."""
    charters: dict[int, str] = {}
    found = []
    for row in reversed(_without_recalled(rows)):
        outcome = STATES.get(row.outcome) or _about_charter(row, charters)
        if row.outcome in GOING_OUTCOMES:
            charters[row.page_id] = row.charter_hash
        if outcome:
            day = established_on if outcome == PublicOutcome.ESTABLISHED else None
            found.append(_told(row, outcome, day))
    return found[::-1]


def _without_recalled(rows) -> list:
    """Newest first, without approvals that were taken back before their date."""
    kept, recalled = [], set()
    for row in rows:
        content = (row.page_id, row.content_hash)
        if row.outcome == Outcome.RECALLED:
            recalled.add(content)
        elif content in recalled:
            recalled.discard(content)
        else:
            kept.append(row)
    return kept


def _about_charter(row, charters) -> PublicOutcome | None:
    """What a decision on content means for the group; None if it is of no interest here.

    ``charters`` maps page id → the charter in force before. A translation is not established.
    """
    if row.outcome not in TOLD:
        return None
    if not charters:
        return PublicOutcome.ESTABLISHED
    before = charters.get(row.page_id, row.charter_hash)
    return PublicOutcome.CHARTER_CHANGED if before != row.charter_hash else None


def _told(row, outcome, day) -> PublicDecision:
    decided_on = timezone.localdate(row.decided_at)
    if row.outcome == Outcome.INSTALLATION:
        decided_on = day or decided_on  # it was decided elsewhere
    return PublicDecision(
        decided_on=decided_on,
        outcome=outcome,
        role=_role(row),
        effective_on=day or row.effective_on or decided_on,
    )


def _role(row) -> DecidingRole | None:
    """In which role it was decided. The text in the row itself may be anything: it is not shown."""
    if row.outcome in NOT_BY_THE_BOARD or row.stage != Stage.ESTABLISHMENT:
        return None
    return DecidingRole(row.acted_as) if row.acted_as in DecidingRole.values else DecidingRole.CHAIR
