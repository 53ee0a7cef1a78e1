"""Whether a site is ready for work: places for pages, workflows with the Board, people."""

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import Page, Site, Workflow

from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    InstallRecord,
    Member,
    WebinarIndexPage,
    WorkingGroupIndexPage,
)
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR

INDEXES = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)
#: From so many members on, mail and indexing in the request would be felt.
MANY_MEMBERS = 200
IMMEDIATE = "ImmediateBackend"


def roots_without_place() -> list[tuple[Page, list]]:
    """Root pages of sites with the index types that they do not take, before there is any index.

    Where one site has our index pages, the others are not our business.
    """
    if any(model.objects.exists() for model in INDEXES) or was_set_up():
        return []
    found = []
    for site in Site.objects.select_related("root_page"):
        root = site.root_page.specific
        refused = [model for model in INDEXES if not model.can_create_at(root)]
        if refused:
            found.append((root, refused))
    return found if len(found) == Site.objects.count() else []


def was_set_up() -> bool:
    return InstallRecord.objects.exists()


def indexes_without_board() -> list[tuple[Page, Workflow | None]]:
    """Index pages whose workflow publishes nothing, with that workflow (None: there is none)."""
    found = []
    for model in INDEXES:
        for page in model.objects.order_by("pk"):
            workflow = page.get_workflow()
            if not (workflow and ends_with_board(workflow)):
                found.append((page, workflow))
    return found


def ends_with_board(workflow: Workflow) -> bool:
    """True if the last active stage of the workflow is the Board's; only that one publishes."""
    stages = workflow.workflow_tasks.filter(task__active=True).order_by("sort_order")
    last = stages.select_related("task").last()
    return bool(last and isinstance(last.task.specific, AdvisoryBoardApprovalTask))


def board_members() -> int:
    """Number of people who can decide today: active accounts in the Board's two auth groups."""
    groups = [group for group in map(group_made, (BOARD, BOARD_CHAIR)) if group]
    people = get_user_model()._base_manager.filter(is_active=True, groups__in=groups)
    return people.distinct().count()


def works_in_the_request() -> bool:
    """True if background tasks run at once, inside the request that starts them."""
    tasks = getattr(settings, "TASKS", None) or {}
    return IMMEDIATE in tasks.get("default", {}).get("BACKEND", IMMEDIATE)


def has_many_members() -> bool:
    return Member.objects.count() > MANY_MEMBERS
