"""A person says what became of an unknown message; nobody else does."""

import pytest
from wagtail.models import ModelLogEntry

from lpsa_wagtail.choices import DeliveryState
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import Delivery
from lpsa_wagtail.notifications import empty_outbox, resolve
from tests import factories as make


@pytest.fixture
def unknown(server, waiting):
    server.answers["DATA"] = "drop"
    empty_outbox()
    server.answers.clear()
    return Delivery.objects.get()


def test_what_arrived_is_sent(server, unknown):
    secretary = make.secretary()

    resolve(actor=secretary, delivery=unknown, arrived=True)
    empty_outbox()

    assert (Delivery.objects.get().state, len(server.taken)) == (DeliveryState.SENT, 1)
    entry = ModelLogEntry.objects.get(content_type__model="delivery")
    assert (entry.user, entry.label) == (secretary, f"delivery {unknown.pk}")
    assert entry.data == {"arrived": True}


def test_what_did_not_arrive_is_sent_again_with_the_same_id(server, unknown):
    resolve(actor=make.UserFactory(is_superuser=True), delivery=unknown, arrived=False)
    empty_outbox()

    assert Delivery.objects.get().state == DeliveryState.SENT
    ids = [message["Message-ID"] for message in server.messages]
    assert ids == [unknown.message_id] * 2


def test_it_is_said_once(server, unknown):
    resolve(actor=make.secretary(), delivery=unknown, arrived=True)

    with pytest.raises(AlreadyDecided):
        resolve(actor=make.secretary(), delivery=unknown, arrived=False)
    empty_outbox()

    assert len(server.taken) == 1


def test_only_the_secretariat_says_it(server, unknown, leader, board):
    for person in (leader, board, make.board_chair(), make.UserFactory()):
        with pytest.raises(NotAllowed):
            resolve(actor=person, delivery=unknown, arrived=True)

    assert Delivery.objects.get().state == DeliveryState.UNKNOWN
