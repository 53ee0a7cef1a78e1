"""Who hears of what, and who does not."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.choices import EventKind, Outcome, Role
from lpsa_wagtail.models import BlogIndexPage, Event, WorkingGroupIndexPage
from lpsa_wagtail.notifications import notice_of, recipients, why
from tests import factories as make


def heard_last() -> set:
    """Who hears of the newest event."""
    return set(recipients(Event.objects.first()))


def heard(kind) -> set:
    """Who hears of the newest event of this kind."""
    return set(recipients(Event.objects.filter(kind=kind).first()))


@pytest.fixture
def crowd(group):
    """People who have no part in it, each in another way."""
    other = make.group(title="Deltas")
    return [
        make.leader(of=other),
        make.leader(of=group, end=dt.date(2021, 1, 1)),
        make.leader(of=group, role=Role.GUEST),
        make.secretary(),
        make.UserFactory(is_superuser=True),
        make.UserFactory(),
    ]


def test_what_waits_for_the_board_is_for_who_may_decide(crowd, group, leader, board):
    chair, author = make.board_chair(), make.board_member()
    page = make.draft(make.BlogPostFactory, group, owner=leader)
    page.summary = "What the author found."
    page.save_revision(user=author)

    make.submit(page, leader)

    assert heard_last() == {board, chair}


def test_what_waits_for_the_chair_is_for_the_chair(crowd, board, leader):
    chair = make.board_chair()
    index = make.index_page(WorkingGroupIndexPage)
    secretary = make.secretary()

    make.submit(make.draft(make.WorkingGroupPageFactory, index, owner=secretary), secretary)

    assert heard(EventKind.SUBMITTED) == {chair}


def test_what_waits_at_another_stage_is_for_that_stages_groups(crowd, group, leader, board):
    lawyers = Group.objects.create(name="Lawyers")
    lawyer = make.UserFactory()
    lawyer.groups.add(lawyers)
    stage = own_stage(group, lawyers)

    state = make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)

    assert state.task.pk == stage.pk
    assert heard_last() == {lawyer}
    assert why(Event.objects.first(), lawyer) == (
        "You are a member of “Lawyers”, and you may decide on this."
    )


def own_stage(page, *groups, first=True):
    stage = GroupApprovalTask.objects.create(name="Legal")
    stage.groups.set(groups)
    workflow = Workflow.objects.create(name="Legal and Board")
    stages = [stage, page.get_workflow().tasks[0]]
    for order, task in enumerate(stages if first else stages[::-1]):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return stage


def test_each_stage_is_for_its_own_people_once(group, leader, board):
    lawyers = Group.objects.create(name="Lawyers")
    lawyer = make.UserFactory()
    lawyer.groups.add(lawyers)
    own_stage(group, lawyers)
    state = make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)

    state.approve(user=lawyer)

    heard = [(event.kind, set(recipients(event))) for event in Event.objects.order_by("pk")]
    assert heard == [("submitted", set()), ("stage-passed", set()), ("submitted", {board})]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_what_another_stage_said_last_is_for_who_submitted(group, leader, board, action):
    own_stage(group, first=False)
    state = make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)
    actions.decide(actor=board, task_state=state, action="approve")
    state.workflow_state.refresh_from_db()
    last = state.workflow_state.current_task_state.specific

    getattr(last, action)(user=None)

    assert heard_last() == {leader}
    assert notice_of(Event.objects.first()).name == (
        "approved" if action == "approve" else "returned"
    )


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_decision_is_for_who_submitted_and_who_leads_the_group(
    crowd, group, leader, waiting, board, action
):
    coordinator = make.leader(of=group, role=Role.COORDINATOR)
    make.MembershipFactory(group=group.record, role=Role.CO_CHAIR)  # without an account

    actions.decide(actor=board, task_state=waiting, action=action)

    assert heard_last() == {leader, coordinator}
    event = Event.objects.first()
    assert why(event, leader) == "You submitted it."
    assert why(event, coordinator) == "You are co-chair or coordinator of “Rivers”."
    assert [why(event, person) for person in crowd] == [""] * len(crowd)


def test_who_decided_need_not_be_told(group, waiting):
    both = make.leader(of=group)
    both.groups.add(*make.board_member().groups.all())

    actions.decide(actor=both, task_state=waiting, action="approve")

    assert both not in heard_last()


def test_where_there_is_no_group_the_secretariat_hears(crowd, board):
    writer, reader = make.secretary(), make.secretary()
    post = make.draft(make.BlogPostFactory, make.index_page(BlogIndexPage), owner=writer)

    actions.decide(actor=board, task_state=make.submit(post, writer), action="approve")

    assert heard_last() == {writer, reader, crowd[3]}


def test_a_page_that_was_deleted_meanwhile_is_told_of_in_its_group(group, leader):
    post = make.post(group)
    post.unpublish()

    post.delete()

    event = Event.objects.first()
    assert event.data["outcome"] == Outcome.WITHDRAWN
    assert heard_last() == {leader}


def test_who_submitted_and_may_not_see_the_page_any_more_is_not_told(group, waiting, leader, board):
    actions.decide(actor=board, task_state=waiting, action="reject")
    assert heard_last() == {leader}

    leader.lpsa_member.memberships.update(end=dt.date(2021, 1, 1))

    assert heard_last() == set()


def test_an_override_is_for_every_member_of_the_board(crowd, draft, board):
    chair, closed = make.board_chair(), make.board_member()
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)

    actions.record_decision(actor=board, content=draft, outcome=Outcome.OVERRIDE, stage="content")

    assert heard_last() == {board, chair}
