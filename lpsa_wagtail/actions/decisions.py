"""Deciding, and writing down what was decided."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from lpsa_wagtail.actions.events import note_decision
from lpsa_wagtail.actions.matters import count_vote
from lpsa_wagtail.choices import MandateKind, Outcome, Stage
from lpsa_wagtail.exceptions import AlreadyDecided, ChangedSince, NotAllowed, NotDecided
from lpsa_wagtail.models import Decision, Event, GovernedPage
from lpsa_wagtail.permissions import (
    acts_as,
    charter_hash,
    content_hash,
    deciding_groups,
    deciding_on,
    has_passed,
    opened_content,
    stage_of,
    stages_before,
    why_not_decide,
    why_not_override,
)
from lpsa_wagtail.signals import decision_recorded

#: Decisions of which Wagtail's own log of workflows says nothing.
NOT_IN_WAGTAILS_LOG = frozenset(Outcome) - {Outcome.GO, Outcome.REJECTED, Outcome.INSTALLATION}


@transaction.atomic
def record_decision(
    *,
    actor,
    content,
    outcome,
    stage,
    revision_id=None,
    acted_as="",
    comment="",
    replaced_hash="",
    effective_on=None,
    told=True,
):
    """Add a decision on ``content`` (a page as an object) and return it.

    ``revision_id`` is the revision with this content; the newest one if not given. Side effects:
    an event, for the kinds that people hear of, unless not ``told``; a line in the page's history;
    after commit, the signal ``decision_recorded``.
    """
    parent = content.get_parent(update=True)
    decision = Decision(
        page_id=content.pk,
        page_title=content.title,
        parent_id=parent and parent.pk,
        revision_id=revision_id or content.latest_revision_id,
        content_hash=content_hash(content),
        charter_hash=charter_hash(content),
        replaced_hash=replaced_hash,
        stage=stage,
        outcome=outcome,
        actor_id=str(actor.pk) if actor else "",
        acted_as=acted_as,
        comment=comment,
        effective_on=effective_on,
    )
    decision.save()
    if outcome in NOT_IN_WAGTAILS_LOG:
        data = {"decision": decision.pk, "outcome": outcome, "comment": comment}
        log(instance=content, action="lpsa_wagtail.decision", user=actor, data=data)
    if told:
        note_decision(decision=decision)
    transaction.on_commit(partial(decision_recorded.send, sender=Decision, decision=decision))
    return decision


@transaction.atomic
def decide(*, actor, task_state, action, comment="", seen="") -> int:
    """Approve what waits at ``task_state``, or send it back with a comment.

    ``action`` is "approve" or "reject". The page is taken from the task state itself, and
    everything is checked again under a lock, whatever the caller checked before. On approval by
    the last stage the latest revision goes live (or is scheduled) with its decision.

    Returns how many approvals are still missing: where a stage asks for several, those before the
    last one are only counted. 0 means that it is decided.

    ``seen`` is the hash of the content that the person looked at. Without it, it is what a screen
    noted for this person, else what was submitted. Other content is not approved.

    Raises ``NotAllowed`` with the reason, ``AlreadyDecided`` or ``ChangedSince``.
    """
    current = locked_open_state(task_state)
    page = Page.objects.select_for_update().get(pk=current.workflow_state.object_id).specific
    task = current.task.specific
    if reason := why_not_decide(user=actor, page=page, task=task):
        raise NotAllowed(reason)
    if action not in ("approve", "reject"):
        raise NotAllowed(_("This stage can be approved or sent back, nothing else."))
    if isinstance(page, GovernedPage):
        content = page.get_latest_revision_as_object()
        stage = stage_of(content)
        acted_as = _acted_as(actor, page, task, stage)
        if action == "approve":
            _check_content(actor, current, content, seen)
            vote = {"actor": actor, "acted_as": acted_as, "comment": comment}
            if missing := count_vote(task_state=current, content=content, **vote):
                return missing
        record_decision(
            actor=actor,
            content=content,
            outcome=Outcome.GO if action == "approve" else Outcome.REJECTED,
            stage=stage,
            acted_as=acted_as,
            comment=comment,
            effective_on=_day_to_come(content) if action == "approve" else None,
        )
    try:
        with deciding_on(page):
            verb = current.approve if action == "approve" else current.reject
            verb(user=actor, comment=comment)
    except NotDecided as error:  # what was decided a moment ago is not there any more
        raise ChangedSince from error
    return 0


def _day_to_come(content) -> dt.date | None:
    """The day on which the content goes live, if that is later than now."""
    date = content.go_live_at
    return timezone.localdate(date) if date and date > timezone.now() else None


def locked_open_state(task_state):
    """The task state and its workflow state, locked and read anew.

    Always in this order, then the page: two deciders wait for each other and never block.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    current = TaskState.objects.select_for_update().get(pk=task_state.pk).specific
    current.workflow_state = workflow_state
    if workflow_state.status == WorkflowState.STATUS_CANCELLED:
        raise AlreadyDecided(_("This was taken back, so there is nothing to decide."))
    if not (
        current.status == TaskState.STATUS_IN_PROGRESS
        and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow_state.current_task_state_id == current.pk
    ):
        raise AlreadyDecided(_("Somebody else has already decided on this."))
    return current


