"""The desk: everything that waits for one person, and where their drafts stand.

One read for the page of that name and for the first page of the admin.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Q, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page

from lpsa_wagtail.choices import Stage
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Decision,
    Matter,
    WorkingGroupPage,
)
from lpsa_wagtail.permissions.chairing import why_not_decide_change, why_not_position
from lpsa_wagtail.permissions.deciding import (
    approvals_needed,
    attach_pages,
    had_a_hand,
    judge,
    open_states,
    tasks_at_seat,
)
from lpsa_wagtail.permissions.gate import is_governed
from lpsa_wagtail.permissions.hands import attach_deciders
from lpsa_wagtail.permissions.roles import group_ids, groups_led_by, is_board_member
from lpsa_wagtail.permissions.standing import attach_standing
from lpsa_wagtail.permissions.visibility import governed_below, sees_everything

#: What is asked of the person.
DECIDE, POSITION = "decide", "position"
#: How many drafts, and decisions on them, are named.
DRAFTS_SHOWN = 50


@dataclass
class Item:
    """One thing that waits for somebody. ``asks`` says for what: a decision, or a position.

    ``task_state`` is None for a change of a group's state. ``group`` is the title of the group
    that the page lies in, "" for a group's own page. ``approvals`` of ``needed`` are there.
    """

    asks: str
    title: str
    kind: str
    matter: Matter
    task_state: Any = None
    stage: str = ""
    group: str = ""
    submitted_by: Any = None
    approvals: int = 0
    needed: int = 1

    @property
    def since(self) -> dt.datetime:
        return self.matter.opened_at


class Desk:
    """What waits for this person, what for others, and their drafts; read when asked for, once."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def items(self) -> list[Item]:
        """Everything that waits for the person, what is due first on top.

        Seven queries for any number of things, and three for who the person is.
        """
        items = [self._item(state, asks) for state, asks in self._asked]
        return sorted([*items, *_changes(self.user)], key=_order)

    @cached_property
    def _asked(self) -> list[tuple]:
        """The states of stages at which something is asked of the person, and what."""
        user = self.user
        if not (user.is_active and user.pk):
            return []
        others = GroupApprovalTask.objects.filter(active=True, groups__in=group_ids(user))
        of_board = AdvisoryBoardApprovalTask.objects.filter(active=True).values("pk")
        mine = of_board if is_board_member(user) else tasks_at_seat(user)
        states = open_states(user, mine.union(others.values("pk")))
        board = ContentType.objects.get_for_model(AdvisoryBoardApprovalTask).pk
        at_board = [state for state in states if state.task.content_type_id == board]
        judge(user, at_board)
        elsewhere = [state for state in states if state not in at_board]
        asked = [(state, asks) for state in at_board if (asks := _asks(user, state))]
        return asked + [(s, DECIDE) for s in elsewhere if s.page and is_governed(s.page)]

    @cached_property
    def _groups(self) -> dict[str, tuple[str, bool]]:
        """Map tree path → title of the groups that are named here, and whether the person leads
        them today. One query."""
        above = {state.page.path[: -Page.steplen] for state, _asks_for in self._asked}
        led = Q(translation_key__in=groups_led_by(self.user).values("translation_key"))
        is_led = Case(When(led, then=True), default=False, output_field=BooleanField())
        groups = WorkingGroupPage.objects.filter(led | Q(path__in=above)).annotate(is_led=is_led)
        found = groups.order_by("path").values_list("path", "title", "is_led")
        return {path: (title, is_led) for path, title, is_led in found}

    def _item(self, state, asks) -> Item:
        title, _is_led = self._groups.get(state.page.path[: -Page.steplen], ("", False))
        return _item(state, asks, title)

    @cached_property
    def others(self) -> list[Item]:
        """For the secretariat: everything else that waits, for whomever. Four queries."""
        if not sees_everything(self.user):
            return []
        matters = Matter.objects.open().exclude(pk__in=[item.matter.pk for item in self.items])
        matters = matters.select_related(
            *("taken_by", "proposed_by", "record__page"),
            *("task_state__task", "task_state__workflow_state__requested_by"),
        )
        matters = list(matters.order_by("due_on", "pk"))
        states = [matter.task_state for matter in matters if matter.task_state]
        attach_pages(states)
        for matter in matters:
            if matter.task_state:
                matter.task_state.matter = matter
        states = [state for state in states if state.page]
        groups = _titles_of_groups(states)
        found = [_item(s, "", groups.get(s.page.path[: -Page.steplen], "")) for s in states]
        found += [_item_of_change(matter, "") for matter in matters if not matter.task_state]
        return sorted(found, key=_order)

    @cached_property
    def drafts(self) -> list:
        """Unfinished pages of the groups that the person leads today, newest first.

        Each has its ``standing``, ``group_title`` and ``may_remind``: whether the person submitted
        what waits. Five queries for any number of pages.
        """
        if not self._led:
            return []
        pages = governed_below(self._led).exclude(live=True, has_unpublished_changes=False)
        pages = list(pages[:DRAFTS_SHOWN])
        attach_standing(pages)
        for page in pages:
            page.group_title = self._led.get(page.path[: -Page.steplen], "")
            waits = bool(page.standing.matter)
            page.may_remind = waits and page.standing.submitter_id == self.user.pk
        return pages

    @cached_property
    def decided(self) -> list:
        """Decisions of the last two weeks on pages of the groups that the person leads.

        Newest first, each with ``who``, the account that decided, or None. Two queries.
        """
        if not self._led:
            return []
        decided = Decision.objects.told_to_authors().recent()
        decided = decided.filter(page_id__in=governed_below(self._led).order_by().values("pk"))
        decided = list(decided.order_by("-pk")[:DRAFTS_SHOWN])
        attach_deciders(decided)
        return decided

    @cached_property
    def _led(self) -> dict[str, str]:
        return {path: title for path, (title, is_led) in self._groups.items() if is_led}


