"""What a kind of message is, and what messages are about: pages, stages, groups, people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from wagtail.models import Page, TaskState, WorkflowState

from lpsa_wagtail.models import Event
from lpsa_wagtail.models.working_groups import group_above


@dataclass(frozen=True)
class Notice:
    """A kind of message. ``name`` is the folder of its templates.

    ``preference`` is the switch in a person's Wagtail account that turns it off; "" if it cannot
    be turned off. ``context`` gives its templates what only they need.
    """

    name: str
    preference: str
    candidates: Callable[[Event], Iterable]
    why: Callable[[Event, object], str]
    context: Callable[[Event, object], dict] = lambda event, user: {}


def page_of(event):
    """The page as it is now, or None when it is gone."""
    page = Page.objects.filter(pk=event.page_id).first()
    return page and page.specific


def task_state_of(event):
    """The stage that the event is about, or None when it is gone."""
    return (
        TaskState.objects.filter(pk=event.data.get("task_state"))
        .select_related("workflow_state", "task")
        .first()
    )


def group_of(event):
    """The working group that the page belongs to, or None; also of a page that was deleted."""
    place = page_of(event) or Page.objects.filter(pk=event.data.get("parent")).first()
    return place and group_above(place)


def users(**filters):
    return get_user_model()._base_manager.filter(is_active=True, **filters).order_by("pk")


def open_state(event):
    """The stage, while it is the one that the page waits at."""
    state = task_state_of(event)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    workflow_state = state.workflow_state
    is_open = workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return state if is_open and workflow_state.current_task_state_id == state.pk else None
