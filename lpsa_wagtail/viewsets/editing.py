"""What the page editor says beyond Wagtail's own words."""

import json

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.action_menu import WorkflowMenuItem
from wagtail.admin.utils import get_user_display_name
from wagtail.models import TaskState, WorkflowState

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import ChangedSince, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision
from lpsa_wagtail.permissions import (
    content_hash,
    has_voted,
    is_governed,
    note_opened,
    sits_at,
    why_not_decide,
)
from lpsa_wagtail.viewsets import comparing

#: Name of the hidden field that says what the reviewer has before their eyes.
OPENED = "lpsa-opened"


def say_where_it_stands(request, page) -> None:
    """Tell reviewers why they cannot decide here, and authors what was asked of them.

    Only on opening the editor; saving says its own.
    """
    if request.method != "GET" or not is_governed(page):
        return
    workflow = page.current_workflow_state
    state = workflow and workflow.current_task_state
    if not state:
        _say_what_was_decided(request, page)
    elif workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        _say_what_was_asked(request, state)
    else:
        _say_what_to_do(request, page, state.task.specific)


def _say_what_to_do(request, page, task) -> None:
    if not isinstance(task, AdvisoryBoardApprovalTask):
        return
    if not (sits_at(request.user, task) or request.user.is_superuser):
        return
    reason = why_not_decide(user=request.user, page=page, task=task)
    messages.info(
        request,
        reason
        or _(
            "This waits for your decision: see the button below. You may comment in the text. If "
            "you change it yourself, somebody else must decide; to ask for changes, choose "
            "“Request changes”."
        ),
    )


def _say_what_was_asked(request, state: TaskState) -> None:
    if state.comment:
        message = _("The reviewer asked for changes: “%(comment)s”") % {"comment": state.comment}
    else:
        message = _("The reviewer asked for changes.")
    messages.warning(request, f"{message} {_('Change the page and submit it again.')}")


def _say_what_was_decided(request, page) -> None:
    """Tell for two weeks who approved the newest version, as what, and what they said."""
    decision = Decision.objects.told_to_authors().filter(page_id=page.pk).order_by("-pk").first()
    is_newest = decision and decision.revision_id == page.latest_revision_id
    if not (is_newest and decision.outcome == Outcome.GO and decision.is_recent):
        return
    names = {
        "date": date_format(timezone.localtime(decision.decided_at)),
        "name": get_user_display_name(decision.actor) or decision.role_shown,
        "role": decision.role_shown,
    }
    message = _("Approved on %(date)s by %(name)s (%(role)s).") % names
    if decision.comment:
        message += " " + _("They said: “%(comment)s”") % {"comment": decision.comment}
    messages.info(request, message)


class FirstDecision(WorkflowMenuItem):
    """The main button of a reviewer. With it goes what it is about: revision and content."""

    template_name = "lpsa_wagtail/editing/first_decision.html"

    def __init__(self, item):
        super().__init__(
            item.name, item.label, item.launch_modal, icon_name=item.icon_name, order=item.order
        )

    def get_context_data(self, parent_context):
        page, posted = parent_context["page"], parent_context["request"].POST
        opened = posted.get(OPENED) or f"{page.latest_revision_id}/{content_hash(page)}"
        context = super().get_context_data(parent_context)
        return {**context, "name_of_field": OPENED, "opened": opened}


def put_decision_first(menu_items, page) -> None:
    """Make approving the main button for who may decide, and asking for changes the next one."""
    if not is_governed(page):
        return
    decision = [item for item in menu_items if isinstance(item, WorkflowMenuItem)]
    decision.sort(key=lambda item: (item.name != "approve", item.launch_modal))
    others = [item for item in menu_items if item not in decision]
    menu_items[:] = [FirstDecision(item) for item in decision[:1]] + decision[1:] + others


def note_what_is_decided_on(request, page) -> None:
    """Note which content the posted decision is about; say it if there is other content now.

    The decision itself is refused by the verb, under a lock.
    """
    if not (request.POST.get("action-workflow-action") and is_governed(page)):
        return
    if not _extra_data(request):  # Wagtail takes it as it comes
        request.POST = request.POST.copy()
        request.POST["workflow-action-extra-data"] = "{}"
    revision, _slash, opened = request.POST.get(OPENED, "").partition("/")
    note_opened(request.user, page.pk, opened)
    approves = request.POST.get("workflow-action-name") == "approve"
    if opened and approves and content_hash(page) != opened:
        _say_it_changed(request, page, revision)


def _say_it_changed(request, page, revision) -> None:
    before = revision if revision.isdecimal() and int(revision) != page.latest_revision_id else ""
    difference = comparing.url_of(page, before or ("live" if page.live else "earliest"))
    again = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    messages.error(
        request,
        f"{ChangedSince.message} {_what_was_said(request)}".strip(),
        buttons=[
            messages.button(difference, _("See what changed")),
            messages.button(again, _("Open it again")),
        ],
    )


def _extra_data(request) -> dict:
    """What came with a decision; {} if that makes no sense."""
    try:
        data = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _what_was_said(request) -> str:
    """The comment that came with a decision, so that it is not lost with it."""
    said = _extra_data(request).get("comment")
    return _("Your comment was: “%(comment)s”") % {"comment": said} if said else ""


def take_back(request, page) -> None:
    """Take back a submission under a lock; what was typed meanwhile is saved as usual.

    Wagtail would write over a decision that is taken at the same moment.
    """
    name = "action-cancel-workflow"
    if not (request.POST.get(name) and is_governed(page)):
        return
    request.POST = request.POST.copy()
    del request.POST[name]
    try:
        actions.cancel_submission(actor=request.user, page=page)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s” was taken back.") % {"title": page})
    page.__dict__.pop("current_workflow_state", None)


def _waits_for_others(user, page) -> bool:
    page = page.specific_class.objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    return bool(state) and has_voted(user, page, state.task)


def lead_back_to_what_waits(request, page):
    """After a decision in the editor, go to the desk, where the rest waits.

    Wagtail would go to the explorer, which the Board has no access to.
    """
    if not (is_governed(page) and request.POST.get("action-workflow-action")):
        return None
    message = _("You sent “%(title)s” back.")
    if request.POST.get("workflow-action-name") == "approve":
        message = _("You approved “%(title)s”.")
        if _waits_for_others(request.user, page):
            message = _("Your approval of “%(title)s” is counted. It waits for other members.")
    messages.success(request, message % {"title": page.get_admin_display_title()})
    return redirect("lpsa_desk:inbox")
