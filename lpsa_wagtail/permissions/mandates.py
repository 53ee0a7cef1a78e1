"""Which mandates somebody can give and end, for the screens; the rule itself is ``chairing``'s."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import Matter
from lpsa_wagtail.permissions.chairing import chairs, why_not_mandate
from lpsa_wagtail.permissions.roles import (
    BOARD,
    BOARD_CHAIR,
    group_made,
    is_board_chair,
    is_board_member,
    is_secretariat,
)

BY_SECRETARIAT = (MandateKind.DECIDER, MandateKind.PROPOSER)
BY_CHAIR = (MandateKind.ACTING_CHAIR, MandateKind.DEPUTY)


def reads_mandates(user) -> bool:
    """True for the secretariat, the Board and administrators: they are to know who decides."""
    return user.is_active and (user.is_superuser or is_secretariat(user) or is_board_member(user))


def kinds_to_give(user) -> list[str]:
    """Kinds of mandate that the person may give to somebody, see ``why_not_mandate``."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return list(MandateKind)
    found = list(BY_SECRETARIAT) if is_secretariat(user) else []
    if is_board_chair(user) or (found and not chairs().exists()):
        found += BY_CHAIR
    return [kind for kind in MandateKind if kind in found]


def people_for_mandates(user):
    """Accounts to which the person may give one: members of the Board; for proposing, anybody."""
    people = get_user_model()._base_manager.filter(is_active=True).order_by("pk")
    if not user.is_superuser:
        people = people.exclude(pk=user.pk)
    if MandateKind.PROPOSER in kinds_to_give(user):
        return people
    board = [group for code in (BOARD, BOARD_CHAIR) if (group := group_made(code))]
    return people.filter(groups__in=board).distinct()


def pages_for_mandates():
    """Pages that wait for a decision, or whose group's state does."""
    matters = Matter.objects.open()
    waiting = matters.values_list("task_state__workflow_state__object_id", "record__page")
    ids = {int(pk) for row in waiting for pk in row if pk}
    return Page.objects.filter(pk__in=ids).order_by("title", "pk")


def why_not_give_mandate(user, mandate) -> str:
    """Why the person cannot give this mandate; "" if they can."""
    if mandate.start < timezone.localdate():
        return _("A mandate begins today or later.")
    return why_not_mandate(user, mandate)


def why_not_end_mandate(user, mandate, end) -> str:
    """Why the person cannot let this mandate end on that day; "" if they can."""
    today = timezone.localdate()
    if mandate.end and mandate.end < today:
        return _("This mandate ended on %(day)s.") % {"day": mandate.end}
    if mandate.end and end > mandate.end:
        return _("It ends on %(day)s already. For a longer time, give another one.") % {
            "day": mandate.end
        }
    if end < max(mandate.start, today - dt.timedelta(days=1)):
        return _("What was decided until now stays: choose yesterday or later.")
    return why_not_mandate(user, mandate)
