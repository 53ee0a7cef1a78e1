"""Deliveries move only by the steps of their queryset, and never out of a final state."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lpsa_wagtail.choices import FINAL_STATES, DeliveryState
from lpsa_wagtail.models import Delivery, Event
from lpsa_wagtail.models.decisions import AppendOnly

LEASE = dt.timedelta(minutes=10)


@pytest.fixture
def event():
    return Event.objects.create(key="fact", kind="decided", page_title="Rivers")


def add(event, number=1, **fields):
    names = {"channel": "mail", "recipient_id": str(number), "message_id": f"<{number}@x>"}
    return Delivery.objects.create(event=event, **names, **fields)


def state_of(delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def test_a_person_is_told_of_an_event_once_on_each_channel(event):
    add(event)
    again = {"channel": "mail", "recipient_id": "1", "message_id": "<another@x>"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(event=event, **again)


def test_an_event_is_marked_as_fanned_out_once(event):
    assert [row.pk for row in Event.objects.to_fan_out()] == [event.pk]

    marked = [Event.objects.filter(pk=event.pk).mark_fanned_out() for _time in range(2)]

    assert (marked, list(Event.objects.to_fan_out())) == ([1, 0], [])


@pytest.mark.parametrize("state", FINAL_STATES)
def test_a_final_state_is_never_left(event, state):
    delivery = add(event, state=state)

    assert Delivery.objects.update(state=DeliveryState.PENDING) == 0
    assert Delivery.objects.filter(pk=delivery.pk).update(attempts=7) == 0
    assert Delivery.objects.claim(LEASE) is None
    assert (state_of(delivery), Delivery.objects.get().attempts) == (state, 0)


def test_rows_are_neither_saved_again_nor_removed(event):
    delivery = add(event)

    for change in (delivery.save, delivery.delete, Delivery.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        Delivery.objects.bulk_update([delivery], ["state"])


def test_the_longest_overdue_is_taken_up_first_and_what_is_not_due_waits(event):
    now = timezone.now()
    add(event, 1, next_at=now + dt.timedelta(hours=1))
    add(event, 2, next_at=now - dt.timedelta(minutes=1))
    add(event, 3, next_at=now - dt.timedelta(minutes=2), state=DeliveryState.DEFERRED)

    claimed = [Delivery.objects.claim(LEASE) for _number in range(3)]

    assert [row and row.recipient_id for row in claimed] == ["3", "2", None]
    assert (claimed[0].state, claimed[0].attempts) == (DeliveryState.IN_FLIGHT, 1)
    assert claimed[0].lease_token != claimed[1].lease_token


def test_a_claim_holds_until_somebody_else_has_it(event):
    add(event)
    first = Delivery.objects.claim(LEASE)
    assert Delivery.objects.held(first).count() == 1

    Delivery.objects.update(lease_until=timezone.now() - LEASE)
    Delivery.objects.release_expired()
    assert Delivery.objects.held(first).count() == 0
    second = Delivery.objects.claim(LEASE)

    assert [Delivery.objects.held(row).count() for row in (first, second)] == [0, 1]


def test_what_was_let_go_is_tried_again_unless_it_was_being_handed_over(event):
    past = timezone.now() - LEASE
    flying = {"state": DeliveryState.IN_FLIGHT, "lease_token": "x"}
    before = add(event, 1, lease_until=past, **flying)
    after = add(event, 2, lease_until=past, data_started_at=past, **flying)
    held = add(event, 3, lease_until=timezone.now() + LEASE, **flying)

    assert Delivery.objects.release_expired() == (1, 1)

    states = [state_of(delivery) for delivery in (before, after, held)]
    assert states == [DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.IN_FLIGHT]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole file")
def test_rows_that_another_worker_is_taking_are_passed_over(event):
    add(event)

    with CaptureQueriesContext(connection) as queries:
        Delivery.objects.claim(LEASE)

    claims = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert ["FOR UPDATE SKIP LOCKED" in sql for sql in claims] == [True]
