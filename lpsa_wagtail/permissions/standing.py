"""Where a page of ours stands: draft, waiting for whom, sent back, live."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, WorkflowState

from lpsa_wagtail.choices import Stage
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Matter
from lpsa_wagtail.permissions.deciding import stages_of
from lpsa_wagtail.permissions.gate import is_governed

DRAFT, WAITING, RETURNED, SCHEDULED, CHANGED, LIVE = (
    *("draft", "waiting", "returned"),
    *("scheduled", "changed", "live"),
)
LABELS = {
    DRAFT: gettext_lazy("Draft"),
    WAITING: gettext_lazy("Waiting for approval"),
    RETURNED: gettext_lazy("Changes requested"),
    SCHEDULED: gettext_lazy("Approved, waits for its date"),
    CHANGED: gettext_lazy("Live, with changes not submitted"),
    LIVE: gettext_lazy("Live"),
}
DECIDERS = {
    Stage.ESTABLISHMENT: gettext_lazy("the Advisory Board Chair"),
    Stage.CONTENT: gettext_lazy("the Advisory Board"),
}


@dataclass(frozen=True)
class Standing:
    """``who`` is who must act (only where somebody must), ``comment`` what they answered.

    Of what waits, ``matter`` says until when, and who has taken it, ``submitter_id`` who submitted
    it; of what came back, ``by`` is the account that sent it back.
    """

    code: str
    since: dt.datetime | None = None
    who: str = ""
    comment: str = ""
    live: bool = False
    by: Any = None
    matter: Matter | None = None
    submitter_id: Any = None

    @property
    def label(self) -> str:
        if self.code == WAITING:
            return _("Waiting for %(who)s") % {"who": self.who}
        return str(LABELS[self.code])


def attach_standing(pages) -> None:
    """Give each page its ``standing``. Four queries for any number of pages."""
    pages = list(pages)
    workflows = _open_workflows(pages)
    scheduled = _scheduled(pages)
    stages = stages_of([page for page in pages if _waits_for_board(page, workflows)])
    for page in pages:
        page.standing = _standing(page, workflows.get(page.pk), scheduled, stages)


def _waits_for_board(page, workflows) -> bool:
    workflow = workflows.get(page.pk)
    state = workflow and workflow.current_task_state
    ours = ContentType.objects.get_for_model(AdvisoryBoardApprovalTask)
    return bool(state and state.task.content_type_id == ours.pk and is_governed(page))


def _standing(page, workflow, scheduled, stages) -> Standing:
    state = workflow and workflow.current_task_state
    if state and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        who = DECIDERS[stages[page.pk]] if page.pk in stages else state.task.name
        matter = getattr(state, "lpsa_matter", None)
        asked = {"matter": matter, "submitter_id": workflow.requested_by_id}
        return Standing(WAITING, state.started_at, who=str(who), live=page.live, **asked)
    if state:
        said = {"comment": state.comment, "by": state.finished_by}
        return Standing(RETURNED, state.finished_at, live=page.live, **said)
    if page.pk in scheduled:
        return Standing(SCHEDULED, scheduled[page.pk], live=page.live)
    if page.live and page.has_unpublished_changes:
        return Standing(CHANGED, page.latest_revision_created_at, live=True)
    if page.live:
        return Standing(LIVE, page.last_published_at, live=True)
    return Standing(DRAFT, page.latest_revision_created_at)


def _of_pages(rows, pages):
    return rows.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
    )


def _open_workflows(pages) -> dict:
    """Map page id → its workflow that is in progress or sent back."""
    rows = _of_pages(WorkflowState.objects.active(), pages)
    of_state = ("task", "finished_by", "lpsa_matter__taken_by")
    rows = rows.select_related(*(f"current_task_state__{name}" for name in of_state))
    return {int(row.object_id): row for row in rows}


def _scheduled(pages) -> dict:
    """Map page id → when its approved version goes live."""
    rows = _of_pages(Revision.objects.filter(approved_go_live_at__isnull=False), pages)
    return {int(pk): date for pk, date in rows.values_list("object_id", "approved_go_live_at")}


def with_standing(pages, code: str):
    """Narrow a queryset of pages to those that stand like this."""
    open_workflows = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    waiting = Exists(open_workflows.filter(status=WorkflowState.STATUS_IN_PROGRESS))
    returned = Exists(open_workflows.filter(status=WorkflowState.STATUS_NEEDS_CHANGES))
    scheduled = Exists(
        Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            approved_go_live_at__isnull=False,
        )
    )
    if code in (WAITING, RETURNED):
        return pages.filter(waiting if code == WAITING else returned)
    pages = pages.exclude(waiting | returned)
    if code == SCHEDULED:
        return pages.filter(scheduled)
    wanted = {DRAFT: (False, None), CHANGED: (True, True), LIVE: (True, False)}[code]
    pages = pages.exclude(scheduled).filter(live=wanted[0])
    return pages if wanted[1] is None else pages.filter(has_unpublished_changes=wanted[1])
