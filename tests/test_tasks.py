"""A background worker, where the host has one, is woken after the commit; nobody waits for it."""

import pytest
from django.core import mail
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend

from lpsa_wagtail.models import Delivery
from lpsa_wagtail.tasks import send_what_waits
from tests import factories as make


class BrokenBackend(DummyBackend):
    """A queue that our tasks do not reach."""

    def enqueue(self, task, args, kwargs):
        if task.func is send_what_waits.func:
            raise ConnectionError("nobody there")
        return super().enqueue(task, args, kwargs)


@pytest.fixture
def worker():
    """Let the host have this kind of background tasks; returns the backend."""

    def use(backend_class):
        task_backends["default"] = backend_class("default", {})
        return task_backends["default"]

    yield use
    del task_backends["default"]


@pytest.fixture
def submitted(django_capture_on_commit_callbacks):
    """Submit a post of a group to the Board; afterwards everything is committed."""

    def submit():
        group = make.group()
        leader = make.leader(of=group)
        make.board_member()
        page = make.draft(make.BlogPostFactory, group, owner=leader)
        with django_capture_on_commit_callbacks(execute=True):
            make.submit(page, leader)

    return submit


def ours(backend) -> list:
    """Tasks of ours that wait in the queue."""
    return [result for result in backend.results if result.task.func is send_what_waits.func]


def test_without_a_worker_nothing_is_sent_while_somebody_submits(worker, submitted):
    worker(ImmediateBackend)

    submitted()

    assert (Delivery.objects.count(), mail.outbox) == (0, [])


def test_a_worker_is_woken_and_sends(worker, submitted):
    backend = worker(DummyBackend)

    submitted()
    assert (len(ours(backend)), mail.outbox) == (1, [])
    send_what_waits.call()

    assert [message.subject.split(":")[0] for message in mail.outbox] == [
        "Waiting for your decision"
    ]


def test_a_worker_that_cannot_be_reached_is_no_error_of_who_submits(worker, submitted, caplog):
    worker(BrokenBackend)

    submitted()

    assert "no worker was woken: ConnectionError" in caplog.text
