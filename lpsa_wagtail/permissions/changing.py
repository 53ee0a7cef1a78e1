"""Who proposes a change of a group's state, and which changes there are."""

from django.utils.translation import gettext as _

from lpsa_wagtail.choices import CHANGED_STATES, GroupChange, GroupState, Role
from lpsa_wagtail.models import Decision, Membership
from lpsa_wagtail.permissions.chairing import capacity
from lpsa_wagtail.permissions.visibility import sees_everything

WORKING = (GroupState.FORMING, GroupState.ACTIVE)
#: From which states a group comes into another one. What is dissolved stays so; a new proposal is
#: the way back.
FROM = {
    GroupChange.DORMANT: WORKING,
    GroupChange.REVIVE: (GroupState.DORMANT, GroupState.ARCHIVED),
    GroupChange.DISSOLVE: (*WORKING, GroupState.DORMANT, GroupState.ARCHIVED),
    GroupChange.ARCHIVE: (*WORKING, GroupState.DORMANT),
}


def changes_of(record) -> list[GroupChange]:
    """Changes that are possible now. To revive also calls off what was decided for a later day."""
    found = [change for change, states in FROM.items() if record.state in states]
    if GroupChange.REVIVE not in found and record.state in WORKING and is_to_change(record):
        found.append(GroupChange.REVIVE)
    return found


def is_to_change(record) -> bool:
    """True if a change was decided that takes effect on a later day. One query."""
    decided = Decision.objects.filter(page_id=record.page_id, outcome__in=CHANGED_STATES)
    newest = decided.order_by("-pk").first()
    return bool(newest and newest.is_to_come)


def why_not_propose_change(user, record, change="") -> str:
    """Why the person cannot propose this change (or any) of the group's state; "" if they can.

    For the secretariat, administrators, and the co-chairs of the group as of today.
    """
    if not (sees_everything(user) or _chairs(user, record)):
        return _("The secretariat and the co-chairs of the group propose this.")
    if record.page is None:
        return _("This group has no page.")
    if change not in changes_of(record) and (change or not changes_of(record)):
        return _("This is not possible for a group in the state “%(state)s”.") % {
            "state": record.get_state_display()
        }
    return ""


def _chairs(user, record) -> bool:
    chairs = Membership.objects.on().of_user(user).filter(role=Role.CO_CHAIR, group=record)
    return user.is_active and record.state in FROM[GroupChange.DISSOLVE] and chairs.exists()


def why_not_take_back_change(user, matter) -> str:
    """Why the person cannot take back a proposed change; "" if they can."""
    if sees_everything(user) or (user.is_active and user.pk == matter.proposed_by_id):
        return ""
    return _("Who proposed this, or the secretariat, takes it back.")


def acts_as_on_change(user, matter) -> str:
    """As what the person decides on a change of a group's state, see ``capacity``."""
    proposer = str(matter.proposed_by_id)
    return capacity(
        user,
        page_id=matter.record.page_id,
        had_a_hand=lambda person: person == proposer,
        is_overdue=lambda: matter.is_overdue,
    )
