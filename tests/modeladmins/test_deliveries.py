"""Who was told of what, for the secretariat alone."""

import datetime as dt

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DeliveryState
from lpsa_wagtail.models import Delivery
from tests import factories as make
from tests.modeladmins.lists import errors, listed, url


def people(group):
    """Everybody who may not see deliveries."""
    return {
        "chair": make.leader(of=group),
        "former chair": make.leader(of=group, end=dt.date(2021, 1, 1)),
        "other chair": make.leader(of=make.group()),
        "board": make.board_member(),
        "board chair": make.board_chair(),
        "nobody": None,
    }


@pytest.fixture
def delivery(group):
    person = make.UserFactory(first_name="Amina", last_name="Reader", email="amina@example.net")
    event = actions.record_event(actor=None, kind="override", key="fact:1", page=group)
    return Delivery.objects.create(
        event=event,
        channel="mail",
        recipient_id=str(person.pk),
        message_id="<1@example.org>",
        state=DeliveryState.UNKNOWN,
    )


def test_deliveries_are_read_by_the_secretariat_and_superusers_alone(client, group, delivery):
    read = [url("deliveries"), url("deliveries", "inspect", delivery.pk)]
    settle = url("deliveries", "edit", delivery.pk)
    for user in (make.secretary(), make.UserFactory(is_superuser=True)):
        client.force_login(user)
        assert [client.get(address).status_code for address in (*read, settle)] == [200] * 3
        for address in (url("deliveries", "create"), url("deliveries", "delete", delivery.pk)):
            assert [client.get(address).status_code, client.post(address).status_code] == [302, 302]
    for user in filter(None, people(group).values()):
        client.force_login(user)
        for address in (*read, settle):
            assert client.get(address).status_code == 302
            assert client.post(address, {"arrived": "yes"}).status_code == 302
    assert Delivery.objects.get().state == DeliveryState.UNKNOWN


def test_deliveries_show_names_and_no_addresses(client, secretary, delivery):
    account = make.UserFactory(username="someone@example.net", email="someone@example.net")
    Delivery.objects.create(
        event=delivery.event, channel="mail", recipient_id=str(account.pk), message_id="<2@x>"
    )
    pages = [
        url("deliveries"),
        f"{url('deliveries')}?export=csv",
        url("deliveries", "inspect", delivery.pk),
        url("deliveries", "edit", delivery.pk),
    ]

    shown = [client.get(page).getvalue().decode() for page in pages]

    assert ["example.net" in text for text in shown] == [False] * 4
    assert ["Amina Reader" in text for text in shown[:2]] == [True] * 2


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"state": "unknown"}, 1),
        ({"state": "sent"}, 0),
        ({"kind": "override"}, 1),
        ({"kind": "submitted"}, 0),
        ({"q": "finance"}, 1),
        ({"q": "amina"}, 0),
        ({"event__page_id": "0"}, 1),
    ],
)
def test_deliveries_are_found_by_state_kind_and_page(client, secretary, delivery, params, count):
    assert len(listed(client, "deliveries", **params)) == count


@pytest.mark.parametrize(
    ("arrived", "state"), [("yes", DeliveryState.SENT), ("no", DeliveryState.PENDING)]
)
def test_an_unknown_delivery_is_settled_once(client, secretary, delivery, arrived, state):
    assert "Say what became of it" in client.get(url("deliveries")).content.decode()
    settle = url("deliveries", "edit", delivery.pk)

    answer = client.post(settle, {"arrived": arrived})

    assert (answer.status_code, Delivery.objects.get().state) == (302, state)
    client.post(settle, {"arrived": "no" if arrived == "yes" else "yes"})
    assert Delivery.objects.get().state == state
    assert "Say what became of it" not in client.get(url("deliveries")).content.decode()


def test_an_answer_is_needed(client, secretary, delivery):
    answer = client.post(url("deliveries", "edit", delivery.pk), {"arrived": "maybe"})

    assert list(errors(answer)) == ["arrived"]
    assert Delivery.objects.get().state == DeliveryState.UNKNOWN
