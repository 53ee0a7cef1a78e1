"""Asking the Board for positions on what the Chair decides, and leaving them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from lpsa_wagtail.actions.due_dates import note_matter
from lpsa_wagtail.actions.matters import matter_of
from lpsa_wagtail.choices import EventKind, Stance
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Event, Matter, Position
from lpsa_wagtail.permissions import asks_for_positions, is_governed, why_not_give_position


@transaction.atomic
def ask_for_positions(*, actor, matter) -> Event | None:
    """Write down that the members of the Board are asked what they think of it; once a matter.

    None for what the Chair does not decide.
    """
    if not asks_for_positions(matter):
        return None
    kind = EventKind.POSITION_ASKED
    return note_matter(actor=actor, matter=matter, kind=kind, key=f"{kind}:{matter.pk}")


@transaction.atomic
def ask_on_submission(*, actor, task_state) -> Event | None:
    """The same for what was just submitted to a stage, if it is for the Chair; else None."""
    page = task_state.workflow_state.content_object
    if not (isinstance(page, Page) and is_governed(page)):
        return None
    return ask_for_positions(actor=actor, matter=matter_of(task_state=task_state))


@transaction.atomic
def give_position(*, actor, matter, stance, comment="") -> Position:
    """Leave a position, or change one's own, until the due date. It decides nothing.

    Raises ``NotAllowed``: for who is no member of the Board, had a hand in it or decides on it,
    after the due date, and after the decision. A concern says why.
    """
    matter = _locked(matter)
    if why_not := why_not_give_position(actor, matter):
        raise NotAllowed(why_not)
    if stance not in Stance.values:
        raise NotAllowed(_("There is no such position."))
    if stance == Stance.CONCERN and not comment.strip():
        raise NotAllowed(_("Say what concerns you, for who decides."))
    said = {"stance": stance, "comment": comment.strip(), "given_at": timezone.now()}
    return Position.objects.update_or_create(matter=matter, person=actor, defaults=said)[0]


def _locked(matter) -> Matter:
    """The matter, read anew while nobody can decide on it."""
    if state := matter.task_state:
        WorkflowState.objects.select_for_update().get(pk=state.workflow_state_id)
    return Matter.objects.select_for_update().get(pk=matter.pk)
