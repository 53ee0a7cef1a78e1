"""What follows when a due date comes near, and when it has passed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from lpsa_wagtail.actions.events import record_event
from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.models import Event, Matter
from lpsa_wagtail.models.matters import REMIND_DAYS_BEFORE


@transaction.atomic
def follow_due_dates(*, actor, today=None) -> int:
    """Write down which matters are to be reminded of, and which are overdue; how many were.

    For ``lpsa_tick``. Each matter once. Side effects: events, of which people hear by mail; who
    had taken an overdue matter has it no more.
    """
    today = today or timezone.localdate()
    count = 0
    matters = Matter.objects.open().filter(escalated_at=None).select_for_update(of=("self",))
    for matter in matters.select_related("task_state__task"):
        if matter.due_on < today:
            _tell(actor, matter, EventKind.ESCALATED)
            changes = {"escalated_at": timezone.now(), "taken_by": None, "taken_at": None}
        elif matter.reminded_at is None and matter.due_on - _ahead(matter) <= today:
            _tell(actor, matter, EventKind.REMINDER)
            changes = {"reminded_at": timezone.now()}
        else:
            continue
        Matter.objects.filter(pk=matter.pk).update(**changes)
        count += 1
    return count


def _ahead(matter) -> dt.timedelta:
    task = matter.task_state and matter.task_state.task.specific
    return dt.timedelta(days=getattr(task, "remind_days_before", REMIND_DAYS_BEFORE))


def note_matter(*, actor, matter, kind, key, data=None) -> Event | None:
    """Write down that something happened to a matter; None if its page is gone."""
    state = matter.task_state
    page = state.workflow_state.content_object if state else matter.record.page
    if page is None:
        return None
    about = {"matter": matter.pk, "task_state": state and state.pk, **(data or {})}
    return record_event(actor=actor, kind=kind, key=key, page=page, data=about)


def _tell(actor, matter, kind):
    note_matter(actor=actor, matter=matter, kind=kind, key=f"{kind}:{matter.pk}")
