"""What happened is written down with the change itself, once, and by nobody else."""

import pytest
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.choices import EventKind, Outcome
from lpsa_wagtail.models import BlogPost, Decision, Event
from lpsa_wagtail.models.decisions import AppendOnly
from lpsa_wagtail.permissions import content_hash
from lpsa_wagtail.signals import event_recorded
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def leader(group):
    return make.leader(of=group)


@pytest.fixture
def waiting(group, leader):
    """The task state at which a post of the leader's waits."""
    return make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)


def page_of(task_state):
    return task_state.workflow_state.content_object


def keys() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("key", flat=True))


def own_stage(page, name="Legal"):
    """A stage of Wagtail's own before the Board's, in the workflow of ``page``."""
    stage = GroupApprovalTask.objects.create(name=name)
    workflow = Workflow.objects.create(name=f"{name}, then the Board")
    board = page.get_workflow().tasks[0]
    for order, task in enumerate((stage, board)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return stage


def test_a_submission_is_written_down_with_what_was_submitted(waiting, leader):
    page = page_of(waiting)

    event = Event.objects.get()

    assert (event.key, event.kind) == (f"submitted:{waiting.pk}", EventKind.SUBMITTED)
    assert (event.page_id, event.page_title) == (page.pk, page.title)
    assert event.revision_id == page.latest_revision_id
    assert event.content_hash == content_hash(page.get_latest_revision_as_object())
    assert event.actor_id == str(leader.pk)
    assert event.data == {
        "task_state": waiting.pk,
        "parent": page.get_parent().pk,
        "submitter": str(leader.pk),
    }
    assert Event.objects.content_of(f"submitted:{waiting.pk}") == event.content_hash
    assert Event.objects.content_of("submitted:0") == ""


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_decision_is_written_down_as_it_stands_in_the_ledger(waiting, leader, action):
    board = make.board_member()

    actions.decide(actor=board, task_state=waiting, action=action)

    decision = Decision.objects.first()
    event = Event.objects.first()
    assert (event.key, event.kind) == (f"decision:{decision.pk}", EventKind.DECIDED)
    assert event.content_hash == decision.content_hash
    assert event.actor_id == str(board.pk)
    assert event.data == {
        "decision": decision.pk,
        "outcome": decision.outcome,
        "parent": decision.parent_id,
        "submitter": str(leader.pk),
    }
    assert keys() == [f"submitted:{waiting.pk}", f"decision:{decision.pk}"]


def test_taking_down_is_written_down(group):
    post = make.post(group)

    post.unpublish()

    event = Event.objects.get()
    assert event.kind == EventKind.DECIDED
    assert event.data["outcome"] == Outcome.WITHDRAWN


def test_an_override_is_an_event_of_its_own_kind(group):
    post = make.draft(make.BlogPostFactory, group)

    actions.record_decision(
        actor=None, content=post, outcome=Outcome.OVERRIDE, stage="content", comment="Urgent"
    )

    assert Event.objects.get().kind == EventKind.OVERRIDE


@pytest.mark.parametrize(
    "outcome", [Outcome.INSTALLATION, Outcome.MAINTENANCE, Outcome.CARRIED_OVER]
)
def test_what_commands_write_into_the_ledger_is_no_event(group, outcome):
    post = make.draft(make.BlogPostFactory, group)

    actions.record_decision(actor=None, content=post, outcome=outcome, stage="content")

    assert keys() == []


def test_stages_that_are_not_the_boards_are_written_down_as_they_pass(group, leader):
    own_stage(group)
    state = make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)

    state.approve(user=make.UserFactory())

    assert keys() == [
        f"submitted:{state.pk}",
        f"stage-passed:{state.pk}",
        f"submitted:{state.workflow_state.current_task_state_id}",
    ]
    assert len(set(Event.objects.values_list("content_hash", flat=True))) == 1


def test_what_another_stage_sends_back_is_written_down(group, leader):
    own_stage(group)
    state = make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)

    state.reject(user=make.UserFactory())

    assert keys() == [f"submitted:{state.pk}", f"sent-back:{state.pk}"]


def test_pages_of_the_hosts_own_are_no_events(site):
    workflow = Workflow.objects.create(name="Own")
    task = GroupApprovalTask.objects.create(name="Legal")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    site.root_page.save_revision()

    workflow.start(site.root_page, None).current_task_state.approve(user=None)

    assert keys() == []


def test_one_key_is_one_event(group):
    post = make.post(group)
    facts = {"actor": None, "kind": EventKind.DECIDED, "key": "fact:1", "page": post}

    first = actions.record_event(**facts)
    second = actions.record_event(**facts, content=post)

    assert first == second
    assert Event.objects.get().content_hash == ""


def test_what_is_rolled_back_did_not_happen(group, leader):
    page = make.draft(make.BlogPostFactory, group, owner=leader)

    with transaction.atomic():
        make.submit(page, leader)
        assert len(keys()) == 1
        transaction.set_rollback(True)

    assert keys() == []


def test_publishing_again_is_no_new_event(waiting):
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
    before = keys()
    page = BlogPost.objects.get(pk=page_of(waiting).pk)

    page.get_latest_revision().publish()

    assert page.live
    assert keys() == before


def test_the_signal_comes_after_the_commit(waiting, django_capture_on_commit_callbacks):
    heard = []
    listener = lambda event, **kwargs: heard.append(event.key)  # noqa: E731
    event_recorded.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
            assert heard == []
    finally:
        event_recorded.disconnect(listener)

    assert heard == [Event.objects.first().key]


def test_what_commands_bring_in_counts_as_told(group, leader):
    with actions.telling_nobody():
        make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)

    assert Event.objects.count() == 1
    assert list(Event.objects.to_fan_out()) == []


def test_events_are_neither_changed_nor_removed(waiting):
    event = Event.objects.get()
    event.page_title = "Another"

    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(page_title="Another"),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert Event.objects.filter(page_title=page_of(waiting).title).count() == 1
