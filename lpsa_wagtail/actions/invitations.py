"""Inviting people to roles by mail, and what they answer."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lpsa_wagtail import conf
from lpsa_wagtail.actions.events import record_event
from lpsa_wagtail.actions.people import give_account, give_role, open_account, register_member
from lpsa_wagtail.choices import DRAFTING_ROLES, EventKind
from lpsa_wagtail.exceptions import LogInFirst, NotAllowed
from lpsa_wagtail.models import Invitation, Member, Membership, WorkingGroupRecord
from lpsa_wagtail.permissions import (
    why_not_answer,
    why_not_invite,
    why_not_invite_again,
    why_not_invite_more,
)


@transaction.atomic
def invite(*, actor, record, role, email, name, **fields) -> Invitation:
    """Invite the person with this address to a role in the group of ``record``.

    Whether the register knows the address makes no difference to who invites: a person it knows
    keeps the name they have, else one is entered with ``name``. ``fields`` are further columns of
    the role. For co-chairs (ordinary roles of their own groups) and the secretariat; None stands
    for a command. Side effects: the role is given from its first day on, and shown as accepted
    only when it is; a mail; log entry. Raises ``NotAllowed`` or ``ValidationError``.
    """
    if actor and (why_not := why_not_invite(actor, record, role) or why_not_invite_more(actor)):
        raise NotAllowed(why_not)
    record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
    member = Member.objects.filter(email__iexact=email.strip()).first()
    member = member or register_member(actor=actor, name=name, email=email)
    membership = give_role(actor=actor, member=member, record=record, role=role, **fields)
    return _send(actor, membership)


@transaction.atomic
def invite_again(*, actor, membership) -> Invitation:
    """Send an invitation to a role that exists and is not accepted yet; earlier ones end.

    For the same people as ``invite``, co-chairs only where somebody was invited before. Side
    effects: a mail; log entry. Raises ``NotAllowed``.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if actor and (why_not := why_not_invite_again(actor, membership)):
        raise NotAllowed(why_not)
    return _send(actor, membership)


def _send(actor, membership) -> Invitation:
    invitation = Invitation.objects.create(
        membership=membership,
        expires_at=timezone.now() + dt.timedelta(days=conf.get("LPSA_INVITATION_DAYS")),
        invited_by_id=str(actor.pk) if actor else "",
    )
    record_event(
        actor=actor,
        kind=EventKind.INVITED,
        key=f"{EventKind.INVITED}:{invitation.pk}",
        page=membership.group.page,
        data={"invitation": str(invitation.pk)},
    )
    _note(actor, membership, "lpsa_wagtail.invite")
    return invitation


@transaction.atomic
def accept_invitation(*, actor, invitation) -> Membership:
    """Accept the role, and return it.

    ``actor`` is the account with which the person is logged in, or None. Side effects: consent is
    noted with date and source, if there is none yet; who is to draft and has no account gets one:
    the one they are logged in with if it has the address invited, else a new one without a
    password; rights are synchronised; log entry. Raises ``NotAllowed``, or ``LogInFirst`` if the
    address belongs to an account that might be somebody else's.
    """
    invitation, membership = _lock(invitation)
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now)
    member = membership.member
    if not member.consent_at:
        member.consent_at = now
        member.consent_source = _("Invitation to %(group)s") % {"group": membership.group}
        member.consent_source = member.consent_source[:200]
        member.save(update_fields=["consent_at", "consent_source"])
    if membership.role in DRAFTING_ROLES and member.user is None:
        give_account(actor=actor, member=member, user=_account(actor, member))
    membership.accepted_at = now
    membership.save(update_fields=["accepted_at"])
    _note(actor, membership, "lpsa_wagtail.accept_role")
    return membership


@transaction.atomic
def decline_invitation(*, actor, invitation) -> None:
    """Decline the role: it gives no right from now on, and was never held.

    Side effects: the role ends yesterday, so it begins no later; rights are synchronised; log
    entry. Raises ``NotAllowed``.
    """
    invitation, membership = _lock(invitation)
    Invitation.objects.filter(pk=invitation.pk).update(declined_at=timezone.now())
    membership.end = timezone.localdate() - dt.timedelta(days=1)
    membership.start = min(membership.start, membership.end)
    membership.save(update_fields=["start", "end"])
    _note(actor, membership, "lpsa_wagtail.decline_role")


def _lock(invitation):
    """The rows as they are now, locked; of two answers the second is refused."""
    membership = Membership.objects.select_for_update().get(pk=invitation.membership_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.membership = membership
    if why_not := why_not_answer(invitation):
        raise NotAllowed(why_not)
    return invitation, membership


def _account(actor, member):
    """The account for this person, see ``accept_invitation``."""
    model = get_user_model()
    address = model.get_email_field_name()
    if actor and getattr(actor, address, "").lower() == member.email.lower():
        if Member.objects.filter(user=actor.pk).exists():
            raise NotAllowed(_("Your account belongs to another entry. Ask the secretariat."))
        return actor
    names = {address, model.USERNAME_FIELD}
    if any(model._base_manager.filter(**{f"{n}__iexact": member.email}).exists() for n in names):
        raise LogInFirst
    return open_account(
        actor=actor,
        username=slugify(member.name) or "member",
        email=member.email,
        name=member.name,
        password=None,
    )


def _note(actor, membership, action):
    """A line in the history of the role, without the person's name."""
    title = f"{membership._meta.verbose_name} {membership.pk}"
    log(instance=membership, action=action, user=actor, title=title)
