"""Who may decide on what: stages, and four eyes."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Subquery, prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from lpsa_wagtail.choices import GOING_OUTCOMES, Stage
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, Matter, Position, Vote
from lpsa_wagtail.permissions.chairing import (
    capacity,
    groups_that_count,
    overdue_at,
    people_at,
    sits_at,
)
from lpsa_wagtail.permissions.content import charter_hash_of, content_hash
from lpsa_wagtail.permissions.gate import charter_decided, charter_hash_decided, is_governed
from lpsa_wagtail.permissions.hands import requesters_of, savers_of, submitters_of, wrote
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, group_made

#: As what a member of the Board decides on content.
BOARD_SEAT = "board"


def stage_of(page) -> str:
    """Which right of decision this content needs.

    The Chair's for a group that is not established and for a change of a group's charter; the
    Board's for everything else. ``page`` is the content to decide on (a revision as an object).
    """
    decided = charter_decided(page, Decision.objects.in_force(page.pk))
    return Stage.CONTENT if decided else Stage.ESTABLISHMENT


def deciding_groups(stage: str) -> list:
    """Auth groups whose members may decide at this stage."""
    codes = (BOARD_CHAIR,) if stage == Stage.ESTABLISHMENT else (BOARD, BOARD_CHAIR)
    return [group for code in codes if (group := group_made(code))]


def authors_since_last_go(page) -> set[str]:
    """Ids of everybody who had a hand in this content.

    Its owner, who changed it in a revision since the last decision that let it be live, and who
    submitted it. A revision that only adds a comment changes nothing.
    """
    facts = facts_about([page])[page.pk]
    return facts.hands | {pk for pk in facts.savers if wrote(pk, page, since=facts.since)}


def why_not_decide(*, user, page, task, having_voted=False) -> str:
    """Return why the user may not decide on this page at this task; "" if they may.

    The content decided on is always the page's latest revision. ``having_voted`` asks about a
    person whose approval is counted already.
    """
    seated = sits_at(user, task)
    if not task.active:
        return _("This stage was disabled. Nothing is decided at it until it is enabled again.")
    if not is_governed(page):
        return "" if seated else _("You are not in this stage's groups.")
    if not seated:
        return _("Only the members of the Advisory Board named for this stage decide.")
    overdue = partial(overdue_at, task.pk, page.pk)
    reason = _why_not(user, page, facts_about([page])[page.pk], overdue)
    counts = task.approvals_needed > 1 and not having_voted
    if counts and not reason and has_voted(user, page, task):
        return _("You approved this already. It waits for other members.")
    return reason


def acts_as(*, user, page, task) -> str:
    """As what the person decides here: ``chair``, a kind of mandate, or ``board``."""
    facts = facts_about([page])[page.pk]
    if facts.stage == Stage.CONTENT:
        return BOARD_SEAT
    return _capacity(user, page, facts, partial(overdue_at, task.pk, page.pk))


def approvals_needed(stage: str, task) -> int:
    """How many must approve at this task. What the Chair decides, one decides."""
    return 1 if stage == Stage.ESTABLISHMENT else task.approvals_needed


def deciders(page, task) -> list:
    """Accounts that may decide on this page at this task now."""
    facts, overdue = facts_about([page])[page.pk], partial(overdue_at, task.pk, page.pk)
    return [one for one in people_at(task) if not _why_not(one, page, facts, overdue)]


def votes_that_count(matter, content, task):
    """Approvals of exactly this content by people who could still give them."""
    votes = matter.votes.filter(content_hash=content_hash(content))
    voters = list(votes.values_list("voter_id", flat=True))
    people = get_user_model()._base_manager.filter(pk__in=voters)
    entitled = [
        str(person.pk)
        for person in people
        if not why_not_decide(user=person, page=content, task=task, having_voted=True)
    ]
    return votes.filter(voter_id__in=entitled)


def has_voted(user, page, task) -> bool:
    """True if the person approved the newest revision, which waits for others at this task."""
    votes = Vote.objects.filter(voter_id=str(user.pk), revision_id=page.latest_revision_id)
    return votes.filter(matter__in=Matter.objects.open().filter(task_state__task=task)).exists()


def _why_not(user, page, facts, is_overdue) -> str:
    if facts.stage == Stage.ESTABLISHMENT and not _capacity(user, page, facts, is_overdue):
        return _(
            "The Advisory Board Chair decides on establishing a group, and on its title, "
            "designation, focus and purpose."
        )
    if had_a_hand(page, facts, str(user.pk)):
        return _("You wrote or submitted this, so somebody else must decide.")
    return ""


def _capacity(user, page, facts, is_overdue) -> str:
    hand = partial(had_a_hand, page, facts)
    return capacity(user, page_id=page.pk, had_a_hand=hand, is_overdue=is_overdue)


def had_a_hand(page, facts, person: str) -> bool:
    """True if the account of this id wrote or submitted the page since the last approval."""
    saved = person in facts.savers
    return person in facts.hands or (saved and wrote(person, page, since=facts.since))


@dataclass(frozen=True)
class Facts:
    """What the rules ask about a page: the stage it needs, and who had a hand in it.

    ``hands`` are the owner and who submitted; ``savers`` saved a revision after the revision
    ``since``, which counts only if it changed something (``wrote``).
    """

    stage: str
    hands: set[str]
    savers: set[str]
    since: int


def stages_of(pages, rulings=None) -> dict:
    """Map page id → the stage that its latest revision needs. Two queries for any number.

    One query less where the latest revisions are loaded, and one where the rulings are given. None
    for pages without a charter: these are always the Board's.
    """
    chartered = [page for page in pages if page.specific_class.charter_fields]
    if rulings is None and chartered:
        rulings = Decision.objects.rulings_by_page([page.pk for page in chartered])
    prefetch_related_objects(chartered, "latest_revision")
    stages: dict = {page.pk: Stage.CONTENT for page in pages}
    for page in chartered:
        stages[page.pk] = _stage(page, Decision.objects.in_force_of(rulings[page.pk]))
    return stages


def _stage(page, decisions) -> Stage:
    charter = charter_hash_of(page.specific_class, _content(page))
    return Stage.CONTENT if charter_hash_decided(charter, decisions) else Stage.ESTABLISHMENT


def _content(page):
    """The latest content as a mapping."""
    model = page.specific_class
    if page.latest_revision:
        return page.latest_revision.content
    return model.objects.values(*model.charter_fields).get(pk=page.pk)


def facts_about(pages, submitters=None) -> dict:
    """Map page id → ``Facts``, for governed pages. Five queries for any number of pages.

    ``submitters`` are pairs (page id, user id), if they are known already; one query less.
    """
    ids = [page.pk for page in pages]
    rulings = Decision.objects.rulings_by_page(ids)
    stages = stages_of(pages, rulings)
    since = {pk: _last_decided_revision(rulings[pk]) for pk in ids}
    hands, savers = defaultdict(set), defaultdict(set)
    for page_id, user_id in requesters_of(ids) if submitters is None else submitters:
        hands[page_id].add(user_id)
    for page_id, user_id, newest in submitters_of(ids):
        if (newest or 0) > since[page_id]:
            hands[page_id].add(user_id)
    for page_id, user_id, newest in savers_of(ids):
        if newest > since[page_id]:
            savers[page_id].add(user_id)
    return {
        page.pk: Facts(
            stage=stages[page.pk],
            hands=_as_text(page.owner_id, *hands[page.pk]),
            savers=_as_text(*savers[page.pk]),
            since=since[page.pk],
        )
        for page in pages
    }


def _as_text(*ids) -> set[str]:
    return {str(pk) for pk in ids if pk}


def _last_decided_revision(rulings) -> int:
    """Id of the revision that the last decision let be live; 0 without one."""
    goes = (ruling for ruling in rulings if ruling.outcome in GOING_OUTCOMES)
    last = next(goes, None)
    return (last and last.revision_id) or 0


def states_to_decide(*, user, task_states=None) -> list:
    """Open states of our task that wait for the user, oldest first, as ``open_states`` gives them.

    Five queries for any number of them, and three for who the user is.
    """
    tasks = tasks_at_seat(user)
    states = judge(user, open_states(user, tasks, task_states)) if user.is_active else []
    return [state for state in states if not state.why_not]


def tasks_at_seat(user):
    """The stages of the Board at which the person sits, also if others must decide there."""
    tasks = AdvisoryBoardApprovalTask.objects.filter(active=True)
    return tasks.filter(groups__in=groups_that_count(user)).values("pk")


def open_states(user, tasks, task_states=None) -> list:
    """What waits at these stages, oldest first.

    Each has its ``page`` (the base ``Page``, or None where something else is in the workflow), its
    ``matter`` or None; whether the person sits at this stage of the Board (``seated``); and what
    was done: the id of the revision that was approved last (``voted_revision``, or None) and by
    how many (``votes``), the one that the person approved last (``approved_revision``), and
    whether they left a position (``positioned``).
    """
    seats = tasks_at_seat(user).filter(pk=OuterRef("task"))
    votes = Vote.objects.filter(matter__task_state=OuterRef("pk")).order_by("-pk")
    of_newest = votes.filter(revision_id=OuterRef("voted_revision")).order_by().values("matter")
    mine = Position.objects.filter(matter__task_state=OuterRef("pk"), person=user.pk)
    states = TaskState.objects.all() if task_states is None else task_states
    states = states.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=tasks)
    states = states.select_related(
        *("workflow_state__requested_by", "lpsa_matter__taken_by"),
        "task__advisoryboardapprovaltask",
    ).annotate(
        voted_revision=Subquery(votes.values("revision_id")[:1]),
        votes=Subquery(of_newest.annotate(n=Count("voter_id", distinct=True)).values("n")),
        approved_revision=Subquery(votes.filter(voter_id=str(user.pk)).values("revision_id")[:1]),
        positioned=Exists(mine),
        seated=Exists(seats),
    )
    found = list(states.order_by("started_at", "pk"))
    attach_pages(found)
    for state in found:
        state.matter = getattr(state, "lpsa_matter", None)
    return found


def judge(user, states) -> list:
    """Give each state of a stage of the Board ``facts`` and ``why_not``, and return them all.

    ``facts`` are what the rules ask about the page, None for pages that are not ours; ``why_not``
    says why the person may not decide there, "" if they may.
    """
    governed = [state for state in states if state.page and is_governed(state.page)]
    submitters = [(s.page.pk, s.workflow_state.requested_by_id) for s in governed]
    facts = facts_about([state.page for state in governed], submitters) if governed else {}
    for state in states:
        state.facts = facts.get(state.page.pk) if state.page else None
        state.why_not = _why_not_at_seat(user, state) if state.facts else ""
    return states


def _why_not_at_seat(user, state) -> str:
    """(What the person approved already waits for the approvals of others only.)"""
    if not state.seated:
        return _("Only the members of the Advisory Board named for this stage decide.")
    if state.approved_revision and state.approved_revision == state.page.latest_revision_id:
        return _("You approved this already. It waits for other members.")
    return _why_not(user, state.page, state.facts, partial(_is_overdue, state))


def _is_overdue(state) -> bool:
    return bool(state.matter and state.matter.is_overdue)


def attach_pages(states) -> None:
    """Give each state its ``page``, the base ``Page`` or None. One query."""
    base = ContentType.objects.get_for_model(Page).pk
    about_pages = [s for s in states if s.workflow_state.base_content_type_id == base]
    ids = {int(state.workflow_state.object_id) for state in about_pages}
    pages = Page.objects.select_related("latest_revision").in_bulk(ids) if ids else {}
    for state in states:
        state.page = None
    for state in about_pages:
        state.page = pages.get(int(state.workflow_state.object_id))


def task_states_to_decide(*, user, task):
    """The same for one task as a plain queryset (no distinct), as Wagtail wants it."""
    states = states_to_decide(user=user, task_states=task.task_states.all())
    return task.task_states.filter(pk__in=[state.pk for state in states])
