"""Mails about groups: positions asked for, a change of state proposed and decided."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import Decision, Matter, Membership
from lpsa_wagtail.notifications.about import Notice, users
from lpsa_wagtail.notifications.addresses import link_for_deciding
from lpsa_wagtail.notifications.waiting import in_the_chair, matter_of
from lpsa_wagtail.permissions import (
    group_made,
    is_secretariat,
    why_not_decide_change,
    why_not_give_position,
)
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, SECRETARIAT


def _about(event, user) -> dict:
    matter = matter_of(event)
    decision = Decision.objects.filter(pk=event.data.get("decision")).first()
    return {
        "change": matter and matter.get_change_display(),
        "due_on": matter and matter.due_on,
        "effective_on": (decision and decision.effective_on) or (matter and matter.effective_on),
        "outcome": decision and decision.get_outcome_display(),
        "review_path": _review_path(matter),
        "was_rejected": bool(decision and decision.outcome == Outcome.REJECTED),
    }


def _review_path(matter) -> str:
    try:
        return reverse("lpsa_desk:review", args=[matter.pk]) if matter else ""
    except NoReverseMatch:
        return ""


# Positions: the members of the Board who do not decide on it.


def _board(event):
    groups = [group for code in (BOARD, BOARD_CHAIR) if (group := group_made(code))]
    return users(groups__in=groups).distinct()


def _why_position(event, user) -> str:
    matter = matter_of(event)
    if matter is None or matter.positions.filter(person=user.pk).exists():
        return ""
    if why_not_give_position(user, matter):
        return ""
    return _("You are a member of the Advisory Board.")


# A change is proposed: who may decide on it.


def _deciders(event):
    return in_the_chair()


def _why_decide(event, user) -> str:
    matter = matter_of(event)
    is_open = matter and Matter.objects.open().filter(pk=matter.pk).exists()
    if not is_open or why_not_decide_change(user, matter):
        return ""
    return _("You may decide on the state of this group.")


def _to_decide(event, user) -> dict:
    return _about(event, user) | link_for_deciding(event, user)


# It is decided: who leads (or led) the group, who proposed it, and the secretariat.


def _concerned(event):
    yield from users(pk__in=_led(event).values("member__user"))
    if secretariat := group_made(SECRETARIAT):
        yield from users(groups=secretariat)
    matter = matter_of(event)
    if matter and matter.proposed_by_id:
        yield from users(pk=matter.proposed_by_id)


def _led(event):
    """Roles of who led the group when it was decided, also if they ended with it."""
    matter = matter_of(event)
    day = timezone.localdate(event.created_at)
    roles = Membership.objects.drafting().filter(group=matter and matter.record)
    return roles.filter(Q(end=None) | Q(end__gte=day), start__lte=day, member__user__isnull=False)


def _why_concerned(event, user) -> str:
    matter = matter_of(event)
    if matter is None or str(user.pk) == event.actor_id:
        return ""
    if matter.proposed_by_id == user.pk:
        return _("You proposed it.")
    if _led(event).filter(member__user=user.pk).exists():
        return _("You are co-chair or coordinator of “%(group)s”.") % {"group": matter.record}
    return _("You are in the secretariat.") if is_secretariat(user) else ""


POSITION_ASKED = Notice("position_asked", "submitted", _board, _why_position, _about)
PROPOSED = Notice("proposed", "submitted", _deciders, _why_decide, _to_decide)
GROUP_CHANGED = Notice("group_changed", "", _concerned, _why_concerned, _about)
