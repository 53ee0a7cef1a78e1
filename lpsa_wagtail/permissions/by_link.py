"""What stands in the way of deciding by a link from a mail."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from lpsa_wagtail.choices import CHANGED_STATES, MandateKind, Outcome
from lpsa_wagtail.models import Decision, DecisionLink
from lpsa_wagtail.permissions.reviewing import Review

VERSION = "v1"
#: Decisions after which a matter does not wait any more.
OF_CONTENT = (Outcome.GO, Outcome.REJECTED, Outcome.OVERRIDE)
OF_CHANGES = (*CHANGED_STATES, Outcome.REJECTED)


class Bar(TextChoices):
    """What can stand in the way of a link."""

    USED = "used"
    LATE = "late"
    EXPIRED = "expired"
    NOT_YOURS = "not-yours"
    CHANGED = "changed"


@dataclass(frozen=True)
class Obstacle:
    """Why a link decides nothing, with a sentence that names nobody."""

    bar: Bar
    sentence: str


def may_decide_by_link(review: Review) -> bool:
    """True if the person may decide now what waits here, at a stage of the Board."""
    return bool(_is_open(review) and review.is_at_board and not review.why_not)


def hash_of(review: Review) -> str:
    """Hash of what there is to decide on now: content, or a change with its reason and date."""
    if review.task_state:
        return review.seen
    matter = review.matter
    about = [matter.change, matter.reason, str(matter.effective_on or "")]
    return f"{VERSION}:{hashlib.sha256(json.dumps(about).encode()).hexdigest()}"


def obstacle_to(link: DecisionLink, review: Review) -> Obstacle | None:
    """What stands in the way of deciding by this link now; None if nothing does.

    ``review`` is of its matter and for its person.
    """
    if link.used_at:
        return Obstacle(Bar.USED, _used(review))
    if not _is_open(review):
        return Obstacle(Bar.LATE, _late(review))
    if link.expires_at <= timezone.now():
        return Obstacle(Bar.EXPIRED, _("This link has expired, so it decides nothing any more."))
    if not may_decide_by_link(review):
        return Obstacle(
            Bar.NOT_YOURS,
            _("The person to whom this link was sent has nothing to decide here (any more)."),
        )
    if hash_of(review) != link.content_hash:
        return Obstacle(
            Bar.CHANGED,
            _("This was changed after the mail was sent, and the link is for what it was before."),
        )
    return None


def _is_open(review) -> bool:
    return review.page is not None and review.is_open


def _used(review) -> str:
    used = _("This link was used. It works once.")
    now = _("Other members still have to approve.") if _is_open(review) else _late(review)
    return f"{used} {now}"


def _late(review) -> str:
    """What became of a matter, and by which role; never by whom, never why."""
    if decision := _closing(review):
        return _("It is decided: “%(outcome)s”, by: %(role)s.") % {
            "outcome": decision.get_outcome_display(),
            "role": dict(MandateKind.choices).get(decision.acted_as, decision.acted_as),
        }
    state = review.task_state
    if state and state.workflow_state.status == WorkflowState.STATUS_CANCELLED:
        return _("It was taken back, so there is nothing to decide.")
    return _("It does not wait for a decision any more.")


def _closing(review):
    """The decision that closed the matter, or None."""
    state, matter = review.task_state, review.matter
    ended = state.finished_at if state else matter.closed_at
    if review.page is None or ended is None:
        return None
    since = matter.opened_at.replace(microsecond=0)
    then = Decision.objects.filter(page_id=review.page.pk, decided_at__range=(since, ended))
    return then.filter(outcome__in=OF_CONTENT if state else OF_CHANGES).order_by("-pk").first()
