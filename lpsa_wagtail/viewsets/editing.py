"""What the page editor says beyond Wagtail's own words."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import WorkflowMenuItem
from wagtail.models import TaskState, WorkflowState

from lpsa_wagtail.models import AdvisoryBoardApprovalTask
from lpsa_wagtail.permissions import is_governed, why_not_decide


def say_where_it_stands(request, page) -> None:
    """Tell reviewers why they cannot decide here, and authors what was asked of them.

    Only on opening the editor; saving says its own.
    """
    if request.method != "GET" or not is_governed(page):
        return
    workflow = page.current_workflow_state
    state = workflow and workflow.current_task_state
    if not state:
        return
    if workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        _say_what_was_asked(request, state)
    else:
        _say_what_to_do(request, page, state.task.specific)


def _say_what_to_do(request, page, task) -> None:
    if not isinstance(task, AdvisoryBoardApprovalTask) or not task._user_in_groups(request.user):
        return
    reason = why_not_decide(user=request.user, page=page, task=task)
    messages.info(
        request,
        reason
        or _(
            "This waits for your decision: see the button below. If you change or comment "
            "something in the text yourself, somebody else must decide; to ask for changes, choose "
            "“Request changes”."
        ),
    )


def _say_what_was_asked(request, state: TaskState) -> None:
    if state.comment:
        message = _("The reviewer asked for changes: “%(comment)s”") % {"comment": state.comment}
    else:
        message = _("The reviewer asked for changes.")
    messages.warning(request, f"{message} {_('Change the page and submit it again.')}")


def put_decision_first(menu_items, page) -> None:
    """Make approving the main button for who may decide, and asking for changes the next one."""
    if not is_governed(page):
        return
    decision = [item for item in menu_items if isinstance(item, WorkflowMenuItem)]
    decision.sort(key=lambda item: (item.name != "approve", item.launch_modal))
    menu_items[:] = decision + [item for item in menu_items if item not in decision]


def lead_back_to_what_waits(request, page):
    """After a decision in the editor, go to the first page of the admin, where the rest waits.

    Wagtail would go to the explorer, which the Board has no access to.
    """
    if not (is_governed(page) and request.POST.get("action-workflow-action")):
        return None
    approved = request.POST.get("workflow-action-name") == "approve"
    message = _("You approved “%(title)s”.") if approved else _("You sent “%(title)s” back.")
    messages.success(request, message % {"title": page.get_admin_display_title()})
    return redirect("wagtailadmin_home")
