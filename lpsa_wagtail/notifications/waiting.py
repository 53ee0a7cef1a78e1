"""Mails about what waits for a decision: when it comes, when it is due, when it is overdue."""

from django.utils.translation import gettext as _

from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Mandate, Matter
from lpsa_wagtail.notifications.about import Notice, open_state, page_of, users
from lpsa_wagtail.notifications.addresses import link_for_deciding
from lpsa_wagtail.permissions import (
    IN_PLACE_OF_CHAIR,
    acts_as,
    chairs,
    is_board_chair,
    people_at,
    why_not_decide,
    why_not_decide_change,
)

#: Who hears of what is overdue, beside the Chair.
STAND_INS = (MandateKind.ACTING_CHAIR, MandateKind.DEPUTY)


def may_decide(event):
    """Whoever sits at the stage at which the page waits."""
    state = open_state(event)
    task = state and state.task.specific
    return people_at(task) if task and hasattr(task, "groups") else ()


def why_decide(event, user) -> str:
    """The sentence for who may decide there now; "" for everybody else."""
    state, page = open_state(event), page_of(event)
    if state is None or page is None:
        return ""
    task = state.task.specific
    if isinstance(task, AdvisoryBoardApprovalTask):
        if why_not_decide(user=user, page=page, task=task):
            return ""
        role = acts_as(user=user, page=page, task=task)
        if role in MandateKind.values:
            return _("You may decide on this in the place of the Advisory Board Chair.")
    elif str(user.pk) == event.actor_id:
        return ""
    named = task.groups.filter(pk__in=user.groups.values("pk")).order_by("pk").first()
    if named is None:
        return ""
    return _("You are a member of “%(group)s”, and you may decide on this.") % {"group": named.name}


def matter_of(event) -> Matter | None:
    """The matter that the event is about, or None when it is gone."""
    matters = Matter.objects.select_related("record__page", "taken_by")
    return matters.filter(pk=event.data.get("matter")).first()


def _may_decide_matter(event):
    """Who has taken it; while nobody has, whoever may decide on it."""
    matter = matter_of(event)
    if matter and matter.taken_by_id:
        return users(pk=matter.taken_by_id)
    if matter and matter.record_id:
        return in_the_chair()
    return may_decide(event)


def why_decide_matter(event, user) -> str:
    matter = matter_of(event)
    if matter is None or matter.task_state_id:
        return why_decide(event, user)
    if matter.closed_at or why_not_decide_change(user, matter):
        return ""
    return _("You may decide on the state of this group.")


def in_the_chair():
    """The Chair, and whoever may decide in the Chair's place."""
    held = Mandate.objects.on().of_kind(*IN_PLACE_OF_CHAIR)
    return users(pk__in=held.values("user")) | users(pk__in=chairs().values("pk"))


def _stands_in(event):
    """The Chair, and who acts for the Chair or deputises."""
    held = Mandate.objects.on().of_kind(*STAND_INS)
    return users(pk__in=held.values("user")) | users(pk__in=chairs().values("pk"))


def _why_stands_in(event, user) -> str:
    if not why_decide_matter(event, user):
        return ""
    if is_board_chair(user):
        return _("You are the Advisory Board Chair, and nobody has decided in time.")
    return _("You stand in for the Advisory Board Chair, and nobody has decided in time.")


def due(event, user) -> dict:
    matter = matter_of(event)
    about = {"due_on": matter and matter.due_on, "change": matter and matter.get_change_display()}
    return about | link_for_deciding(event, user)


WAITING = Notice("waiting", "submitted", may_decide, why_decide, link_for_deciding)
REMINDER = Notice("reminder", "submitted", _may_decide_matter, why_decide_matter, due)
ESCALATED = Notice("escalated", "submitted", _stands_in, _why_stands_in, due)
