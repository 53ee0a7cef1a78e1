"""Writing down what happened, in the transaction in which it happens. Telling people comes after.

Who is told, and how, is for ``notifications``; nothing is sent in here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from lpsa_wagtail.actions.matters import matter_of
from lpsa_wagtail.choices import EventKind, Outcome
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Event
from lpsa_wagtail.permissions import content_hash, is_governed
from lpsa_wagtail.signals import event_recorded

#: Decisions that people hear of, and as what.
TOLD = {
    Outcome.GO: EventKind.DECIDED,
    Outcome.REJECTED: EventKind.DECIDED,
    Outcome.WITHDRAWN: EventKind.DECIDED,
    Outcome.RECALLED: EventKind.DECIDED,
    Outcome.OVERRIDE: EventKind.OVERRIDE,
}

_telling_nobody: ContextVar = ContextVar("lpsa_telling_nobody", default=False)


@transaction.atomic
def record_event(*, actor, kind, key, page, content=None, data=None) -> Event:
    """Write down that something happened to ``page``, once for each ``key``, and return the row.

    ``content`` is the page as an object whose content the event is about, if it is about one.
    ``data`` holds ids and words of ours, never names or addresses. Side effect after commit, for
    a new row: the signal ``event_recorded``.
    """
    about = {}
    if content is not None:
        about = {
            "revision_id": content.latest_revision_id,
            "content_hash": content_hash(content),
        }
    return _record(
        key=key,
        kind=kind,
        page_id=page.pk,
        page_title=page.title,
        actor_id=str(actor.pk) if actor else "",
        data=data or {},
        **about,
    )


def _record(*, key, **columns) -> Event:
    if _telling_nobody.get():
        columns["fanned_out_at"] = timezone.now()
    event, is_new = Event.objects.get_or_create(key=key, defaults=columns)
    if is_new:
        transaction.on_commit(partial(event_recorded.send, sender=Event, event=event))
    return event


@contextmanager
def telling_nobody() -> Iterator[None]:
    """Events written down meanwhile count as told: for content that commands bring in."""
    token = _telling_nobody.set(True)
    try:
        yield
    finally:
        _telling_nobody.reset(token)


@transaction.atomic
def note_decision(*, decision) -> Event | None:
    """Write down a decision of which people should hear; None for the other kinds."""
    if decision.outcome not in TOLD:
        return None
    return _record(
        key=f"decision:{decision.pk}",
        kind=TOLD[decision.outcome],
        page_id=decision.page_id,
        page_title=decision.page_title,
        revision_id=decision.revision_id,
        content_hash=decision.content_hash,
        actor_id=decision.actor_id,
        data={
            "decision": decision.pk,
            "outcome": decision.outcome,
            "parent": decision.parent_id,
            "submitter": _last_submitter(decision.page_id),
        },
    )


@transaction.atomic
def note_submission(*, actor, task_state) -> Event | None:
    """Write down that a governed page waits at this stage, ours or another; else None.

    ``content_hash`` of the row is what was submitted: what is decided on is compared with it.
    Side effect: the matter, with its due date.
    """
    event = _note_stage(actor, task_state, EventKind.SUBMITTED)
    if event:
        matter_of(task_state=task_state)
    return event


@transaction.atomic
def note_stage_passed(*, actor, task_state) -> Event | None:
    """Write down that a stage which is not the Board's let a governed page pass; else None."""
    return _note_other_stage(actor, task_state, EventKind.STAGE_PASSED)


@transaction.atomic
def note_stage_refused(*, actor, task_state) -> Event | None:
    """Write down that a stage which is not the Board's sent a governed page back; else None."""
    return _note_other_stage(actor, task_state, EventKind.SENT_BACK)


def _note_other_stage(actor, task_state, kind):
    if isinstance(task_state.task.specific, AdvisoryBoardApprovalTask):
        return None  # of these, the decision is the event
    return _note_stage(actor, task_state, kind)


def _note_stage(actor, task_state, kind):
    page = task_state.workflow_state.content_object
    if not (isinstance(page, Page) and is_governed(page)):
        return None
    content = page.get_latest_revision_as_object()
    parent = content.get_parent(update=True)
    submitter = task_state.workflow_state.requested_by_id
    return record_event(
        actor=actor,
        kind=kind,
        key=f"{kind}:{task_state.pk}",
        page=content,
        content=content,
        data={
            "task_state": task_state.pk,
            "parent": parent and parent.pk,
            "submitter": str(submitter) if submitter else "",
        },
    )


def _last_submitter(page_id) -> str:
    """Id of who submitted the page last, "" if nobody did."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(page_id)
    )
    found = states.order_by("-pk").values_list("requested_by", flat=True).first()
    return str(found) if found else ""