def why_not_remind(user, matter) -> str:
    """Why the person does not remind those who may decide on this; "" if they may."""
    state = matter.task_state
    submitter = state.workflow_state.requested_by_id if state else matter.proposed_by_id
    if sees_everything(user) or (user.is_active and user.pk and submitter == user.pk):
        return ""
    return _("Who submitted it, and the secretariat, remind those who decide.")


def _order(item: Item):
    return item.matter.due_on, item.since, item.title


def _asks(user, state) -> str:
    """What is asked of the person at this stage of the Board; "" if nothing.

    Pages of the host are on Wagtail's own list.
    """
    if state.facts is None:
        return ""
    if not state.why_not:
        return DECIDE
    if state.facts.stage != Stage.ESTABLISHMENT or state.positioned:
        return ""
    person = str(user.pk)
    hands = {person} if had_a_hand(state.page, state.facts, person) else frozenset()
    return "" if why_not_position(user, _matter(state), hands) else POSITION


def _matter(state) -> Matter:
    """The matter of a stage; one that is not stored where nobody has asked for it yet."""
    return state.matter or Matter(**Matter.dates_of(state))


def _titles_of_groups(states) -> dict:
    """Map tree path → title of the group there, for the parents of the pages. One query."""
    above = {state.page.path[: -Page.steplen] for state in states}
    groups = WorkingGroupPage.objects.filter(path__in=above).order_by("path")
    return dict(groups.values_list("path", "title")) if above else {}


def _item(state, asks, group) -> Item:
    approvals, needed = _count_approvals(state)
    return Item(
        asks=asks,
        title=state.page.get_admin_display_title(),
        kind=str(state.page.page_type_display_name),
        matter=_matter(state),
        task_state=state,
        stage=state.task.name,
        group=group,
        submitted_by=state.workflow_state.requested_by,
        approvals=approvals,
        needed=needed,
    )


def _item_of_change(matter, asks) -> Item:
    return Item(
        asks=asks,
        title=str(matter.record),
        kind=matter.get_change_display(),
        matter=matter,
        submitted_by=matter.proposed_by,
    )


def _count_approvals(state) -> tuple[int, int]:
    """How many approvals the newest version has at a stage of the Board, and how many it needs."""
    if not getattr(state, "facts", None):
        return 0, 1
    needed = approvals_needed(state.facts.stage, state.task.advisoryboardapprovaltask)
    is_newest = state.voted_revision == state.page.latest_revision_id
    return (state.votes or 0) if is_newest else 0, needed


def _changes(user) -> list[Item]:
    """Changes of a group's state that this person may decide on, or leave a position on."""
    if not is_board_member(user):
        return []
    matters = Matter.objects.open().changes().seen_by(user)
    matters = matters.select_related("taken_by", "proposed_by", "record__page")
    asked = [(matter, _asks_of_change(user, matter)) for matter in matters]
    return [_item_of_change(matter, asks) for matter, asks in asked if asks]


def _asks_of_change(user, matter) -> str:
    if not why_not_decide_change(user, matter):
        return DECIDE
    return "" if matter.positioned or why_not_position(user, matter) else POSITION
