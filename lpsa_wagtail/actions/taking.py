"""Who looks at what waits: taken, let go, handed over; and reminding those who may decide."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from lpsa_wagtail.actions.due_dates import note_matter
from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import Matter
from lpsa_wagtail.permissions import Review, why_not_remind


@transaction.atomic
def take(*, actor, matter) -> None:
    """Say that the actor looks at it. Others see it, and may decide all the same.

    Of two at the same moment one has it. Side effect: log entry. Raises ``NotAllowed``, which
    names who has taken it.
    """
    review = _checked(actor, matter)
    free = Matter.objects.filter(pk=matter.pk, taken_by=None)
    if free.update(taken_by=actor, taken_at=timezone.now()):
        log(instance=review.page, action="lpsa_wagtail.taken", user=actor)
        return
    taken_by = Matter.objects.select_related("taken_by").get(pk=matter.pk).taken_by
    if taken_by and taken_by != actor:
        name = get_user_display_name(taken_by)
        raise NotAllowed(_("%(name)s looks at it already.") % {"name": name})


@transaction.atomic
def let_go(*, actor, matter) -> None:
    """Say that the actor looks at it no more. Side effect: log entry. Raises ``NotAllowed``."""
    mine = Matter.objects.filter(pk=matter.pk, taken_by=actor.pk)
    if not mine.update(taken_by=None, taken_at=None):
        raise NotAllowed(_("You have not taken this."))
    log(instance=_page(actor, matter), action="lpsa_wagtail.let_go", user=actor)


@transaction.atomic
def hand_over(*, actor, matter, to) -> None:
    """Let another person look at it who may decide on it.

    For who may decide on it, whoever has taken it. Side effects: log entry; an event, of which the
    other person hears by mail. Raises ``NotAllowed``.
    """
    review = _checked(actor, matter)
    if to == actor:
        raise NotAllowed(_("Choose somebody else."))
    if Review(matter=matter, user=to).why_not:
        name = get_user_display_name(to)
        raise NotAllowed(_("%(name)s may not decide on this.") % {"name": name})
    now = timezone.now()
    Matter.objects.filter(pk=matter.pk).update(taken_by=to, taken_at=now)
    log(instance=review.page, action="lpsa_wagtail.handed_over", user=actor)
    key = f"{EventKind.HANDED_OVER}:{matter.pk}:{to.pk}:{now.timestamp():.6f}"
    note_matter(
        actor=actor, matter=matter, kind=EventKind.HANDED_OVER, key=key, data={"to": str(to.pk)}
    )


@transaction.atomic
def remind(*, actor, matter) -> None:
    """Remind whoever may decide, or has taken it; at most once a day, whoever reminds.

    For who submitted it, and for the secretariat. Side effects: log entry; an event, of which
    people hear by mail. Raises ``NotAllowed``, or ``AlreadyDecided``.
    """
    if not Matter.objects.open().filter(pk=matter.pk).exists():
        raise AlreadyDecided(_("Somebody has decided on this."))
    if reason := why_not_remind(actor, matter):
        raise NotAllowed(reason)
    now, today = timezone.now(), timezone.localdate()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    not_today = Q(reminded_at=None) | Q(reminded_at__lt=midnight)
    if not Matter.objects.filter(not_today, pk=matter.pk).update(reminded_at=now):
        raise NotAllowed(_("They were reminded today already."))
    log(instance=_page(actor, matter), action="lpsa_wagtail.reminded", user=actor)
    key = f"{EventKind.REMINDER}:{matter.pk}:{today:%Y-%m-%d}"
    note_matter(actor=actor, matter=matter, kind=EventKind.REMINDER, key=key)


def _checked(actor, matter) -> Review:
    review = Review(matter=matter, user=actor)
    if review.page is None or review.why_not:
        raise NotAllowed(review.why_not or _("The page is gone."))
    return review


def _page(actor, matter):
    return Review(matter=matter, user=actor).page
