"""The state of an established group: a change is proposed, decided, and takes effect on its day."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lpsa_wagtail.actions.decisions import record_decision
from lpsa_wagtail.actions.due_dates import note_matter
from lpsa_wagtail.actions.endings import end_group
from lpsa_wagtail.actions.positions import ask_for_positions
from lpsa_wagtail.choices import (
    CHANGED_STATES,
    EventKind,
    GroupChange,
    GroupState,
    Outcome,
    Role,
    Stage,
)
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Decision,
    InstallRecord,
    Matter,
    Membership,
    WorkingGroupRecord,
)
from lpsa_wagtail.models.matters import DAYS_TO_DECIDE
from lpsa_wagtail.permissions import (
    CHAIR,
    acts_as_on_change,
    changes_of,
    group_made,
    why_not_decide_change,
    why_not_propose_change,
    why_not_take_back_change,
)
from lpsa_wagtail.permissions.roles import BOARD_CHAIR

OUTCOMES = {
    GroupChange.DORMANT: Outcome.DORMANT,
    GroupChange.REVIVE: Outcome.REVIVED,
    GroupChange.DISSOLVE: Outcome.DISSOLVED,
    GroupChange.ARCHIVE: Outcome.ARCHIVED,
}
#: States that an outcome stands for. Which of two, the roles of that day say.
STATES = {
    Outcome.DORMANT: (GroupState.DORMANT,),
    Outcome.REVIVED: (GroupState.FORMING, GroupState.ACTIVE),
    Outcome.DISSOLVED: (GroupState.DISSOLVED,),
    Outcome.ARCHIVED: (GroupState.ARCHIVED,),
}


@transaction.atomic
def propose_change(*, actor, record, change, reason, effective_on=None) -> Matter:
    """Propose another state for the group and return the matter, which waits for the Chair.

    ``effective_on`` is today or later; today if not given. Side effects: events, of which who
    decides and the other members of the Board hear. Raises ``NotAllowed``.
    """
    record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
    today = timezone.localdate()
    effective_on = effective_on or today
    if why_not := why_not_propose_change(actor, record, change):
        raise NotAllowed(why_not)
    if not reason.strip():
        raise NotAllowed(_("Say why, for who decides and for the record."))
    if effective_on < today:
        raise NotAllowed(_("This takes effect today or later."))
    if record.changes.filter(closed_at=None).exists():
        raise NotAllowed(_("Another change of this group waits for a decision."))
    matter = Matter.objects.create(
        record=record,
        change=change,
        reason=reason.strip(),
        effective_on=effective_on,
        proposed_by=actor,
        due_on=today + dt.timedelta(days=_days_to_decide()),
    )
    note_matter(actor=actor, matter=matter, kind=EventKind.PROPOSED, key=f"proposed:{matter.pk}")
    ask_for_positions(actor=actor, matter=matter)
    return matter


def _days_to_decide() -> int:
    """As the stage says that establishes groups."""
    workflow = InstallRecord.objects.made("workflow.establish")
    stages = AdvisoryBoardApprovalTask.objects.filter(workflow_tasks__workflow=workflow)
    stage = stages.first() if workflow else None
    return stage.days_to_decide if stage else DAYS_TO_DECIDE


@transaction.atomic
def take_back_change(*, actor, matter) -> None:
    """Take back what was proposed and is not decided. Raises ``NotAllowed``, ``AlreadyDecided``."""
    matter = _locked_open(matter)
    if why_not := why_not_take_back_change(actor, matter):
        raise NotAllowed(why_not)
    _close(matter)


@transaction.atomic
def decide_change(*, actor, matter, action, comment="") -> Decision:
    """Decide on a change of a group's state; ``action`` is "approve" or "reject".

    For who acts as Board Chair and did not propose it. Side effects: a decision, an event, and
    what the change brings with it, at once or on its day (``apply_due_changes``). Raises
    ``NotAllowed`` or ``AlreadyDecided``.
    """
    matter = _locked_open(matter)
    if why_not := why_not_decide_change(actor, matter):
        raise NotAllowed(why_not)
    if action not in ("approve", "reject"):
        raise NotAllowed(_("A change can be approved or rejected, nothing else."))
    record, today = matter.record, timezone.localdate()
    if action == "approve" and matter.change not in changes_of(record):
        raise NotAllowed(_("The group is not what it was when this was proposed. Reject it."))
    if record.page is None:
        raise NotAllowed(_("The group has no page any more, so there is nothing to decide."))
    page = record.page.specific
    effective_on = max(matter.effective_on, today)
    decision = record_decision(
        actor=actor,
        content=page,
        outcome=OUTCOMES[matter.change] if action == "approve" else Outcome.REJECTED,
        stage=Stage.ESTABLISHMENT,
        acted_as=_acted_as(actor, matter),
        comment=comment.strip(),
        effective_on=effective_on if action == "approve" else None,
        told=False,
    )
    _close(matter)
    kind = EventKind.GROUP_CHANGED
    about = {"decision": decision.pk, "outcome": decision.outcome, "change": matter.change}
    note_matter(actor=actor, matter=matter, kind=kind, key=f"{kind}:{decision.pk}", data=about)
    if action == "approve" and effective_on <= today:
        _apply(actor, record, decision)
    return decision


def _locked_open(matter) -> Matter:
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.record is None or matter.closed_at:
        raise AlreadyDecided(_("This does not wait any more. Somebody has decided on it."))
    return matter


def _close(matter) -> None:
    matter.closed_at = timezone.now()
    matter.save(update_fields=["closed_at"])


def _acted_as(actor, matter) -> str:
    """Name of the Chair's auth group, or the kind of mandate."""
    role = acts_as_on_change(actor, matter)
    chairs = group_made(BOARD_CHAIR)
    return chairs.name if chairs and role == CHAIR else role


def apply_due_changes(*, actor=None, today=None) -> int:
    """Let decided changes take effect whose day has come; how many did.

    For ``lpsa_tick``; each in a transaction of its own. Of several decisions on a group the last
    one counts, so a change for a later day is called off by another decision. Run twice, it does
    nothing the second time.
    """
    today = today or timezone.localdate()
    decided = Decision.objects.filter(outcome__in=CHANGED_STATES, effective_on__lte=today)
    newest = {decision.page_id: decision for decision in decided.order_by("pk")}
    count = 0
    for page_id, decision in newest.items():
        if record := WorkingGroupRecord.objects.filter(page=page_id).first():
            count += _apply(actor, record, decision)
    return count


def _apply(actor, record, decision) -> bool:
    """Let the decision take effect, if it has not. True if it did now."""
    if record.state in STATES[decision.outcome]:
        return False
    with transaction.atomic():
        if decision.outcome in (Outcome.DISSOLVED, Outcome.ARCHIVED):
            return end_group(actor=actor, record=record, decision=decision)
        record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
        if record.state in STATES[decision.outcome]:
            return False
        record.state = GroupState.DORMANT
        if decision.outcome == Outcome.REVIVED:
            chairs = Membership.objects.on().filter(group=record, role=Role.CO_CHAIR)
            record.state = GroupState.ACTIVE if chairs.exists() else GroupState.FORMING
        record.save(update_fields=["state"])
    return True
