"""Each message goes out once, whatever the mail server does; doubts are kept and shown."""

import datetime as dt

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DeliveryState, Outcome
from lpsa_wagtail.models import BlogPost, Delivery, Event, Membership
from lpsa_wagtail.notifications import deliver, empty_outbox, fan_out, sending
from lpsa_wagtail.notifications.delivery import LEASE, WAITS
from tests import factories as make
from tests import mail_server

SENT, DEFERRED, FAILED = DeliveryState.SENT, DeliveryState.DEFERRED, DeliveryState.FAILED
UNKNOWN, SUPPRESSED = DeliveryState.UNKNOWN, DeliveryState.SUPPRESSED


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def errors() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("last_error", flat=True))


def later(**delta):
    """So much later than now."""
    return time_machine.travel(timezone.now() + dt.timedelta(**delta), tick=False)


def test_a_message_is_taken_once(server, waiting, board):
    first, second = empty_outbox(), empty_outbox()

    assert (first.events, dict(first.states)) == (1, {SENT: 1})
    assert (second.events, dict(second.states)) == (0, {})
    assert server.recipients == [[board.email]]
    assert server.messages[0]["Message-ID"] == Delivery.objects.get().message_id
    assert (states(), Delivery.objects.get().attempts) == ([SENT], 1)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_after_a_temporary_refusal_it_is_sent_later(server, waiting, phase):
    server.answers[phase] = "451 4.7.1 <secret@example.org> try again"
    empty_outbox()
    assert (states(), server.taken) == ([DEFERRED], [])
    assert "example.org" not in errors()[0]
    assert errors()[0].endswith("451 4.7.1")

    server.answers.clear()
    empty_outbox()
    assert server.taken == []  # the wait is not over
    with later(minutes=WAITS[0], seconds=1):
        empty_outbox()

    assert (states(), len(server.taken)) == ([SENT], 1)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_after_a_final_refusal_it_is_not_tried_again(server, waiting, phase):
    server.answers[phase] = "550 5.1.1 <secret@example.org> unknown"
    empty_outbox()
    assert states() == [FAILED]
    assert errors()[0].endswith("550 5.1.1")

    server.answers.clear()
    with later(days=30):
        assert dict(empty_outbox().states) == {}
    assert server.taken == []


@pytest.mark.parametrize("phase", ["MAIL", "RCPT"])
def test_a_connection_lost_before_the_message_is_harmless(server, waiting, phase):
    server.answers[phase] = "drop"
    empty_outbox()
    assert (states(), errors()) == ([DEFERRED], ["SMTPServerDisconnected"])

    server.answers.clear()
    with later(minutes=2):
        empty_outbox()

    assert (states(), len(server.taken)) == ([SENT], 1)


def test_a_connection_lost_after_the_message_leaves_a_doubt_and_nothing_is_sent_twice(
    server, waiting
):
    server.answers["DATA"] = "drop"  # taken, but the answer never comes
    empty_outbox()
    assert (states(), len(server.taken)) == ([UNKNOWN], 1)

    server.answers.clear()
    with later(days=30):
        assert dict(empty_outbox().states) == {}
    assert (states(), len(server.taken)) == ([UNKNOWN], 1)


@pytest.mark.parametrize("dead", ["nobody listens", "silence"])
def test_with_a_dead_server_approving_works_and_the_mail_waits(
    waiting, board, leader, settings, django_capture_on_commit_callbacks, dead
):
    settings.LPSA_MAIL_TIMEOUT = 0.2
    server = mail_server.silent() if dead == "silence" else mail_server.sending_to(1)
    with server:
        empty_outbox()
        with django_capture_on_commit_callbacks(execute=True):
            actions.decide(actor=board, task_state=waiting, action="approve")
        empty_outbox()

    assert BlogPost.objects.get(pk=waiting.workflow_state.object_id).live
    assert states() == [DEFERRED, DEFERRED]
    with mail_server.listening() as alive, later(minutes=10):
        empty_outbox()
        assert alive.recipients == [[leader.email]]  # nothing waits for the Board any more
    assert states() == [SUPPRESSED, SENT]


def test_a_dead_server_is_asked_once_in_a_run(draft, leader):
    for _number in range(3):
        make.board_member()
    make.submit(draft, leader)

    with mail_server.sending_to(1):
        report = empty_outbox()

    assert dict(report.states) == {DEFERRED: 1}
    assert sorted(states()) == [DEFERRED, DeliveryState.PENDING, DeliveryState.PENDING]


def test_waits_grow_and_in_the_end_it_has_failed(server, waiting):
    server.answers["MAIL"] = "421 4.3.2 not now"
    waits = []
    fan_out(1)
    for _attempt in range(len(WAITS) + 1):
        Delivery.objects.update(next_at=timezone.now())
        deliver(1)
        row = Delivery.objects.get()
        waits.append(round((row.next_at - timezone.now()).total_seconds() / 60))

    assert waits[:-1] == list(WAITS)
    assert (states(), Delivery.objects.get().attempts) == ([FAILED], len(WAITS) + 1)
    assert errors() == ["given up: SMTPSenderRefused 421 4.3.2"]


def test_a_run_sends_no_more_than_it_may(server, draft, leader, settings):
    for _number in range(3):
        make.board_member()
    make.submit(draft, leader)
    settings.LPSA_MAILS_PER_RUN = 2

    assert dict(empty_outbox().states) == {SENT: 2}
    assert dict(empty_outbox().states) == {SENT: 1}
    assert len({tuple(to) for to in server.recipients}) == len(server.recipients) == 3


