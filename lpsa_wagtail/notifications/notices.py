"""Who hears of which event, and why. Asked when deliveries are written down and again at sending,
so that nobody is told who has no part in it any more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from lpsa_wagtail.choices import EventKind, Outcome
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Event, Membership
from lpsa_wagtail.models.working_groups import group_above
from lpsa_wagtail.permissions import (
    group_made,
    is_board_member,
    is_secretariat,
    leads,
    why_not_decide,
)
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT


@dataclass(frozen=True)
class Notice:
    """A kind of message. ``name`` is the folder of its templates.

    ``preference`` is the switch in a person's Wagtail account that turns it off; "" if it cannot
    be turned off.
    """

    name: str
    preference: str
    candidates: Callable[[Event], Iterable]
    why: Callable[[Event, object], str]


def notice_of(event) -> Notice | None:
    """The kind of message that people get of this event; None if of this one they get none."""
    if event.kind == EventKind.DECIDED:
        return DECIDED.get(event.data.get("outcome"))
    if event.kind == EventKind.STAGE_PASSED and not _was_last_stage(event):
        return None
    return BY_KIND.get(event.kind)


def recipients(event) -> list:
    """The people who hear of this event as things are now."""
    notice = notice_of(event)
    if notice is None:
        return []
    found = {user.pk: user for user in notice.candidates(event)}
    return [user for user in found.values() if why(event, user)]


def why(event, user) -> str:
    """Why this message comes to the person, as a sentence for them; "" if it should not."""
    notice = notice_of(event)
    if notice is None or not user.is_active:
        return ""
    return notice.why(event, user)


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


def _users(**filters):
    return get_user_model()._base_manager.filter(is_active=True, **filters).order_by("pk")


# What waits: whoever may decide on it at this stage.


def _may_decide(event):
    state = _open_state(event)
    groups = getattr(state.task.specific, "groups", None) if state else None
    return _users(groups__in=groups.all()).distinct() if groups else ()


def _why_decide(event, user) -> str:
    state, page = _open_state(event), page_of(event)
    if state is None or page is None:
        return ""
    task = state.task.specific
    named = task.groups.filter(pk__in=user.groups.values("pk")).order_by("pk").first()
    if named is None:
        return ""
    if isinstance(task, AdvisoryBoardApprovalTask):
        if why_not_decide(user=user, page=page, task=task):
            return ""
    elif str(user.pk) == event.actor_id:
        return ""
    return _("You are a member of “%(group)s”, and you may decide on this.") % {"group": named.name}


def _open_state(event):
    """The stage, while it is the one that the page waits at."""
    state = task_state_of(event)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    workflow_state = state.workflow_state
    is_open = workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    return state if is_open and workflow_state.current_task_state_id == state.pk else None


# What was decided: whoever submitted it, and who leads the group today.


def _concerned(event):
    group = group_of(event)
    if group is not None:
        roles = Membership.objects.on().drafting().in_group(group)
        leaders = roles.filter(member__user__isnull=False).values("member__user")
        yield from _users(pk__in=leaders)
    elif secretariat := group_made(SECRETARIAT):
        yield from _users(groups=secretariat)
    if event.data.get("submitter"):
        yield from _users(pk=event.data["submitter"])


def _why_concerned(event, user) -> str:
    if str(user.pk) == event.actor_id:
        return ""
    page, group = page_of(event), group_of(event)
    if str(user.pk) == event.data.get("submitter") and page is not None:
        if page.permissions_for_user(user).can_edit():
            return _("You submitted it.")
        return ""
    if group is None:
        return _("You are in the secretariat.") if is_secretariat(user) else ""
    if leads(user, group):
        return _("You are co-chair or coordinator of “%(group)s”.") % {"group": group.title}
    return ""


def _was_last_stage(event) -> bool:
    state = task_state_of(event)
    return bool(state and state.workflow_state.status == WorkflowState.STATUS_APPROVED)


# What was published without the Board: every member of it.


def _board(event):
    groups = [group for code in (BOARD, BOARD_CHAIR) if (group := group_made(code))]
    return _users(groups__in=groups).distinct()


def _why_board(event, user) -> str:
    if not is_board_member(user):
        return ""
    return _("Every member of the Advisory Board hears of this.")


WAITING = Notice("waiting", "submitted", _may_decide, _why_decide)
APPROVED = Notice("approved", "approved", _concerned, _why_concerned)
RETURNED = Notice("returned", "rejected", _concerned, _why_concerned)
WITHDRAWN = Notice("withdrawn", "rejected", _concerned, _why_concerned)
RECALLED = Notice("recalled", "rejected", _concerned, _why_concerned)
OVERRIDE = Notice("override", "", _board, _why_board)

DECIDED: dict = {
    Outcome.GO: APPROVED,
    Outcome.REJECTED: RETURNED,
    Outcome.WITHDRAWN: WITHDRAWN,
    Outcome.RECALLED: RECALLED,
}
BY_KIND: dict = {
    EventKind.SUBMITTED: WAITING,
    EventKind.STAGE_PASSED: APPROVED,
    EventKind.SENT_BACK: RETURNED,
    EventKind.OVERRIDE: OVERRIDE,
}
