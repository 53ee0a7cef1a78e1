"""Deciding by a link from a mail: with a session of that person, or with a code sent to them."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lpsa_wagtail.actions.decisions import decide
from lpsa_wagtail.actions.due_dates import note_matter
from lpsa_wagtail.actions.group_changes import decide_change
from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.exceptions import AlreadyDecided, ChangedSince, NotAllowed
from lpsa_wagtail.models import DecisionLink, Event
from lpsa_wagtail.models.links import TRIES
from lpsa_wagtail.permissions import Bar, Review, obstacle_to

CODES_AN_HOUR = 3
ANOTHERS_SESSION = gettext_lazy(
    "This link was sent to somebody else than the person who is signed in here. Sign out first, "
    "or use the link of your own mail."
)
#: Who asks for a code twice within this time gets one.
PAUSE = dt.timedelta(minutes=1)

REFUSALS: dict[Bar, type[NotAllowed]] = {
    Bar.CHANGED: ChangedSince,
    Bar.LATE: AlreadyDecided,
    Bar.USED: AlreadyDecided,
}


class WrongCode(NotAllowed):
    """The code is not the newest one, is too old, or was tried too often."""


class TooManyCodes(NotAllowed):
    """No further code is sent now."""


@transaction.atomic
def send_code(*, actor, link, action) -> DecisionLink:
    """Send the person of the link a code for this action ("approve" or "reject").

    ``actor`` is whose session it is, or None. Nothing is sent for what was asked for a moment ago.
    Side effect: an event, of which the person hears by mail. Earlier codes end. Returns the link
    as it is now. Raises ``NotAllowed`` with the reason, ``TooManyCodes``.
    """
    link = _locked(link)
    _check(actor, link)
    if _was_just_sent(link, action):
        return link
    if _sent_within(link, dt.timedelta(hours=1), number=link.codes_sent + 1 - CODES_AN_HOUR):
        raise TooManyCodes(
            _("%(count)d codes were sent within the last hour. Wait a while for another one.")
            % {"count": CODES_AN_HOUR}
        )
    number = link.codes_sent + 1
    if DecisionLink.objects.filter(pk=link.pk).note_code(number):
        about = {"link": str(link.pk), "number": number, "action": action}
        key = _key(link, number)
        note_matter(actor=None, matter=link.matter, kind=EventKind.CODE, key=key, data=about)
    return _locked(link)


def decide_by_link(*, actor, link, action, comment="", code="") -> int:
    """Decide what the link is for, as its person; the link is used up.

    ``actor`` is whose session it is, or None: then the code decides whether it is the person. A
    try to enter one counts also if nothing is decided after it, so it is a transaction of its own.

    Returns how many approvals are still missing. Raises ``WrongCode``, or ``NotAllowed`` with the
    reason.
    """
    _check(actor, link)
    if actor is None and not _is_their_code(link, action, code):
        raise WrongCode(_("This is not the newest code, or it is too old."))
    return _use(actor, link, action, comment)


@transaction.atomic
def _is_their_code(link, action, code) -> bool:
    """Count the try first, so that no number of requests at once gets more tries."""
    if not DecisionLink.objects.filter(pk=link.pk).note_try(link.codes_sent):
        return False
    return link.is_code(code, action)


@transaction.atomic
def _use(actor, link, action, comment) -> int:
    now = _locked(link)
    _check(actor, now)
    if not DecisionLink.objects.filter(pk=link.pk).use():  # without locks, two come as far as this
        raise AlreadyDecided(_("This link was used. It works once."))
    person = get_user_model()._base_manager.get(pk=now.user_id)
    state = now.matter.task_state
    if state is None:
        decide_change(actor=person, matter=now.matter, action=action, comment=comment)
        return 0
    said = {"action": action, "comment": comment, "seen": now.content_hash}
    return decide(actor=person, task_state=state, **said)


def _locked(link) -> DecisionLink:
    """The link read anew, with what it is about, and locked where the database can."""
    return DecisionLink.objects.with_subject().select_for_update(of=("self",)).get(pk=link.pk)


def _check(actor, link) -> None:
    """Refuse whoever else has a session, and whatever stands in the way."""
    if actor is not None and actor.pk != link.user_id:
        raise NotAllowed(ANOTHERS_SESSION)
    if found := obstacle_to(link, Review(matter=link.matter, user=link.user)):
        raise REFUSALS.get(found.bar, NotAllowed)(found.sentence)


def _key(link, number) -> str:
    return f"code:{link.pk.hex}:{number}"


def _sent_within(link, time, *, number) -> bool:
    """True if the code of this number was sent so short a time ago."""
    since = timezone.now() - time
    return Event.objects.filter(key=_key(link, number), created_at__gt=since).exists()


def _was_just_sent(link, action) -> bool:
    if link.attempts >= TRIES or not _sent_within(link, PAUSE, number=link.codes_sent):
        return False
    return Event.objects.get(key=_key(link, link.codes_sent)).data["action"] == action