# Workers that vanish.


def test_what_a_worker_left_before_handing_over_is_sent_by_the_next(server, waiting):
    fan_out(1)
    Delivery.objects.claim(LEASE)
    assert dict(deliver(1)) == {}  # it is taken up

    with later(minutes=11):
        assert dict(deliver(1)) == {SENT: 1}
    assert len(server.taken) == 1


def test_what_a_worker_left_while_handing_over_is_unknown_and_not_sent_again(server, waiting):
    fan_out(1)
    taken_up = Delivery.objects.claim(LEASE)
    Delivery.objects.held(taken_up).update(data_started_at=timezone.now())

    with later(minutes=11):
        assert dict(deliver(1)) == {}
    with later(days=30):
        assert dict(deliver(1)) == {}
    assert (states(), server.taken) == ([UNKNOWN], [])


def test_a_worker_that_lost_its_lease_does_not_hand_over(server, waiting, monkeypatch):
    fan_out(1)
    hand_over = sending.MailServer.hand_over

    def too_late(self, message, before_data):
        Delivery.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        hand_over(self, message, before_data)

    monkeypatch.setattr(sending.MailServer, "hand_over", too_late)
    deliver(1)
    assert (states(), server.taken) == ([DeliveryState.IN_FLIGHT], [])

    monkeypatch.undo()
    assert dict(deliver(1)) == {SENT: 1}
    assert len(server.taken) == 1


def test_a_slow_worker_that_comes_back_settles_its_own_doubt(server, waiting, monkeypatch):
    fan_out(1)
    hand_over = sending.MailServer.hand_over

    def slow(self, message, before_data):
        hand_over(self, message, before_data)
        with later(minutes=11):
            Delivery.objects.release_expired()
        assert states() == [UNKNOWN]

    monkeypatch.setattr(sending.MailServer, "hand_over", slow)
    deliver(1)

    assert (states(), len(server.taken)) == ([SENT], 1)


def test_an_error_that_nobody_foresaw_stops_neither_the_others_nor_the_run(
    server, waiting, draft, monkeypatch, caplog
):
    make.board_member()
    fan_out(1)
    broken = Delivery.objects.order_by("pk").first()
    build = actions.record_event  # anything that fails with this call

    def fails(delivery, notice, user):
        return build() if delivery.pk == broken.pk else real(delivery, notice, user)

    from lpsa_wagtail.notifications import delivery as module

    real = module.build
    monkeypatch.setattr(module, "build", fails)

    deliver(10)

    assert states()[0] == DEFERRED
    assert errors()[0] == "TypeError"
    assert "@" not in caplog.text


def test_an_event_that_cannot_be_worked_out_does_not_hold_up_the_others(server, waiting, caplog):
    Event.objects.bulk_create(
        [Event(key="odd", kind="submitted", page_id=1, data={"task_state": "no number"})]
    )
    order = Event.objects.to_fan_out().values_list("key", flat=True)
    assert list(order)[-1] == "odd"

    assert fan_out(10) == 1
    assert list(Event.objects.to_fan_out().values_list("key", flat=True)) == ["odd"]
    assert "was not fanned out: ValueError" in caplog.text


# Nobody is told twice, nor what is over.


def test_publishing_again_tells_nobody(server, waiting, board, leader):
    actions.decide(actor=board, task_state=waiting, action="approve")
    empty_outbox()
    before = list(server.taken)
    page = BlogPost.objects.get(pk=waiting.workflow_state.object_id)

    page.get_latest_revision().publish()
    page.save()
    empty_outbox()

    assert server.taken == before
    assert server.recipients == [[leader.email]]


def test_who_decided_in_time_is_not_asked_to_decide(server, waiting, board):
    fan_out(1)
    actions.decide(actor=board, task_state=waiting, action="reject", comment="Shorter")

    deliver(1)

    assert (states(), server.taken) == ([SUPPRESSED], [])


def test_an_ex_chair_hears_nothing_after_the_role_ended(server, waiting, board, leader):
    actions.decide(actor=board, task_state=waiting, action="reject", comment="Shorter")
    fan_out(10)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.update(end=yesterday)

    deliver(10)

    assert server.taken == []
    assert states() == [SUPPRESSED]  # what was submitted waits no more, so it was never a row
    assert Delivery.objects.get().recipient == leader


def test_an_account_that_was_closed_or_has_no_address_gets_nothing(server, waiting, board):
    fan_out(1)
    type(board).objects.filter(pk=board.pk).update(is_active=False)

    deliver(1)

    assert (states(), server.taken) == ([SUPPRESSED], [])


def test_an_address_that_is_none_has_failed(server, waiting, board):
    type(board).objects.filter(pk=board.pk).update(email="a@example.org, b@example.org")

    empty_outbox()

    assert (states(), server.tried) == ([FAILED], [])
    assert errors() == ["the address cannot be used"]


def test_a_final_state_is_never_left(server, waiting):
    empty_outbox()

    Delivery.objects.update(state=DeliveryState.PENDING)
    Delivery.objects.filter(attempts=F("attempts")).update(attempts=9)

    assert (states(), Delivery.objects.get().attempts) == ([SENT], 1)


def test_an_override_goes_to_the_whole_board(server, draft):
    members = [make.board_member(), make.board_chair()]

    actions.record_decision(
        actor=None, content=draft, outcome=Outcome.OVERRIDE, stage="content", comment="Urgent"
    )
    empty_outbox()

    assert sorted(server.recipients) == sorted([member.email] for member in members)
