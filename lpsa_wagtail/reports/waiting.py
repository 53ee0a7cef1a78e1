"""What waits and cannot move: nobody decides on it, or it was approved and does not go live."""

from django.core.checks import Warning
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, Revision, WorkflowState

from lpsa_wagtail.choices import GOING_OUTCOMES
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, belongings
from lpsa_wagtail.permissions import people_at, why_not_decide

ID_STUCK, ID_NOT_SCHEDULED = "lpsa.W105", "lpsa.W113"


def stuck():
    """Submissions at a stage or in a workflow that was disabled, or that nobody can decide on."""
    states = WorkflowState.objects.filter(content_type__in=belongings.our_types())
    states = states.select_related("workflow", "current_task_state__task").order_by("pk")
    waiting = states.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    broken = Q(workflow__active=False) | Q(current_task_state__task__active=False)
    broken |= Q(current_task_state=None)
    for state in waiting.filter(broken):
        yield _stuck(
            state,
            f"waits in the workflow “{state.workflow}”, which was disabled in whole or in part.",
            "Enable it again, or cancel the workflow on the page and submit it anew.",
        )
    for state in waiting.exclude(broken):
        if _nobody_decides(state.current_task_state.task.specific, state.content_object):
            yield _stuck(
                state,
                f"waits at “{state.current_task_state.task}”, where nobody may decide on it.",
                "Put somebody who had no hand in it into one of the groups of the stage: "
                "Settings → Users.",
            )
    for state in _cancelled_with_their_workflow(states):
        yield _stuck(
            state,
            f"waited in the workflow “{state.workflow}” when that was disabled. It waits no more.",
            "Assign a workflow with the Board and submit it again.",
        )


def _stuck(state, what, hint):
    page = state.content_object
    return Warning(f"“{page}” ({state.object_id}) {what}", hint=hint, obj=page, id=ID_STUCK)


def _nobody_decides(task, page) -> bool:
    if not isinstance(task, AdvisoryBoardApprovalTask):
        return False
    return all(why_not_decide(user=one, page=page, task=task) for one in people_at(task))


def _cancelled_with_their_workflow(states):
    """The last workflow of a page, if it ended because it was disabled and nothing came since."""
    later = WorkflowState.objects.filter(object_id=OuterRef("object_id"), pk__gt=OuterRef("pk"))
    later = later.filter(base_content_type=OuterRef("base_content_type"))
    last = states.filter(~Exists(later), status=WorkflowState.STATUS_CANCELLED)
    for state in last.filter(workflow__active=False):
        page = state.content_object
        if page and page.has_unpublished_changes:
            yield state


def approved_not_scheduled():
    """Content with a date that was approved and neither is live nor waits for its date."""
    newest = {}
    for ruling in Decision.objects.ruling().order_by("pk").iterator(chunk_size=500):
        newest[ruling.page_id] = ruling
    going = {pk: ruling for pk, ruling in newest.items() if ruling.outcome in GOING_OUTCOMES}
    pages = Page.objects.in_bulk(going)
    for page_id, page in sorted(pages.items()):
        revision = Revision.objects.filter(pk=going[page_id].revision_id).first()
        dated = revision and revision.content.get("go_live_at")
        if dated and not page.scheduled_revision and page.live_revision_id != revision.pk:
            yield Warning(
                f"“{page}” ({page_id}) was approved with a date, but does not wait for it.",
                hint="It was changed or lost its date after the approval. Submit it again.",
                obj=page,
                id=ID_NOT_SCHEDULED,
            )
