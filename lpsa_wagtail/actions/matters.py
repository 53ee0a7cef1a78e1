"""What waits for a decision, and the votes on it."""

from django.db import transaction

from lpsa_wagtail.models import Matter, Vote
from lpsa_wagtail.permissions import approvals_needed, content_hash, stage_of, votes_that_count


@transaction.atomic
def matter_of(*, task_state) -> Matter:
    """The matter of what waits, or waited, at this stage; made if there is none yet."""
    dates = Matter.dates_of(task_state)
    matter, _is_new = Matter.objects.get_or_create(task_state=task_state, defaults=dates)
    return matter


@transaction.atomic
def count_vote(*, actor, task_state, content, acted_as, comment) -> int:
    """Count an approval of ``content`` where the stage asks for several; how many are missing.

    Only approvals of exactly this content count, by people who may still decide on it. Called
    with the task state locked. The last one is no vote but the decision.
    """
    task = task_state.task.specific
    needed = approvals_needed(stage_of(content), task)
    if needed == 1:
        return 0
    matter = matter_of(task_state=task_state)
    others = votes_that_count(matter, content, task).exclude(voter_id=str(actor.pk))
    missing = needed - 1 - others.count()
    Vote.objects.get_or_create(
        matter=matter,
        voter_id=str(actor.pk),
        content_hash=content_hash(content),
        defaults={
            "revision_id": content.latest_revision_id,
            "acted_as": acted_as,
            "comment": comment,
        },
    )
    return max(missing, 0)
