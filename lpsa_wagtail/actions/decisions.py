"""Deciding, and writing down what was decided."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState, WorkflowState

from lpsa_wagtail.actions.events import note_decision
from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import Decision, GovernedPage
from lpsa_wagtail.permissions import (
    charter_hash,
    content_hash,
    deciding_groups,
    deciding_page,
    is_undecided,
    stage_of,
    why_not_decide,
)
from lpsa_wagtail.signals import decision_recorded


@transaction.atomic
def record_decision(*, actor, content, outcome, stage, acted_as="", comment="", replaced_hash=""):
    """Add a decision on ``content`` (a page as an object) and return it.

    Side effects: an event, for the kinds that people hear of; after commit, the signal
    ``decision_recorded``.
    """
    parent = content.get_parent(update=True)
    decision = Decision(
        page_id=content.pk,
        page_title=content.title,
        parent_id=parent and parent.pk,
        revision_id=content.latest_revision_id,
        content_hash=content_hash(content),
        charter_hash=charter_hash(content),
        replaced_hash=replaced_hash,
        stage=stage,
        outcome=outcome,
        actor_id=str(actor.pk) if actor else "",
        acted_as=acted_as,
        comment=comment,
    )
    decision.save()
    note_decision(decision=decision)
    transaction.on_commit(partial(decision_recorded.send, sender=Decision, decision=decision))
    return decision


@transaction.atomic
def decide(*, actor, task_state, action, comment=""):
    """Approve what waits at ``task_state``, or send it back with a comment.

    ``action`` is "approve" or "reject". The page is taken from the task state itself, and
    everything is checked again under a lock, whatever the caller checked before. On approval by
    the last stage the latest revision goes live (or is scheduled) with its decision.

    Raises ``NotAllowed`` with the reason, or ``AlreadyDecided``.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    current = TaskState.objects.select_for_update().get(pk=task_state.pk)
    current = current.specific
    is_open = (
        current.status == TaskState.STATUS_IN_PROGRESS
        and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow_state.current_task_state_id == current.pk
    )
    if not is_open:
        raise AlreadyDecided(_("Somebody else has already decided on this."))
    page = Page.objects.select_for_update().get(pk=workflow_state.object_id).specific
    task = current.task.specific
    if reason := why_not_decide(user=actor, page=page, task=task):
        raise NotAllowed(reason)
    if action not in ("approve", "reject"):
        raise NotAllowed(_("This stage can be approved or sent back, nothing else."))
    if isinstance(page, GovernedPage):
        content = page.get_latest_revision_as_object()
        stage = stage_of(content)
        record_decision(
            actor=actor,
            content=content,
            outcome=Outcome.GO if action == "approve" else Outcome.REJECTED,
            stage=stage,
            acted_as=_acted_as(actor, stage),
            comment=comment,
        )
    token = deciding_page.set(page.pk)
    try:
        (current.approve if action == "approve" else current.reject)(user=actor, comment=comment)
    finally:
        deciding_page.reset(token)


def _acted_as(actor, stage) -> str:
    """Name of the auth group by which the actor decides at this stage."""
    mine = set(actor.groups.values_list("pk", flat=True))
    return next((group.name for group in deciding_groups(stage) if group.pk in mine), "")


@transaction.atomic
def withdraw(*, actor, page, comment=""):
    """Write down that the page was taken down: earlier approvals end.

    Does not unpublish by itself; ``page_unpublished`` calls it, whichever way that happened.
    """
    return record_decision(
        actor=actor, content=page, outcome=Outcome.WITHDRAWN, stage=Stage.CONTENT, comment=comment
    )


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
def take_down_undecided(*, actor, page_id) -> bool:
    """Take a page off that is live without a decision (a fixture brought it). True if it was.

    Writes past the gate, to the columns only, since the gate refuses to save such a page at all.
    """
    if not is_undecided(page_id):
        return False
    pages = Page.objects.filter(pk=page_id)
    pages.update(live=False, has_unpublished_changes=True, live_revision=None)
    log(instance=pages.get().specific, action="wagtail.unpublish", user=actor)
    return True
