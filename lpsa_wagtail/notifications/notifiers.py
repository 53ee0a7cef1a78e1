"""Wagtail's own mails about workflows: as before for the host's pages, none for governed ones."""

from django.apps import apps
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from lpsa_wagtail.models import GovernedPage


class NotOurs:
    """Leaves out what is about a governed page: of these, the outbox tells people."""

    def can_handle(self, instance, **kwargs):
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        if isinstance(state, WorkflowState):
            model = state.content_type.model_class()
            if model and issubclass(model, GovernedPage):
                return False
        return super().can_handle(instance, **kwargs)


class TaskSubmissionNotifier(NotOurs, GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class SubmissionNotifier(NotOurs, WorkflowStateSubmissionEmailNotifier):
    pass


class RejectionNotifier(NotOurs, WorkflowStateRejectionEmailNotifier):
    pass


class ApprovalNotifier(NotOurs, WorkflowStateApprovalEmailNotifier):
    pass


#: Signal, sender, our notifier (Django keeps weak references, so it lives here), and the name
#: under which Wagtail connects its own.
NOTIFIERS = (
    (
        task_submitted,
        TaskState,
        TaskSubmissionNotifier(),
        "group_approval_task_submitted_email_notification",
    ),
    (
        workflow_submitted,
        WorkflowState,
        SubmissionNotifier(),
        "workflow_state_submitted_email_notification",
    ),
    (
        workflow_rejected,
        WorkflowState,
        RejectionNotifier(),
        "workflow_state_rejected_email_notification",
    ),
    (
        workflow_approved,
        WorkflowState,
        ApprovalNotifier(),
        "workflow_state_approved_email_notification",
    ),
)


def connect_notifiers() -> None:
    """Put ours in the place of Wagtail's, under the same names. Called once, at the start.

    What the host has disconnected stays so. Where Wagtail's admin starts after us, it finds the
    names taken and does not connect its own.
    """
    order = [config.name for config in apps.get_app_configs()]
    wagtail_comes_later = order.index("wagtail.admin") > order.index("lpsa_wagtail")
    for signal, sender, notifier, uid in NOTIFIERS:
        was_there = signal.disconnect(sender=sender, dispatch_uid=uid)
        if was_there or wagtail_comes_later:
            signal.connect(notifier, sender=sender, dispatch_uid=uid)
