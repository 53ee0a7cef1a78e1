"""Deciding at a stage that is not the Board's."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from lpsa_wagtail.actions.decisions import locked_open_state
from lpsa_wagtail.exceptions import ChangedSince, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask
from lpsa_wagtail.permissions import content_hash


@transaction.atomic
def pass_stage(*, actor, task_state, action, comment="", seen="") -> None:
    """Let what waits pass a stage before the Board's ("approve"), or send it back ("reject").

    Who may is asked of the stage itself; only what the person has ``seen`` (a content hash) is
    passed. Side effects: Wagtail's log, signals and next stage. Raises ``NotAllowed``,
    ``AlreadyDecided``, ``ChangedSince``, or ``NotDecided`` where no stage of the Board follows.
    """
    current = locked_open_state(task_state)
    task = current.task.specific
    if isinstance(task, AdvisoryBoardApprovalTask):
        raise NotAllowed(_("The Advisory Board decides at this stage."))
    page = Page.objects.select_for_update().get(pk=current.workflow_state.object_id).specific
    offered = {name for name, _label, _modal in task.get_actions(page, actor)}
    if not (actor.is_active and action in offered and action in ("approve", "reject")):
        raise NotAllowed(_("You cannot decide at this stage."))
    if action == "approve" and seen != content_hash(page.get_latest_revision_as_object()):
        raise ChangedSince
    task.on_action(current, user=actor, action_name=action, comment=comment)
