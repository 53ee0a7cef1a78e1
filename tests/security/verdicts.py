"""What the tables say about a page, held against each other."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision, TaskState, WorkflowState

from lpsa_wagtail.choices import GOING_OUTCOMES, Outcome
from lpsa_wagtail.models import Decision
from lpsa_wagtail.permissions import content_hash, may_go_live

#: Status of a workflow → the status of its current task that goes with it.
GO_TOGETHER = {
    (WorkflowState.STATUS_IN_PROGRESS, TaskState.STATUS_IN_PROGRESS),
    (WorkflowState.STATUS_NEEDS_CHANGES, TaskState.STATUS_REJECTED),
    (WorkflowState.STATUS_APPROVED, TaskState.STATUS_APPROVED),
    (WorkflowState.STATUS_CANCELLED, TaskState.STATUS_CANCELLED),
    # Sent back, then taken back.
    (WorkflowState.STATUS_CANCELLED, TaskState.STATUS_REJECTED),
}


def workflows_of(page_id):
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(page_id)
    ).order_by("pk")


def contradictions(page_id, seen_hash: str | None = None) -> list[str]:
    """What is wrong about a page, as sentences.

    ``seen_hash`` is the content that the approver had seen: nothing else was to be approved.
    """
    page = Page.objects.get(pk=page_id).specific
    workflows = list(workflows_of(page_id).select_related("current_task_state"))
    decisions = list(Decision.objects.filter(page_id=page_id).order_by("pk"))
    return [
        *_of_workflows(workflows),
        *_of_verdicts(page_id, decisions),
        *_of_content(page, decisions, seen_hash),
    ]


def _of_workflows(workflows):
    for state in workflows:
        task_state = state.current_task_state
        pair = (state.status, task_state and task_state.status)
        if pair not in GO_TOGETHER:
            yield f"the workflow says {pair[0]}, its task {pair[1]}"
        if state.task_states.exclude(pk=task_state and task_state.pk).filter(
            status=TaskState.STATUS_IN_PROGRESS
        ):
            yield "a task waits that the workflow does not know"
    active = [s for s in workflows if s.status in ("in_progress", "needs_changes")]
    if len(active) > 1:
        yield f"{len(active)} workflows are open"


def _of_verdicts(page_id, decisions):
    states = TaskState.objects.filter(workflow_state__in=workflows_of(page_id).values("pk"))
    for status, outcome in (
        (TaskState.STATUS_APPROVED, Outcome.GO),
        (TaskState.STATUS_REJECTED, Outcome.REJECTED),
    ):
        told = states.filter(status=status).count()
        written = sum(decision.outcome == outcome for decision in decisions)
        if told != written:
            yield f"{told} tasks are {status}, {written} decisions say so"


def _of_content(page, decisions, seen_hash):
    rulings = [one for one in decisions if one.outcome != Outcome.REJECTED]
    last = rulings[-1] if rulings else None
    goes = bool(last and last.outcome in GOING_OUTCOMES)
    dated = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists()
    if page.live and not may_go_live(page):
        yield "live without a decision in force on its content"
    if page.live and goes and not dated and last.content_hash != content_hash(page):
        yield "live with other content than was decided last"
    if not page.live and goes and not dated:
        yield f"not live, though the last decision says {last.outcome}"
    if seen_hash and any(d.outcome == Outcome.GO and d.content_hash != seen_hash for d in rulings):
        yield "approved is other content than the approver had seen"
