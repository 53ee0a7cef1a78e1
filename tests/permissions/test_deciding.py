"""Who may decide, and how often."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, Outcome, Stage
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, WorkingGroupIndexPage
from lpsa_wagtail.permissions import task_states_to_decide, why_not_decide
from lpsa_wagtail.permissions.roles import BOARD
from tests import factories as make


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
def waiting(page, chair):
    return make.submit(page, by=chair)


def test_a_board_member_approves_and_the_content_is_live(page, waiting):
    member = make.board_member()

    waiting.task.specific.on_action(waiting, member, "approve", comment="Good.")

    decision = Decision.objects.get(page_id=page.pk)
    assert make.fresh(page).live is True
    assert (decision.outcome, decision.stage, decision.acted_as, decision.comment) == (
        Outcome.GO,
        Stage.CONTENT,
        "LPSA Advisory Board",
        "Good.",
    )
    assert decision.actor == member


def test_sending_back_leaves_the_page_a_draft_with_the_comment(page, waiting):
    waiting.task.specific.on_action(waiting, make.board_member(), "reject", comment="Shorter.")

    waiting.refresh_from_db()
    assert (waiting.status, waiting.comment) == (TaskState.STATUS_REJECTED, "Shorter.")
    assert make.fresh(page).live is False
    assert Decision.objects.get(page_id=page.pk).outcome == Outcome.REJECTED


def test_only_action_and_comment_are_taken_from_the_browser(page, waiting):
    waiting.task.specific.on_action(
        waiting, make.board_member(), "approve", update=False, user="x", comment=""
    )

    assert make.fresh(page).current_workflow_state is None
    assert make.fresh(page).live is True


@pytest.mark.parametrize("who", ["chair", "superuser", "secretary", "other chair", "nobody"])
def test_others_do_not_decide(who, page, waiting, chair, django_user_model):
    people = {
        "chair": lambda: chair,
        "superuser": lambda: django_user_model.objects.create_superuser("root"),
        "secretary": make.secretary,
        "other chair": lambda: make.leader(of=make.group()),
        "nobody": make.UserFactory,
    }

    with pytest.raises(NotAllowed):
        actions.decide(actor=people[who](), task_state=waiting, action="approve")

    assert make.fresh(page).live is False
    assert Decision.objects.filter(page_id=page.pk).count() == 0


@pytest.mark.parametrize("hand", ["owner", "submitter", "editor"])
def test_who_had_a_hand_in_it_does_not_decide(hand, group, chair):
    member = make.board_member()
    page = make.draft(make.BlogPostFactory, group, owner=member if hand == "owner" else chair)
    if hand == "editor":
        page.summary = "In other words."
        page.save_revision(user=member)
    waiting = make.submit(page, by=member if hand == "submitter" else chair)

    with pytest.raises(NotAllowed, match="somebody else must decide"):
        actions.decide(actor=member, task_state=waiting, action="approve")
    assert list(task_states_to_decide(user=member, task=waiting.task.specific)) == []


def test_who_wrote_what_was_approved_before_may_decide_on_later_changes(group):
    member = make.board_member()
    page = make.draft(make.BlogPostFactory, group)
    page.save_revision(user=member)
    actions.install_page(actor=None, page=page)
    editor = make.secretary()
    page.title = "Corrected"
    page.save_revision(user=editor)
    waiting = make.submit(page, by=editor)

    actions.decide(actor=member, task_state=waiting, action="approve")

    assert make.fresh(page).title == "Corrected"


def test_the_second_decision_is_told_that_it_is_late(page, waiting):
    actions.decide(actor=make.board_member(), task_state=waiting, action="reject", comment="No.")

    with pytest.raises(AlreadyDecided):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    assert make.fresh(page).live is False


def test_an_action_that_the_stage_does_not_have_is_refused(waiting):
    with pytest.raises(NotAllowed):
        actions.decide(actor=make.board_member(), task_state=waiting, action="publish")


def test_only_the_board_chair_establishes_a_group():
    proposer = make.secretary()
    page = make.draft(
        make.WorkingGroupPageFactory, make.index_page(WorkingGroupIndexPage), owner=proposer
    )
    waiting = make.submit(page, by=proposer)
    assert make.fresh(page).record.state == GroupState.IN_REVIEW

    with pytest.raises(NotAllowed):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
    actions.decide(actor=make.board_chair(), task_state=waiting, action="approve")

    page = make.fresh(page)
    assert (page.live, page.record.state) == (True, GroupState.FORMING)
    assert Decision.objects.get(page_id=page.pk).stage == Stage.ESTABLISHMENT


@pytest.mark.parametrize(
    ("field", "value", "needs_chair"),
    [
        ("title", "Another name", True),
        ("designation", "chapter", True),
        ("focus", "regional", True),
        ("purpose", "Something else.", True),
        ("contact_email", "new@example.org", False),
    ],
)
def test_a_groups_charter_is_the_chairs_the_rest_the_boards(
    field, value, needs_chair, group, chair
):
    setattr(group, field, value)
    group.save_revision(user=chair)
    waiting = make.submit(group, by=chair)
    task = waiting.task.specific

    refused = why_not_decide(user=make.board_member(), page=group, task=task)

    assert bool(refused) is needs_chair
    assert why_not_decide(user=make.board_chair(), page=group, task=task) == ""
    actions.decide(actor=make.board_chair(), task_state=waiting, action="approve")
    assert getattr(make.fresh(group), field) == value


def test_a_workflow_without_the_board_publishes_nothing(group, page, chair):
    task = GroupApprovalTask.objects.create(name="Desk")
    desk = make.secretary()
    task.groups.set(desk.groups.all())
    workflow = Workflow.objects.create(name="Desk only")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)
    waiting = make.submit(page, by=chair)

    with pytest.raises(PermissionDenied):
        waiting.task.specific.on_action(waiting, desk, "approve")

    assert make.fresh(page).live is False


def test_the_board_can_come_after_another_stage(group, page, chair):
    desk_task = GroupApprovalTask.objects.create(name="Desk")
    desk = make.secretary()
    desk_task.groups.set(desk.groups.all())
    board_task = AdvisoryBoardApprovalTask.objects.get(name="Advisory Board decides")
    workflow = Workflow.objects.create(name="Desk, then Board")
    for order, task in enumerate((desk_task, board_task)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)
    first = make.submit(page, by=chair)

    first.task.specific.on_action(first, desk, "approve")
    assert make.fresh(page).live is False
    second = make.fresh(page).current_workflow_task_state
    second.task.specific.on_action(second, make.board_member(), "approve")

    assert make.fresh(page).live is True


def test_what_waits_is_one_plain_queryset_for_wagtails_home_page(waiting):
    member = make.board_member()

    assert list(TaskState.objects.reviewable_by(member)) == [waiting]
    assert list(TaskState.objects.reviewable_by(make.person(BOARD))) == [waiting]


def test_the_task_state_says_which_page_not_the_address(client, group, page, waiting, chair):
    """A reviewer's own address with another page's task state decides on the other, or nothing."""
    other = make.group()
    foreign = make.draft(make.BlogPostFactory, other, owner=chair)
    client.force_login(make.leader(of=other))
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=(foreign.pk, "approve", waiting.pk)
    )

    client.post(address)

    assert make.fresh(page).live is False
    assert Decision.objects.filter(page_id=page.pk).count() == 0
