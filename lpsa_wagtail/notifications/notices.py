"""Who hears of which event, and why. Asked when deliveries are written down and again at sending,
so that nobody is told who has no part in it any more."""

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from lpsa_wagtail.choices import EventKind, Outcome
from lpsa_wagtail.models import Membership
from lpsa_wagtail.notifications.about import Notice, group_of, page_of, task_state_of, users
from lpsa_wagtail.notifications.codes import CODE
from lpsa_wagtail.notifications.group_changes import GROUP_CHANGED, POSITION_ASKED, PROPOSED
from lpsa_wagtail.notifications.handing import HANDED_OVER
from lpsa_wagtail.notifications.invitations import INVITED
from lpsa_wagtail.notifications.people import is_active
from lpsa_wagtail.notifications.waiting import ESCALATED, REMINDER, WAITING
from lpsa_wagtail.permissions import group_made, is_board_member, is_secretariat, leads
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT


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
    if notice is None or not is_active(user):
        return ""
    return notice.why(event, user)


# What was decided: whoever submitted it, and who leads the group today.


def _concerned(event):
    group = group_of(event)
    if group is not None:
        roles = Membership.objects.on().drafting().in_group(group)
        leaders = roles.filter(member__user__isnull=False).values("member__user")
        yield from users(pk__in=leaders)
    elif secretariat := group_made(SECRETARIAT):
        yield from users(groups=secretariat)
    if event.data.get("submitter"):
        yield from users(pk=event.data["submitter"])


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
    return users(groups__in=groups).distinct()


def _why_board(event, user) -> str:
    if not is_board_member(user):
        return ""
    return _("Every member of the Advisory Board hears of this.")


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
    EventKind.CODE: CODE,
    EventKind.REMINDER: REMINDER,
    EventKind.PROPOSED: PROPOSED,
    EventKind.POSITION_ASKED: POSITION_ASKED,
    EventKind.GROUP_CHANGED: GROUP_CHANGED,
    EventKind.ESCALATED: ESCALATED,
    EventKind.HANDED_OVER: HANDED_OVER,
    EventKind.INVITED: INVITED,
}
