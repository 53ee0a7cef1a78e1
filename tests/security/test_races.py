"""Whoever comes first, what the tables say afterwards is one story, and nobody meets an error."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.signals import page_published
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, BlogPost, Decision, Vote
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD
from tests import editor
from tests import factories as make
from tests.security import items
from tests.security.racing import RACES, race
from tests.security.verdicts import contradictions

pytestmark = pytest.mark.django_db(transaction=True)

DONE = "done"


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def author(group):
    return make.leader(of=group)


@pytest.fixture
def one():
    return make.board_member().pk


@pytest.fixture
def other():
    return make.board_member().pk


@pytest.fixture
def holds(noted, request):
    """Note the figures of a tally and fail if there was a fault."""

    def hold(tally):
        name = request.node.name.removeprefix("test_").replace("_", " ")
        noted(
            "races",
            name,
            races=tally.races,
            endings={" / ".join(ending): number for ending, number in tally.endings.items()},
            surprises=tally.surprises.total(),
            contradictions=tally.contradictions.total(),
            errors=tally.errors,
        )
        assert tally.races > 0
        assert tally.faults == {}

    return hold


def story(item):
    return contradictions(item.page, item.seen)


def test_approve_and_reject(group, author, one, other, holds):
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one, "approve"),
        lambda item: items.decide(item, other, "reject"),
        endings={(DONE, "AlreadyDecided"), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_reject_in_the_admin(group, author, one, other, holds):
    clients = {}
    for member in (one, other):
        clients[member] = Client(raise_request_exception=False)
        clients[member].force_login(items.person(member))

    def press(item, member, action):
        names = (item.page, action, item.task_state)
        address = reverse("wagtailadmin_pages:workflow_action", args=names)
        return str(clients[member].post(address, {"comment": "So."}).status_code)

    tally = race(
        items.waiting(group, author, RACES),
        lambda item: press(item, one, "approve"),
        lambda item: press(item, other, "reject"),
        endings={("302", "302")},
        judge=story,
    )

    holds(tally)


def test_approve_and_approve(group, author, one, other, holds):
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: items.decide(item, other),
        endings={(DONE, "AlreadyDecided"), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


def test_two_approvals_where_two_are_needed(group, author, one, other, holds):
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=2)

    def judge(item):
        votes = Vote.objects.filter(matter__task_state=item.task_state).count()
        return story(item) + ([] if votes == 2 else [f"{votes} votes were counted"])

    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: items.decide(item, other),
        endings={(DONE, DONE)},
        judge=judge,
    )

    holds(tally)


def test_approve_and_a_new_version(group, author, one, holds):
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        items.edit,
        endings={(DONE, DONE), ("ChangedSince", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_a_version_overwritten_by_autosave(group, author, one, holds):
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        items.overwrite,
        endings={(DONE, DONE), ("ChangedSince", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_cancel(group, author, one, holds):
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: items.cancel(item, author.pk),
        endings={(DONE, "AlreadyDecided"), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


def test_reject_and_cancel(group, author, one, holds):
    """What was sent back can still be taken back."""
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one, "reject"),
        lambda item: items.cancel(item, author.pk),
        endings={(DONE, DONE), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_decide_and_cancel_as_wagtail_does(action, group, author, one, holds):
    """Its canceller may believe to have been first; what is told is one story all the same."""
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one, action),
        lambda item: items.cancel_as_wagtail_does(item, author.pk),
        endings={(DONE, DONE), (DONE, "PermissionDenied"), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_leaving_the_board(group, author, one, holds):
    board = group_made(BOARD)
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: items.person(one).groups.remove(board),
        endings={(DONE, DONE), ("NotAllowed", DONE)},
        judge=story,
        before=lambda item: items.person(one).groups.add(board),
    )

    holds(tally)


def own_workflows(group, author, number) -> list:
    """Waiting pages, each in a workflow with a task of its own: {page id: workflow}."""
    made = {}
    for item in items.drafts(group, author, number):
        task = AdvisoryBoardApprovalTask.objects.create(name=f"Board {item.page}")
        task.groups.add(group_made(BOARD))
        workflow = Workflow.objects.create(name=f"Board {item.page}")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        page = items.page_of(item)
        WorkflowPage.objects.create(workflow=workflow, page=page)
        made[items.submitted(page, author)] = workflow.pk
    return made


def test_approve_and_the_task_is_disabled(group, author, one, holds):
    made = own_workflows(group, author, RACES)

    def disable(item):
        task = Task.objects.get(workflow_tasks__workflow=made[item]).specific
        task.deactivate(user=None)

    tally = race(
        made,
        lambda item: items.decide(item, one),
        disable,
        endings={(DONE, DONE), ("NotAllowed", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_the_workflow_is_disabled(group, author, one, holds):
    made = own_workflows(group, author, RACES)
    tally = race(
        made,
        lambda item: items.decide(item, one),
        lambda item: Workflow.objects.get(pk=made[item]).deactivate(user=None),
        endings={(DONE, DONE), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


@pytest.mark.parametrize("way", [items.take_down, items.unpublish], ids=lambda way: way.__name__)
def test_approve_and_take_down(way, group, author, one, holds):
    secretary = make.secretary().pk
    tally = race(
        items.changed(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: way(item, secretary),
        endings={(DONE, DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_override(group, author, one, holds):
    administrator = make.UserFactory(is_superuser=True).pk
    tally = race(
        items.waiting(group, author, RACES),
        lambda item: items.decide(item, one),
        lambda item: items.override(item, administrator),
        endings={(DONE, DONE), ("AlreadyDecided", DONE)},
        judge=story,
    )

    holds(tally)


def test_approve_and_a_merger_of_words(group, author, one, holds):
    """What carries the word was seen with the other one, so it is not approved after the merger."""
    words = [(make.InterestFactory(), make.InterestFactory()) for _ in range(RACES)]
    drafts = [items.waiting(group, author, 1, interests=[word])[0] for word, _into in words]
    pairs = dict(zip(drafts, words, strict=True))

    def merge(item):
        word, into = (type(word).objects.get(pk=word.pk) for word in pairs[item])
        actions.merge_interests(actor=None, word=word, into=into)

    tally = race(
        pairs,
        lambda item: items.decide(item, one),
        merge,
        endings={(DONE, DONE), ("ChangedSince", DONE)},
        judge=story,
    )

    holds(tally)


def test_submit_and_submit(group, author, holds):
    colleague = make.leader(of=group).pk
    tally = race(
        items.drafts(group, author, RACES),
        lambda item: items.submit(item, author.pk),
        lambda item: items.submit(item, colleague),
        endings={(DONE, "NotAllowed"), ("NotAllowed", DONE)},
        judge=story,
    )

    holds(tally)


def test_submit_and_submit_in_the_admin(group, author, holds):
    """Pressed twice: one of the two submits, and nobody meets an error."""
    drafts = items.drafts(group, author, RACES)
    client = Client()
    client.force_login(author)
    forms = {}
    for item in drafts:
        data = editor.form_data(client, editor.edit_url(items.page_of(item)), BlogPost)
        text = {"body": streamfield([("paragraph", rich_text("<p>Money.</p>"))])}
        forms[item] = {**dict(data.lists()), **nested_form_data(text), "action-submit": "1"}
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    for each in clients:
        each.force_login(author)

    def press(item, number):
        address = editor.edit_url(items.page_of(item))
        return str(clients[number].post(address, forms[item]).status_code)

    tally = race(
        drafts,
        lambda item: press(item, 0),
        lambda item: press(item, 1),
        endings={("302", "302"), ("302", "200"), ("200", "302")},
        judge=story,
    )

    holds(tally)


def test_submit_and_the_role_ends(group, author, holds):
    membership = author.lpsa_member.memberships.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    def end(item):
        role = type(membership).objects.get(pk=membership.pk)
        role.end = yesterday
        role.save()

    def begin(item):
        membership.end = None
        membership.save()

    tally = race(
        items.drafts(group, author, RACES),
        lambda item: items.submit(item, author.pk),
        end,
        endings={(DONE, DONE), ("NotAllowed", DONE)},
        judge=story,
        before=begin,
    )

    holds(tally)


class Dated:
    """Approved pages that are due one after the other, and what was heard of them."""

    STEP = dt.timedelta(hours=1)

    def __init__(self, group, author, member, number):
        self.now = timezone.now().replace(microsecond=0)
        self.due = {}
        for place, item in enumerate(items.drafts(group, author, number), start=1):
            date = self.now + place * self.STEP
            page = items.change(items.page_of(item), author, go_live_at=date)
            item = items.submitted(page, author)
            items.decide(item, member)
            self.due[item] = date
        self.heard = []
        self.clock = time_machine.travel(self.now, tick=True)

    def __enter__(self):
        page_published.connect(self.hear)
        self.traveller = self.clock.start()
        return self

    def __exit__(self, *_):
        self.clock.stop()
        page_published.disconnect(self.hear)

    def hear(self, sender, instance, **kwargs):
        self.heard.append(instance.pk)

    def comes(self, item):
        self.traveller.move_to(self.due[item] + self.STEP / 2)

    def judge(self, item):
        told = contradictions(item.page, item.seen)
        logged = PageLogEntry.objects.filter(page=item.page, action="wagtail.publish.scheduled")
        goes = Decision.objects.filter(page_id=item.page, outcome=Outcome.GO)
        counts = (self.heard.count(item.page), logged.count(), goes.count())
        if counts != (1, 1, 1):
            told.append("published {} times, logged {}, decided {}".format(*counts))
        if not items.page_of(item).live:
            told.append("due and not live")
        return told


def publish_scheduled(item):
    call_command("publish_scheduled")


def test_scheduler_and_scheduler(group, author, one, holds):
    with Dated(group, author, one, RACES) as dated:
        tally = race(
            dated.due,
            publish_scheduled,
            publish_scheduled,
            endings={(DONE, DONE)},
            judge=dated.judge,
            before=dated.comes,
        )

    holds(tally)


def test_scheduler_and_a_decision_on_the_next_version(group, author, one, holds):
    with Dated(group, author, one, RACES) as dated:
        newer = {}
        for item in dated.due:
            page = items.change(items.page_of(item), author, go_live_at=None, summary="Newer.")
            newer[item] = items.submitted(page, author)
        tally = race(
            dated.due,
            publish_scheduled,
            lambda item: items.decide(newer[item], one),
            endings={(DONE, DONE), (DONE, "AlreadyDecided")},
            judge=lambda item: contradictions(item.page),
            before=dated.comes,
        )

    holds(tally)
