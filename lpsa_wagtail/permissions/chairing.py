"""Who decides what the Board Chair decides: the Chair, or who acts in the Chair's place.

Four ways, each only for a member of the Board: the post itself (an auth group); acting for the
Chair between two dates; deputising for what is overdue; deciding on one page because every Chair
had a hand in it, or there is none.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import InstallRecord, Mandate, Matter
from lpsa_wagtail.permissions.roles import (
    BOARD,
    BOARD_CHAIR,
    group_ids,
    group_made,
    is_board_chair,
    is_board_member,
    is_secretariat,
    people_in,
)

#: In whose name somebody decides.
CHAIR = "chair"
IN_PLACE_OF_CHAIR = (MandateKind.ACTING_CHAIR, MandateKind.DEPUTY, MandateKind.DECIDER)
ACTING = Q(kind=MandateKind.ACTING_CHAIR)


def _today(which) -> list:
    """Today's mandates of these, each telling whether its holder is ``on_board``. One query."""
    holders = (people_in(code).filter(pk=OuterRef("user")) for code in (BOARD, BOARD_CHAIR))
    on_board = reduce(or_, map(Exists, holders))
    found = Mandate.objects.on().filter(which).annotate(on_board=on_board)
    return list(found.select_related("user").order_by("pk"))


def _known_to(user) -> list:
    """Today's mandates of this person, and whoever's to act for the Chair; read once for each user
    object, that is, for each request."""
    if not hasattr(user, "_lpsa_mandates"):
        user._lpsa_mandates = _today(Q(user=user.pk) | ACTING)
    return user._lpsa_mandates


def _held(user) -> list:
    return [mandate for mandate in _known_to(user) if mandate.user_id == user.pk]


def mandates_of(user) -> list:
    """Today's mandates in the Chair's place of a member of the Board."""
    if not is_board_member(user):
        return []
    return [mandate for mandate in _held(user) if mandate.kind in IN_PLACE_OF_CHAIR]


def may_propose(user) -> bool:
    """True for the secretariat, administrators, and whom the secretariat lets propose groups."""
    if not (user.is_active and user.pk):
        return False
    if user.is_superuser or is_secretariat(user):
        return True
    return any(mandate.kind == MandateKind.PROPOSER for mandate in _held(user))


def chairs():
    """Accounts that hold the post of Board Chair."""
    return people_in(BOARD_CHAIR).order_by("pk")


def groups_that_count(user) -> set[int]:
    """Ids of the auth groups by which the person sits at stages of the Board.

    Who may act in the Chair's place sits where the Chair sits; on what, ``capacity`` says.
    """
    if not hasattr(user, "_lpsa_sits_in"):
        user._lpsa_sits_in = set(group_ids(user))
        if mandates_of(user):
            made = InstallRecord.objects.filter(code=BOARD_CHAIR, site=None)
            user._lpsa_sits_in.update(map(int, made.values_list("object_id", flat=True)))
    return user._lpsa_sits_in


def sits_at(user, task) -> bool:
    """True for the members of a stage's groups, and for who may act in the Chair's place there."""
    return user.is_active and task.groups.filter(pk__in=groups_that_count(user)).exists()


def people_at(task):
    """Accounts that sit at a stage: members of its groups, and who may act for the Chair there."""
    sits = Q(groups__in=task.groups.all())
    if (chair := group_made(BOARD_CHAIR)) and task.groups.filter(pk=chair.pk).exists():
        held = Mandate.objects.on().of_kind(*IN_PLACE_OF_CHAIR)
        sits |= Q(pk__in=held.values("user"))
    people = get_user_model()._base_manager.filter(sits, is_active=True)
    return people.order_by("pk").distinct()


def people_in_the_chair():
    """Accounts that hold the post, or may act in its place on something."""
    held = Mandate.objects.on().of_kind(*IN_PLACE_OF_CHAIR).values("user")
    either = Q(pk__in=chairs().order_by().values("pk")) | Q(pk__in=held)
    return get_user_model()._base_manager.filter(either, is_active=True).order_by("pk")


