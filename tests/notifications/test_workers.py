"""Several workers at once, and one that dies: with real commits, on either database."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DeliveryState
from lpsa_wagtail.models import Delivery, Event
from lpsa_wagtail.notifications import deliver, empty_outbox, fan_out
from lpsa_wagtail.notifications.delivery import LEASE
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS, READERS, PAGES = 4, 3, 3


def at_once(work, count=WORKERS) -> list:
    """What ``work`` returned, or raised, in so many threads that begin together."""
    barrier, results = threading.Barrier(count), []

    def run():
        try:
            barrier.wait(timeout=30)
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.fixture
def busy(group, leader):
    """Three pages that wait, each for three members of the Board."""
    readers = [make.board_member() for _number in range(READERS)]
    for _number in range(PAGES):
        make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)
    return readers


def test_several_ticks_at_once_send_each_message_once(server, busy):
    reports = at_once(empty_outbox)
    while empty_outbox().states:  # what one left while another was at it
        pass

    assert [report for report in reports if isinstance(report, Exception)] == []
    expected = Counter({reader.email: PAGES for reader in busy})
    assert Counter(address for to in server.recipients for address in to) == expected
    ids = [message["Message-ID"] for message in server.messages]
    assert sorted(ids) == sorted(Delivery.objects.values_list("message_id", flat=True))
    assert Counter(Delivery.objects.values_list("state", "attempts")) == {("sent", 1): 9}


def test_several_workers_write_down_each_event_once(busy):
    done = at_once(lambda: fan_out(100))

    assert sum(done) == Event.objects.count() == PAGES
    assert Delivery.objects.count() == PAGES * READERS


def test_several_workers_take_up_different_messages(busy):
    fan_out(100)

    claimed = at_once(lambda: Delivery.objects.claim(LEASE))

    taken_up = [delivery.pk for delivery in claimed if delivery]
    assert len(set(taken_up)) == len(taken_up)
    assert Delivery.objects.filter(state=DeliveryState.IN_FLIGHT).count() == len(taken_up)
    assert set(Delivery.objects.filter(pk__in=taken_up).values_list("attempts", flat=True)) == {1}


def test_a_worker_that_dies_after_handing_over_leaves_a_doubt_and_no_second_message(
    server, waiting, monkeypatch
):
    from lpsa_wagtail.notifications import delivery as module

    class Killed(BaseException):
        pass

    def dies(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(module, "_finish", dies)
    with pytest.raises(Killed):
        empty_outbox()
    connection.close()
    monkeypatch.undo()

    row = Delivery.objects.get()
    assert (row.state, row.data_started_at is not None) == (DeliveryState.IN_FLIGHT, True)
    Delivery.objects.update(lease_until=timezone.now())
    deliver(10)
    deliver(10)
    assert Delivery.objects.get().state == DeliveryState.UNKNOWN
    assert len(server.taken) == 1


def test_nothing_is_sent_inside_a_transaction(server, waiting):
    fan_out(10)

    with pytest.raises(RuntimeError), transaction.atomic():
        deliver(10)

    assert server.tried == []


def test_what_is_rolled_back_is_told_to_nobody(server, draft, leader, board):
    with transaction.atomic():
        make.submit(draft, leader)
        transaction.set_rollback(True)
    empty_outbox()

    assert (Event.objects.count(), server.tried) == (0, [])


def test_a_refused_decision_is_told_to_nobody(server, waiting, leader):
    empty_outbox()
    server.tried.clear()

    with pytest.raises(actions.decisions.NotAllowed):
        actions.decide(actor=leader, task_state=waiting, action="approve")
    empty_outbox()

    assert (Event.objects.count(), server.tried) == (1, [])
