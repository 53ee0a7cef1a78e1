"""The page on which an invitation is answered. Opening it changes nothing."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DeliveryState, Role
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Delivery, Invitation, Member, Membership
from lpsa_wagtail.notifications import empty_outbox
from lpsa_wagtail.permissions import token_of
from lpsa_wagtail.permissions.invitations import SALT
from tests import factories as make
from tests import mail_server


@pytest.fixture
def group():
    return make.group(title="Rivers")


@pytest.fixture
def chair(group):
    leader = make.leader(of=group)
    leader.first_name, leader.last_name = "Ada", "Chair"
    leader.save()
    return leader


@pytest.fixture
def invitation(group, chair):
    return actions.invite(
        actor=chair,
        record=group.record,
        role=Role.GUEST,
        email="ann@example.net",
        name="Ann Sample",
        organisation="Town hall",
    )


def to_lead(group):
    return actions.invite(
        actor=make.secretary(),
        record=group.record,
        role=Role.CO_CHAIR,
        email="lea@example.net",
        name="Lea Sample",
    )


def page_of(invitation):
    return reverse("lpsa_wagtail:invitation", args=[token_of(invitation)])


def answer(client, invitation, word):
    return client.post(page_of(invitation), {"answer": word})


def state():
    """All rows that an answer could change."""
    models = (Invitation, Membership, Member, get_user_model())
    return [list(model.objects.order_by("pk").values()) for model in models]


NAMES = ("Ann", "ann@", "Rivers", "Ada", "Town hall", "Guest", "Member")


def test_the_mail_leads_to_the_page(group, chair, invitation):
    with mail_server.listening() as server:
        assert dict(empty_outbox().states) == {DeliveryState.SENT: 1}

    message = server.messages[0]
    delivery = Delivery.objects.get()
    assert delivery.recipient_id == f"member:{invitation.membership.member.pk}"
    assert delivery.recipient == invitation.membership.member
    assert server.recipients == [["ann@example.net"]]
    text = message.get_body(("plain",)).get_content()
    link = re.search(r"https?://[^/\s]+(/lpsa/invitation/\S+)", text).group(1)
    assert Client().get(link).status_code == 200
    assert "Ada Chair invites you to the working group “Rivers”. Your role would be: Guest." in text
    assert "Town hall" not in text


def test_the_mail_is_not_sent_to_who_has_answered(invitation):
    actions.decline_invitation(actor=None, invitation=invitation)

    with mail_server.listening() as server:
        empty_outbox()

    assert server.taken == []


def test_a_mail_that_waited_goes_to_the_newer_address_or_not_at_all(invitation):
    Member.objects.filter(name="Ann Sample").update(email="anna@example.net")

    with mail_server.listening() as server:
        empty_outbox()

    assert server.recipients == [["anna@example.net"]]


def test_the_page_says_who_invites_to_what_and_what_will_be_shown(client, invitation):
    text = client.get(page_of(invitation)).content.decode()

    for words in ("Ada Chair", "Ann Sample", "Rivers", "Guest", "Town hall"):
        assert words in text
    assert "You are not named on the page of the group." in text
    assert "Everybody, on the page of the group" not in text


def test_of_a_leader_everybody_will_read_the_name(client, group):
    text = client.get(page_of(to_lead(group))).content.decode()

    assert "Everybody, on the page of the group: your name and your role." in text
    assert "You are not named" not in text


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch"])
def test_opening_changes_nothing(client, group, invitation, method):
    before = state()

    for one in (invitation, to_lead(group)):
        before = state()
        for _time in range(2):
            getattr(client, method)(page_of(one))

    assert state() == before


def test_a_post_without_an_answer_changes_nothing(client, invitation):
    before = state()

    for data in ({}, {"answer": "maybe"}, {"answer": "password"}, {"answer": ""}):
        assert client.post(page_of(invitation), data).status_code == 200

    assert state() == before


def test_accepting_works_without_cookies_and_once(invitation):
    strict = Client(enforce_csrf_checks=True)

    said = answer(strict, invitation, "accept")
    again = answer(strict, invitation, "decline")

    assert (said.status_code, again.status_code) == (200, 410)
    assert "You accepted the role" in said.content.decode()
    assert Membership.objects.get(role=Role.GUEST).accepted_at is not None
    assert strict.cookies == {}


def test_declining(client, invitation):
    assert answer(client, invitation, "decline").status_code == 200
    assert client.get(page_of(invitation)).status_code == 410
    assert list(Membership.objects.on().filter(role=Role.GUEST)) == []


def test_a_leader_chooses_a_password_next(client, group):
    invitation = to_lead(group)

    said = answer(client, invitation, "accept")

    assert said.status_code == 303
    form = client.get(said.url, follow=True)
    data = {"new_password1": "a-long-secret-7", "new_password2": "a-long-secret-7"}
    client.post(form.redirect_chain[-1][0], data)
    account = get_user_model().objects.get(email="lea@example.net")
    assert account.check_password("a-long-secret-7") is True


def test_who_did_not_choose_one_can_do_so_later_and_then_not_again(client, group):
    invitation = to_lead(group)
    answer(client, invitation, "accept")

    page = client.get(page_of(invitation))
    assert (page.status_code, "Choose a password" in page.content.decode()) == (200, True)
    assert answer(client, invitation, "password").status_code == 303

    account = get_user_model().objects.get(email="lea@example.net")
    account.set_password("chosen")
    account.save()
    assert "Choose a password" not in client.get(page_of(invitation)).content.decode()
    assert answer(client, invitation, "password").status_code == 410


def test_the_way_to_a_password_ends_with_the_invitation(client, group):
    invitation = to_lead(group)
    answer(client, invitation, "accept")
    Invitation.objects.update(expires_at=timezone.now())

    assert answer(client, invitation, "password").status_code == 410


def test_where_passwords_are_not_kept_here_a_leader_is_thanked(client, group, settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False

    assert answer(client, to_lead(group), "accept").status_code == 200


def test_whose_address_has_an_account_logs_in_first(client, group):
    account = make.UserFactory(email="lea@example.net")
    invitation = to_lead(group)

    said = answer(client, invitation, "accept")
    assert (said.status_code, Membership.objects.get().accepted_at) == (200, None)
    assert "/admin/login/?next=%2Flpsa%2Finvitation%2F" in said.content.decode()
    client.force_login(account)
    assert answer(client, invitation, "accept").status_code == 200

    assert Member.objects.get(email="lea@example.net").user == account


def bad_tokens(invitation):
    good = token_of(invitation)
    return [
        "x",
        good[:-1],
        good + "x",
        good.swapcase(),
        signing.dumps([invitation.pk.hex, "0" * 16], salt=SALT),
        signing.dumps([invitation.pk.hex, "0" * 16], salt="another"),
        signing.dumps([str(invitation.membership_id)], salt="lpsa_wagtail.decision"),
        "%00",
        "a" * 5000,
    ]


def test_a_bad_token_names_nobody(client, invitation):
    before = state()
    for token in bad_tokens(invitation):
        for method in (client.get, client.post):
            page = method(f"/lpsa/invitation/{token}/", {"answer": "accept"})
            assert page.status_code == 404
            text = page.content.decode()
            assert [name for name in NAMES if name in text] == []
    assert state() == before


@pytest.mark.parametrize("over", ["expired", "ended", "accepted", "declined", "newer", "dissolved"])
def test_what_is_over_says_so_and_names_nobody(client, group, chair, invitation, over):
    role = invitation.membership
    if over == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif over == "ended":
        day = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(pk=role.pk).update(start=day, end=day)
    elif over == "newer":
        actions.invite_again(actor=chair, membership=role)
    elif over == "dissolved":
        type(group.record).objects.update(state="dissolved")
    else:
        answer(client, invitation, "accept" if over == "accepted" else "decline")
    before = state()

    for page in (client.get(page_of(invitation)), answer(client, invitation, "accept")):
        text = page.content.decode()
        words = text.split("<main", 1)[-1].split("</main>")[0]
        assert page.status_code == 410
        assert [name for name in NAMES if name in words] == []
    assert state() == before


def test_a_link_to_a_wrong_address_dies_when_that_is_mended(client, invitation):
    sent = page_of(invitation)
    Member.objects.filter(email="ann@example.net").update(email="anna@example.net")

    assert client.get(sent).status_code == 404


def test_a_deleted_role_leaves_nothing_to_answer(client, invitation):
    sent = page_of(invitation)
    invitation.membership.delete()

    assert client.get(sent).status_code == 404


def test_a_link_outlives_the_change_of_the_secret_key(client, invitation, settings):
    sent = page_of(invitation)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert client.get(sent).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(sent).status_code == 404


def test_the_page_is_kept_by_nobody_and_found_by_nobody(client, invitation):
    for page in (client.get(page_of(invitation)), client.get("/lpsa/invitation/x/")):
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_what_people_typed_is_text(client, group, chair, invitation):
    Member.objects.filter(name="Ann Sample").update(name="<b>Ann</b>")
    Membership.objects.filter(pk=invitation.membership_id).update(organisation="<script>x</script>")

    text = client.get(page_of(invitation)).content.decode()

    assert ("<b>Ann" in text, "<script>x" in text) == (False, False)


def test_how_long_it_holds_is_a_setting(group, settings):
    settings.LPSA_INVITATION_DAYS = 3

    invitation = to_lead(group)

    assert (invitation.expires_at - invitation.created_at).days in (2, 3)


def test_a_link_that_works_is_not_written_into_the_log(client, group, invitation, caplog):
    make.UserFactory(email="lea@example.net")
    for one in (invitation, to_lead(group)):
        client.get(page_of(one))
        answer(client, one, "maybe")
        answer(client, one, "accept")

    assert [
        record.getMessage() for record in caplog.records if "/lpsa/" in record.getMessage()
    ] == []


def test_without_our_urls_nobody_is_invited_into_the_void(group, chair, settings):
    settings.ROOT_URLCONF = "tests.views.urls_without_ours"

    with pytest.raises(NotAllowed, match=r"lpsa_wagtail\.urls is not included"):
        actions.invite(
            actor=chair, record=group.record, role=Role.GUEST, email="a@example.net", name="A"
        )
