"""Who works on the proposal of a group before it is decided."""

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import Member, Overlap, Proposal, WorkingGroupPage, overlaps
from lpsa_wagtail.permissions.chairing import may_propose
from lpsa_wagtail.permissions.roles import is_board_member
from lpsa_wagtail.permissions.visibility import sees_everything

#: States of a group that is not established.
NOT_YET = (GroupState.PROPOSED, GroupState.IN_REVIEW)


def proposes(user, page) -> bool:
    """True for who proposed this group, while it is not established and they may propose."""
    if not (user.is_active and user.pk and page.specific_class is WorkingGroupPage):
        return False
    mine = Proposal.objects.filter(proposed_by=user.pk, record__state__in=NOT_YET)
    return mine.filter(record__translation_key=page.translation_key).exists() and may_propose(user)


def proposals_of(user):
    """Proposals that this person made and that are not established, newest first."""
    mine = Proposal.objects.filter(proposed_by=user.pk, record__state__in=NOT_YET)
    return mine.exclude(record__page=None).select_related("record__page")


def why_not_revise(user, proposal) -> str:
    """Why the person cannot change this proposal now; "" if they can.

    Who made it, and the secretariat; not while it waits, nor once it is decided.
    """
    if not (may_propose(user) and (user.pk == proposal.proposed_by_id or sees_everything(user))):
        return _("Who proposed this group, or the secretariat, changes the proposal.")
    if proposal.record.state not in NOT_YET or proposal.record.page is None:
        return _("This was decided.")
    waiting = WorkflowState.objects.active().for_instance(proposal.record.page)
    if waiting.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists():
        return _("This waits for a decision. Take it back first, to change it.")
    return ""


def sees_register_of(user, proposal) -> bool:
    """True if the person is told who of the proposed leaders is in the register, and as whom.

    The Board and the secretariat; never who proposed it, who would learn whose addresses are known.
    """
    if user.pk == proposal.proposed_by_id:
        return user.is_superuser
    return sees_everything(user) or is_board_member(user)


def proposal_about(page) -> Proposal | None:
    """The proposal of a group that is not established, by its page; else None."""
    if page.specific_class is not WorkingGroupPage:
        return None
    open_ones = Proposal.objects.filter(record__state__in=NOT_YET)
    return open_ones.filter(record__translation_key=page.translation_key).first()


def leaders_shown(user, proposal) -> list[dict]:
    """Whom the proposal names, for a reviewer: ``name`` as given, ``role``, and ``known_as``.

    ``known_as`` is the name in the register of who has that address, "" if nobody has, and None
    where it is not for this person.
    """
    leaders = list(proposal.leaders.all())
    known = None
    if sees_register_of(user, proposal):
        members = Member.objects.filter(email__in=[leader.email for leader in leaders])
        known = dict(members.values_list("email", "name"))
    return [
        {
            "name": leader.name,
            "role": leader.get_role_display(),
            "known_as": None if known is None else known.get(leader.email, ""),
        }
        for leader in leaders
    ]


def overlaps_shown(user, page) -> list[Overlap]:
    """Groups that the proposed one would overlap with."""
    words = [item.tag for item in page.interest_items.select_related("tag")]
    found = overlaps(title=page.title, interests=words, translation_key=page.translation_key)
    return name_groups(user, found)


def name_groups(user, found) -> list[Overlap]:
    """Note of each group whether its name may be told to this person; return them."""
    for one in found:
        one.is_named = sees_group(user, one.group)
    return found


def sees_group(user, group) -> bool:
    """True if this person may know the name of a group: it is public, or their work."""
    return group.live or sees_everything(user) or is_board_member(user) or proposes(user, group)