def _check_content(actor, task_state, content, seen) -> None:
    """Refuse to approve what the person has not seen, or what an earlier stage has not."""
    now = content_hash(content)
    submitted = Event.objects.content_of(f"submitted:{task_state.pk}")
    if now != (seen or opened_content(actor, content.pk) or submitted or now):
        raise ChangedSince
    for task in stages_before(task_state):
        if not has_passed(task, task_state.workflow_state, now):
            raise NotAllowed(
                _(
                    "“%(stage)s” approved other content than this. Ask for changes, so that all "
                    "stages see what is there now."
                )
                % {"stage": task.name}
            )


def _acted_as(actor, page, task, stage) -> str:
    """Name of the auth group by which the actor decides, or the kind of mandate."""
    role = acts_as(user=actor, page=page, task=task)
    if role in MandateKind.values:
        return role
    mine = set(actor.groups.values_list("pk", flat=True))
    return next((group.name for group in deciding_groups(stage) if group.pk in mine), "")


@transaction.atomic
def install_page(*, actor, page, comment=""):
    """Publish the latest revision of ``page`` with a decision of the kind *installation*.

    For commands that bring content which is approved elsewhere (sample content, imports).
    """
    content = page.get_latest_revision_as_object()
    record_decision(
        actor=actor,
        content=content,
        outcome=Outcome.INSTALLATION,
        stage=Stage.ESTABLISHMENT if content.charter_fields else Stage.CONTENT,
        comment=comment,
    )
    page.get_latest_revision().publish(user=None)
    page.refresh_from_db()
    return page


@transaction.atomic
def override(*, actor, page, reason):
    """Publish the latest revision of ``page`` without the Board; return the page.

    For administrators (superusers) alone. The decision is one of its own kind: it is listed with
    the others, and the Board is told. What waits for the Board is taken out of its workflow.
    Raises ``NotAllowed``.
    """
    if why_not := why_not_override(actor, reason):
        raise NotAllowed(why_not)
    Page.objects.get(pk=page.pk).specific.lock_with_workflow()
    page = Page.objects.get(pk=page.pk).specific
    content = page.get_latest_revision_as_object()
    content.full_clean()
    record_decision(
        actor=actor,
        content=content,
        outcome=Outcome.OVERRIDE,
        stage=Stage.ESTABLISHMENT if content.charter_fields else Stage.CONTENT,
        acted_as=_("Administrator"),
        comment=reason.strip(),
    )
    with deciding_on(page):
        page.get_latest_revision().publish(user=actor)
    page.refresh_from_db()
    return page
