"""What is submitted and waits: taken back, sent through all stages again, kept or let go."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask
from lpsa_wagtail.permissions import content_hash, has_passed, is_about_governed, tasks_before


@transaction.atomic
def cancel_submission(*, actor, page):
    """Take back what was submitted, while nobody has decided on it.

    For who may cancel it in Wagtail and may still edit the page today. Side effects: Wagtail's
    log and signals. Raises ``NotAllowed`` or ``AlreadyDecided``.
    """
    waiting = WorkflowState.objects.active().for_instance(page).select_for_update().first()
    if waiting is None:
        raise AlreadyDecided(_("This does not wait any more. Somebody has decided on it."))
    page = Page.objects.get(pk=page.pk).specific
    if not (waiting.user_can_cancel(actor) and page.permissions_for_user(actor).can_edit()):
        raise NotAllowed(_("You cannot take this back."))
    waiting.cancel(user=actor)


@transaction.atomic
def reopen_stages(*, actor, workflow_state, task):
    """Return the first stage before ``task`` that must see the content again, or None.

    A stage that let other content pass than what is there now has decided on something else:
    its approval, and those after it, no longer count in this workflow.
    """
    if not is_about_governed(workflow_state):
        return None
    page = workflow_state.content_object
    now = content_hash(page.get_latest_revision_as_object())
    before = tasks_before(task.pk, workflow_state)
    late = [stage for stage in before if not has_passed(stage, workflow_state, now)]
    if not late:
        return None
    again = before[before.index(late[0]) :]
    passed = workflow_state.task_states.filter(task__in=again, status=TaskState.STATUS_APPROVED)
    passed.update(status=TaskState.STATUS_CANCELLED)
    return again[0]


@transaction.atomic
def settle_cancelled(*, actor, workflow_state):
    """Keep a workflow approved that was approved at the moment somebody cancelled it.

    Wagtail writes "cancelled" over it without looking; the decision was first.
    """
    is_cancelled = workflow_state.status == WorkflowState.STATUS_CANCELLED
    if not (is_cancelled and is_about_governed(workflow_state)):
        return
    stored = WorkflowState.objects.select_for_update().get(pk=workflow_state.pk)
    last = TaskState.objects.filter(pk=stored.current_task_state_id).first()
    if last and last.status == TaskState.STATUS_APPROVED:
        WorkflowState.objects.filter(pk=stored.pk).update(status=WorkflowState.STATUS_APPROVED)


@transaction.atomic
def let_go_of_disabled(*, actor, task: Task):
    """Take pages of ours out of a workflow whose last stage is being disabled.

    Wagtail would take the missing stage for approval and publish, which the gate refuses, so the
    stage could not be disabled at all. The Board's own stage keeps what waits (``deactivate``).
    """
    if task.active or isinstance(task, AdvisoryBoardApprovalTask):
        return
    waiting = TaskState.objects.filter(task_id=task.pk, status=TaskState.STATUS_IN_PROGRESS)
    for state in waiting.select_related("workflow_state"):
        workflow_state = state.workflow_state
        if is_about_governed(workflow_state) and not workflow_state.get_next_task():
            workflow_state.cancel(user=actor)
