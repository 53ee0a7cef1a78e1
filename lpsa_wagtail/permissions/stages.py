"""The stages of a workflow: which stand before the Board's, and what they have seen."""

from wagtail.models import Task, TaskState

from lpsa_wagtail.models import Event


def stages_before(task_state) -> list[Task]:
    """Active tasks that stand before the one of this task state in its workflow, in order."""
    return tasks_before(task_state.task_id, task_state.workflow_state)


def tasks_before(task_id: int, workflow_state) -> list[Task]:
    steps = workflow_state.workflow.workflow_tasks.filter(task__active=True)
    steps = list(steps.order_by("sort_order", "pk").select_related("task"))
    ids = [step.task_id for step in steps]
    end = ids.index(task_id) if task_id in ids else 0
    return [step.task for step in steps[:end]]


def has_passed(task, workflow_state, content_hash: str) -> bool:
    """True if this stage let exactly this content pass, or was skipped by its own rule."""
    last = workflow_state.task_states.filter(task=task).order_by("-pk").first()
    if last is None or last.status == TaskState.STATUS_SKIPPED:
        return last is not None
    passed = Event.objects.content_of(f"stage-passed:{last.pk}")
    return last.status == TaskState.STATUS_APPROVED and passed == content_hash
