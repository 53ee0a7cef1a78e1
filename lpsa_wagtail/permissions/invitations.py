"""Who invites whom, and which links of invitations hold."""

import datetime as dt
import hashlib
import uuid

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from lpsa_wagtail.choices import DRAFTING_ROLES, ENDED_STATES
from lpsa_wagtail.models import Invitation, WorkingGroupRecord
from lpsa_wagtail.permissions.register import groups_chaired_by, keeps_register

SALT = "lpsa_wagtail.invitation"
#: How many invitations a co-chair sends in a day; mail to strangers is not to be made a weapon.
PER_DAY = 50


def groups_to_invite_to(user):
    """Records of the groups in which the person may invite others to some role."""
    groups = WorkingGroupRecord.objects if keeps_register(user) else groups_chaired_by(user)
    return groups.filter(page__isnull=False).exclude(state__in=ENDED_STATES)


def why_not_invite(user, record, role) -> str:
    """Why the person cannot invite somebody to this role in this group; "" if they can."""
    if record.state in ENDED_STATES or record.page is None:
        return _("This group is no more. Nobody is invited to it.")
    if not _has_a_page():
        return _("There is no page to answer on: lpsa_wagtail.urls is not included in this site.")
    if keeps_register(user):
        return ""
    if not groups_chaired_by(user).filter(pk=record.pk).exists():
        return _("Only the co-chairs of the group and the secretariat do this.")
    if role in DRAFTING_ROLES:
        return _("The secretariat invites co-chairs and coordinators.")
    return ""


def _has_a_page() -> bool:
    try:
        return bool(reverse("lpsa_wagtail:invitation", args=["0"]))
    except NoReverseMatch:
        return False


def why_not_invite_again(user, membership) -> str:
    """Why the person cannot send (another) invitation to this role; "" if they can."""
    if why_not := why_not_invite(user, membership.group, membership.role):
        return why_not
    if membership.accepted_at:
        return _("This role is accepted already.")
    if membership.is_over:
        return _("This role is over.")
    if not keeps_register(user) and not membership.invitations.exists():
        return _("The secretariat entered this role, and asks the person itself.")
    return why_not_invite_more(user)


def why_not_invite_more(user) -> str:
    """Why the person has to wait before inviting more people; "" if they need not."""
    since = timezone.now() - dt.timedelta(days=1)
    sent = Invitation.objects.filter(invited_by_id=str(user.pk), created_at__gte=since)
    if keeps_register(user) or sent.count() < PER_DAY:
        return ""
    return _("You have invited %(count)s people since yesterday. Go on tomorrow.") % {
        "count": PER_DAY
    }


def token_of(invitation) -> str:
    """What names this invitation in an address: signed, and of use for one mail address only."""
    member = invitation.membership.member
    return signing.dumps([invitation.pk.hex, _mark(invitation.pk, member.email)], salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a token names; None for one that we did not make, or not any more.

    Whether it can still be answered is another question (``why_not_answer``).
    """
    try:
        number, mark = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related("membership__member", "membership__group__page")
    invitation = rows.filter(pk=uuid.UUID(number)).first()
    if invitation is None or mark != _mark(invitation.pk, invitation.membership.member.email):
        return None
    return invitation


def inviter_of(invitation) -> str:
    """Who invites, in words for the person invited; never an address."""
    people = get_user_model()._base_manager
    known = invitation.invited_by_id and people.filter(pk=invitation.invited_by_id).first()
    name = get_user_display_name(known) if known else ""
    return name if name and "@" not in name else _("The secretariat")


def _mark(number, address) -> str:
    """Of which address it is, without telling: a link to a wrong one dies when that is mended."""
    return hashlib.sha256(f"{number}:{address.lower()}".encode()).hexdigest()[:16]


def why_not_answer(invitation) -> str:
    """Why an invitation can no longer be accepted or declined; "" if it can. Names nobody."""
    membership = invitation.membership
    if invitation.accepted_at or membership.accepted_at:
        return _("This invitation was accepted.")
    if invitation.declined_at:
        return _("This invitation was declined.")
    record = membership.group
    if membership.is_over or record.page is None or record.state in ENDED_STATES:
        return _("The role that this invitation is about has ended.")
    newest = membership.invitations.order_by("-created_at").first()
    if newest.pk != invitation.pk:
        return _("A newer invitation was sent. Use the link in the newest message.")
    if invitation.expires_at <= timezone.now():
        return _("The time to answer this invitation is over. Ask for a new one.")
    return ""
