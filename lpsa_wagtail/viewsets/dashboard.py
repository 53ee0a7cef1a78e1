"""Panels on the first page of the admin: what I lead, and what waits for me."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import GroupApprovalTask, TaskState

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, WorkingGroupPage
from lpsa_wagtail.permissions import (
    GOVERNED_TYPES,
    Desk,
    attach_deciders,
    attach_standing,
    governed_below,
    groups_led_by,
    is_board_member,
    vacant_chair,
    works_here,
)
from lpsa_wagtail.viewsets.desk import items_on

#: How many pages a panel names, unfinished ones first; the lists have the rest.
PAGES_SHOWN = 20
#: How long a decision by somebody else is named.
LATELY = dt.timedelta(days=1)
#: And how many of a group that are live.
LIVE_SHOWN = 5


class OwnPanel(Component):
    """A panel that is left out where it has nothing to say."""

    class Media:
        css = {"all": ["lpsa_wagtail/admin/listings.css"]}

    def __init__(self, user):
        self.user = user

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.items else ""


class MyGroupsPanel(OwnPanel):
    """For co-chairs and coordinators: their groups, and where their pages stand.

    Six queries for any number of pages.
    """

    name = "lpsa_my_groups"
    template_name = "lpsa_wagtail/dashboard/my_groups.html"
    order = 120

    @cached_property
    def items(self) -> list:
        """The groups as pages, each with ``state_label``, ``unfinished`` and ``live_pages``."""
        led = groups_led_by(self.user).values("translation_key")
        groups = WorkingGroupPage.objects.filter(translation_key__in=led).defer_streamfields()
        groups = list(groups.with_state().order_by("title", "pk"))
        pages = list(governed_below([group.path for group in groups])[:PAGES_SHOWN])
        attach_standing(pages)
        for group in groups:
            mine = [page for page in pages if page.path.startswith(group.path)]
            live = [page for page in mine if page.standing.code == "live"]
            group.state_label = GroupState(group.state).label
            group.unfinished = [page for page in mine if page not in live]
            group.live_pages, group.has_more = live[:LIVE_SHOWN], len(live) > LIVE_SHOWN
        return groups

    def get_context_data(self, parent_context):
        return {"groups": self.items}


class VacantPostPanel(OwnPanel):
    """That nobody holds the post of the Board Chair, and who acts; on every desk."""

    name = "lpsa_vacant_post"
    template_name = "lpsa_wagtail/desk/vacant.html"
    order = 100

    @cached_property
    def items(self):
        """Who acts for the Chair, or None where there is nothing to say."""
        return vacant_chair(self.user) if works_here(self.user) else None

    def get_context_data(self, parent_context):
        return {"chair": self.items}


class WaitingForMePanel(OwnPanel):
    """What waits for this person, as on the desk."""

    name = "lpsa_waiting_for_me"
    template_name = "lpsa_wagtail/dashboard/waiting_for_me.html"
    order = 110

    @cached_property
    def items(self) -> list:
        return items_on(Desk(self.user))

    def get_context_data(self, parent_context):
        return {"items": self.items[:PAGES_SHOWN], "more": len(self.items) - PAGES_SHOWN}


class DecidedLatelyPanel(OwnPanel):
    """For the Board: what others decided since yesterday, so that nobody wonders where it went.

    Two queries for any number.
    """

    name = "lpsa_decided_lately"
    template_name = "lpsa_wagtail/dashboard/decided_lately.html"
    order = 115

    @cached_property
    def items(self) -> list:
        """Decisions, newest first, each with ``who``, the account, or None when it is gone."""
        if not is_board_member(self.user):
            return []
        since = timezone.now() - LATELY
        decisions = list(Decision.objects.by_others(self.user, since=since)[:PAGES_SHOWN])
        attach_deciders(decisions)
        return decisions

    def get_context_data(self, parent_context):
        return {"decisions": self.items}


def leave_out_what_ours_replaces(panels) -> None:
    """Take Wagtail's "Awaiting your review" off where all of it is on our desk too.

    Where pages of the host, or stages of a kind of its own, have something open, it stays. One
    query.
    """
    stages = ContentType.objects.get_for_models(AdvisoryBoardApprovalTask, GroupApprovalTask)
    types = ContentType.objects.get_for_models(*GOVERNED_TYPES)
    ours = {
        "task__content_type__in": stages.values(),
        "workflow_state__content_type__in": types.values(),
    }
    others = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(**ours)
    if not others.exists():
        panels[:] = [p for p in panels if not isinstance(p, WorkflowObjectsToModeratePanel)]
