"""The mail by which somebody is invited to a role. Its address is the register's."""

from django.utils.translation import gettext as _

from lpsa_wagtail.models import Invitation
from lpsa_wagtail.notifications.about import Notice
from lpsa_wagtail.notifications.addresses import admin_base, path_of
from lpsa_wagtail.notifications.lines import NAME, line
from lpsa_wagtail.permissions import inviter_of, token_of, why_not_answer


def invitation_of(event) -> Invitation | None:
    """The invitation that the event is about, or None when it is gone."""
    rows = Invitation.objects.select_related("membership__member", "membership__group__page")
    return rows.filter(pk=event.data.get("invitation")).first()


def _invited(event):
    invitation = invitation_of(event)
    return [invitation.membership.member] if invitation else []


def _why_invited(event, person) -> str:
    invitation = invitation_of(event)
    if invitation is None or why_not_answer(invitation) or not path_of("invitation", "0"):
        return ""
    if invitation.membership.member != person:
        return ""
    return _("%(name)s gave us your address to invite you.") % {"name": _inviter(invitation)}


def _inviter(invitation) -> str:
    return line(inviter_of(invitation), NAME)


def _what(event, person) -> dict:
    invitation = invitation_of(event)
    if invitation is None:
        return {}
    return {
        "inviter": _inviter(invitation),
        "role": invitation.membership.get_role_display(),
        "answer_url": f"{admin_base()}{path_of('invitation', token_of(invitation))}",
        "expires_at": invitation.expires_at,
    }


INVITED = Notice("invited", "", _invited, _why_invited, _what)
