"""Wagtail's own mails: as before for the host's pages, none of them for governed ones."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask
from wagtail.signals import task_submitted

from lpsa_wagtail import actions
from lpsa_wagtail.notifications import connect_notifiers
from lpsa_wagtail.notifications.notifiers import NOTIFIERS
from tests import factories as make


@pytest.fixture
def lawyer():
    user = make.UserFactory()
    user.groups.add(Group.objects.create(name="Lawyers"))
    return user


@pytest.fixture
def own_page(site, lawyer):
    """A page of the host's with a workflow of Wagtail's own."""
    stage = GroupApprovalTask.objects.create(name="Legal")
    stage.groups.set(lawyer.groups.all())
    workflow = Workflow.objects.create(name="Own")
    WorkflowTask.objects.create(workflow=workflow, task=stage, sort_order=0)
    page = site.root_page.add_child(instance=Page(title="Jobs", slug="jobs", live=False))
    page.save_revision()
    page.own = workflow
    return page


def mailed() -> list[tuple]:
    found = sorted((tuple(message.to), message.subject) for message in mail.outbox)
    mail.outbox.clear()
    return found


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_the_hosts_own_pages_are_mailed_about_as_before(own_page, lawyer, action):
    requester, boss = make.UserFactory(), make.UserFactory(is_superuser=True)

    state = own_page.own.start(own_page, requester).current_task_state.specific
    submitted = mailed()
    getattr(state, action)(user=None)
    ended = mailed()

    about = 'The page "Jobs" has been submitted for approval in moderation stage "Legal"'
    assert [(to, subject) for to, subject in submitted if "Legal" in subject] == [
        ((person.email,), about) for person in sorted([boss, lawyer], key=lambda p: p.email)
    ]
    assert len(submitted) == 3  # and the superuser hears of the workflow
    assert [to for to, _subject in ended] == [(requester.email,)]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_governed_pages_are_left_out(waiting, board, action):
    make.UserFactory(is_superuser=True)
    mail.outbox.clear()

    actions.decide(actor=board, task_state=waiting, action=action)

    assert mailed() == []


def test_nothing_is_mailed_while_somebody_submits(draft, leader, board):
    make.UserFactory(is_superuser=True)

    make.submit(draft, leader)

    assert mailed() == []


def receivers() -> list:
    """What is connected under the names of Wagtail's."""
    return [
        [call() for (key, *_rest), call, *_more in signal.receivers if key == uid]
        for signal, _sender, _notifier, uid in NOTIFIERS
    ]


def test_each_of_ours_stands_in_for_one_of_wagtails():
    theirs = [
        wagtails.task_submission_email_notifier,
        wagtails.workflow_submission_email_notifier,
        wagtails.workflow_rejection_email_notifier,
        wagtails.workflow_approval_email_notifier,
    ]

    assert receivers() == [[notifier] for _s, _m, notifier, _uid in NOTIFIERS]
    pairs = zip((notifier for _s, _m, notifier, _uid in NOTIFIERS), theirs, strict=True)
    assert [isinstance(our, type(their)) for our, their in pairs] == [True] * 4


def test_it_does_not_matter_who_comes_first():
    wagtails.register_signal_handlers()
    connect_notifiers()
    wagtails.register_signal_handlers()

    assert receivers() == [[notifier] for _s, _m, notifier, _uid in NOTIFIERS]


def test_what_the_host_took_out_stays_out():
    signal, sender, notifier, uid = NOTIFIERS[0]
    assert (signal, sender) == (task_submitted, TaskState)
    signal.disconnect(sender=sender, dispatch_uid=uid)
    try:
        connect_notifiers()
        assert receivers()[0] == []
    finally:
        signal.connect(notifier, sender=sender, dispatch_uid=uid)