def capacity(user, *, page_id, had_a_hand, is_overdue) -> str:
    """As what the person decides for the Chair: ``CHAIR``, a kind of mandate, or "" if not at all.

    ``had_a_hand(id)`` says whether that person proposed or wrote it, ``is_overdue()`` whether its
    due date has passed; both are asked only if it matters.
    """
    if not user.is_active:
        return ""
    if is_board_chair(user):
        return CHAIR
    held = {(mandate.kind, mandate.page_id) for mandate in mandates_of(user)}
    if (MandateKind.ACTING_CHAIR, None) in held:
        return MandateKind.ACTING_CHAIR
    if (MandateKind.DECIDER, page_id) in held and _no_chair_can(had_a_hand):
        return MandateKind.DECIDER
    if (MandateKind.DEPUTY, None) in held and is_overdue():
        return MandateKind.DEPUTY
    return ""


def _no_chair_can(had_a_hand) -> bool:
    return all(had_a_hand(str(pk)) for pk in chairs().values_list("pk", flat=True))


@dataclass(frozen=True)
class ChairToday:
    """The holders of the post, and the mandates to act for them."""

    holders: list
    acting: list

    @property
    def is_vacant(self) -> bool:
        return not self.holders


def chair_today() -> ChairToday:
    """Who decides as Chair today. Two queries."""
    return ChairToday(holders=list(chairs()), acting=_acting(_today(ACTING)))


def vacant_chair(user) -> ChairToday | None:
    """Who acts for the Chair while nobody holds the post; None while somebody does.

    One query, and one for the mandates unless they were read for this ``user``, who asks.
    """
    return None if chairs().exists() else ChairToday([], _acting(_known_to(user)))


def _acting(mandates) -> list:
    acts = MandateKind.ACTING_CHAIR
    return [mandate for mandate in mandates if mandate.on_board and mandate.kind == acts]


def why_not_decide_change(user, matter) -> str:
    """Why the person cannot decide on a change of a group's state; "" if they can."""
    page_id, proposer = matter.record.page_id, str(matter.proposed_by_id)
    if not capacity(
        user,
        page_id=page_id,
        had_a_hand=lambda person: person == proposer,
        is_overdue=lambda: matter.is_overdue,
    ):
        return _("The Advisory Board Chair decides on the state of a group.")
    if str(user.pk) == proposer:
        return _("You proposed this, so somebody else must decide.")
    return ""


def why_not_position(user, matter, hands=frozenset()) -> str:
    """Why the person cannot leave a position on what the Chair decides; "" if they can.

    ``hands`` are the ids of who wrote or submitted it.
    """
    if not (user.is_active and is_board_member(user)):
        return _("The members of the Advisory Board leave positions.")
    if str(user.pk) in {str(matter.proposed_by_id), *hands}:
        return _("You proposed this, so the others say what they think of it.")
    if matter.is_overdue:
        return _("The time for positions is over.")
    return ""


def why_not_mandate(user, mandate) -> str:
    """Why the person cannot give, or end, this mandate; "" if they can.

    In the Chair's place: the Chair gives it, the secretariat only while there is no Chair; for
    one page the secretariat. Who may propose, the secretariat says. Nobody gives one to themselves
    except the administrator.
    """
    if not user.is_active:
        return _("You cannot do this.")
    to_give = mandate.pk is None
    if to_give and mandate.kind in IN_PLACE_OF_CHAIR and not is_board_member(mandate.user):
        return _("Only a member of the Advisory Board can act in the place of the Chair.")
    if user.is_superuser:
        return ""
    if mandate.user_id == user.pk:
        return _("Nobody gives this to themselves.")
    if mandate.kind in (MandateKind.DECIDER, MandateKind.PROPOSER):
        return "" if is_secretariat(user) else _("The secretariat does this.")
    if is_board_chair(user) or (is_secretariat(user) and not chairs().exists()):
        return ""
    return _("The Chair does this; the secretariat only while the post of the Chair is vacant.")


def overdue_at(task_id, page_id) -> bool:
    """True if what waits at this stage about this page is past its due date."""
    waiting = Matter.objects.open().overdue()
    about = {"task_state__task": task_id, "task_state__workflow_state__object_id": str(page_id)}
    return waiting.filter(**about).exists()
