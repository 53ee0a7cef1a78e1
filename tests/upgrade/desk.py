"""Rows of what people do and say before a decision, for the state that is kept."""

import datetime as dt

from django.utils import timezone
from wagtail.models import TaskState

from lpsa_wagtail.actions import matter_of
from lpsa_wagtail.choices import MandateKind, Stance
from lpsa_wagtail.models import (
    DecisionLink,
    Invitation,
    Mandate,
    Membership,
    Position,
    Proposal,
    ProposedLeader,
    ReviewNote,
    Vote,
    WorkingGroupRecord,
)


def desk_of(accounts) -> None:
    """One row at least in each table of the desk, of mandates, proposals and links."""
    board, chair = accounts.get(username="board"), accounts.get(username="boardchair")
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk").first()
    matter = matter_of(task_state=waiting)
    page_id = int(waiting.workflow_state.object_id)
    later = timezone.now() + dt.timedelta(days=14)
    Vote.objects.create(matter=matter, voter_id=str(chair.pk), content_hash="v1:kept")
    Position.objects.create(matter=matter, person=board, stance=Stance.SUPPORT, comment="Yes.")
    ReviewNote.objects.create(page_id=page_id, author=board, text="Ask about the sources.")
    Mandate.objects.create(
        kind=MandateKind.ACTING_CHAIR,
        user=board,
        start=dt.date(2026, 1, 1),
        end=dt.date(2026, 1, 9),
    )
    DecisionLink.objects.create(matter=matter, user=board, content_hash="v1:kept", expires_at=later)
    Invitation.objects.create(membership=Membership.objects.first(), expires_at=later)
    if not Proposal.objects.exists():
        record = WorkingGroupRecord.objects.order_by("pk").last()
        Proposal.objects.create(record=record, plan="Two webinars.")
    proposal = Proposal.objects.order_by("pk").first()
    if not proposal.leaders.exists():
        ProposedLeader.objects.create(proposal=proposal, name="A. Example", email="a@example.org")
