"""What waits: taken back, sent through all stages again, kept when a stage is disabled."""

import pytest
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import AlreadyDecided, ChangedSince, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision
from lpsa_wagtail.permissions import content_hash
from tests import factories as make

CHANGED = {"summary": "Other words."}


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


@pytest.fixture
def desk():
    return make.secretary()


@pytest.fixture
def desk_task(desk):
    task = GroupApprovalTask.objects.create(name="Desk")
    task.groups.set(desk.groups.all())
    return task


def assign(group, name, *tasks):
    workflow = Workflow.objects.create(name=name)
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)
    return workflow


@pytest.fixture
def desk_then_board(group, desk_task):
    board_task = AdvisoryBoardApprovalTask.objects.get(name="Advisory Board decides")
    return assign(group, "Desk, then Board", desk_task, board_task)


@pytest.fixture
def at_the_desk(page, chair, desk_then_board):
    return make.submit(page, by=chair)


def save_as(person, page, **changes):
    page = make.fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    return page.save_revision(user=person)


def state_of(page):
    return make.fresh(page).current_workflow_task_state.specific


def approve(state, person):
    state.task.specific.on_action(state, person, "approve")


def test_what_changed_since_it_was_submitted_is_not_approved(page, chair):
    waiting = make.submit(page, by=chair)
    save_as(make.board_member(), page, **CHANGED)

    with pytest.raises(ChangedSince):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    assert make.fresh(page).live is False
    assert Decision.objects.filter(page_id=page.pk).count() == 0


def test_what_changed_since_the_reviewer_opened_it_is_not_approved(page, chair):
    waiting = make.submit(page, by=chair)
    opened = content_hash(page.get_latest_revision_as_object())
    save_as(make.board_member(), page, **CHANGED)
    now = content_hash(make.fresh(page).get_latest_revision_as_object())
    member = make.board_member()

    with pytest.raises(ChangedSince):
        actions.decide(actor=member, task_state=waiting, action="approve", seen=opened)
    actions.decide(actor=member, task_state=waiting, action="approve", seen=now)

    assert make.fresh(page).summary == "Other words."


def test_what_changed_can_be_sent_back(page, chair):
    waiting = make.submit(page, by=chair)
    save_as(make.board_member(), page, **CHANGED)

    actions.decide(actor=make.board_member(), task_state=waiting, action="reject", comment="No.")

    assert Decision.objects.get(page_id=page.pk).outcome == Outcome.REJECTED


def test_what_was_submitted_is_not_written_over(page, chair):
    submitted = make.submit(page, by=chair).revision
    page = make.fresh(page).get_latest_revision_as_object()
    page.summary = "Other words."

    beside = page.save_revision(user=chair, overwrite_revision=submitted)

    submitted.refresh_from_db()
    assert beside.pk != submitted.pk
    assert submitted.content["summary"] == "What was found."


def test_a_later_stage_sees_what_the_earlier_stage_saw(at_the_desk, page, desk):
    approve(at_the_desk, desk)
    board = state_of(page)
    member = make.board_member()
    save_as(make.board_member(), page, **CHANGED)
    now = content_hash(make.fresh(page).get_latest_revision_as_object())

    with pytest.raises(NotAllowed, match="“Desk” approved other content than this"):
        actions.decide(actor=member, task_state=board, action="approve", seen=now)


def test_changed_content_goes_through_all_stages_again(at_the_desk, page, chair, desk):
    approve(at_the_desk, desk)
    actions.decide(
        actor=make.board_member(), task_state=state_of(page), action="reject", comment="Shorter."
    )
    save_as(chair, page, **CHANGED)

    make.fresh(page).current_workflow_state.resume(chair)

    again = state_of(page)
    assert (again.task.name, again.status) == ("Desk", TaskState.STATUS_IN_PROGRESS)
    at_the_desk.refresh_from_db()
    assert at_the_desk.status == TaskState.STATUS_CANCELLED
    approve(again, desk)
    approve(state_of(page), make.board_member())
    assert make.fresh(page).summary == "Other words."


def test_the_same_content_goes_on_where_it_was_sent_back(at_the_desk, page, chair, desk):
    approve(at_the_desk, desk)
    actions.decide(
        actor=make.board_member(), task_state=state_of(page), action="reject", comment="Why?"
    )

    make.fresh(page).current_workflow_state.resume(chair)

    assert state_of(page).task.name == "Advisory Board decides"
    approve(state_of(page), make.board_member())
    assert make.fresh(page).live is True


def test_disabling_the_boards_stage_keeps_what_waits(page, chair):
    waiting = make.submit(page, by=chair)
    task = waiting.task.specific

    task.deactivate()

    waiting.refresh_from_db()
    assert (waiting.status, make.fresh(page).live) == (TaskState.STATUS_IN_PROGRESS, False)
    with pytest.raises(NotAllowed, match="This stage was disabled"):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
    task.active = True
    task.save()
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
    assert make.fresh(page).live is True


def test_disabling_the_only_stage_of_a_host_publishes_nothing(page, group, chair, desk_task):
    assign(group, "Desk only", desk_task)
    waiting = make.submit(page, by=chair)

    desk_task.deactivate()

    waiting.refresh_from_db()
    assert (waiting.status, make.fresh(page).live) == (TaskState.STATUS_CANCELLED, False)
    assert waiting.workflow_state.status == WorkflowState.STATUS_CANCELLED


def test_disabling_an_earlier_stage_leads_to_the_board(at_the_desk, page, desk_task):
    desk_task.deactivate()

    assert state_of(page).task.name == "Advisory Board decides"
    assert make.fresh(page).live is False


def test_disabling_the_workflow_publishes_nothing(page, chair):
    waiting = make.submit(page, by=chair)

    waiting.workflow_state.workflow.deactivate()

    assert make.fresh(page).live is False
    with pytest.raises(AlreadyDecided):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")


def test_a_co_chair_takes_back_what_waits(page, chair):
    make.submit(page, by=chair)

    actions.cancel_submission(actor=chair, page=make.fresh(page))

    assert make.fresh(page).current_workflow_state is None


def test_an_ex_chair_takes_nothing_back(page, chair, group):
    make.submit(page, by=chair)
    chair.lpsa_member.memberships.all().delete()
    ex_chair = type(chair).objects.get(pk=chair.pk)

    with pytest.raises(NotAllowed):
        actions.cancel_submission(actor=ex_chair, page=make.fresh(page))

    assert make.fresh(page).workflow_in_progress is True


def test_what_is_decided_is_not_taken_back(page, chair):
    waiting = make.submit(page, by=chair)
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    with pytest.raises(AlreadyDecided):
        actions.cancel_submission(actor=chair, page=make.fresh(page))


def test_a_decision_is_first_when_somebody_cancels_at_that_moment(page, chair):
    waiting = make.submit(page, by=chair)
    read_before = WorkflowState.objects.get(pk=waiting.workflow_state_id)
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    read_before.cancel(user=chair)

    stored = WorkflowState.objects.get(pk=waiting.workflow_state_id)
    assert (stored.status, make.fresh(page).live) == (WorkflowState.STATUS_APPROVED, True)
