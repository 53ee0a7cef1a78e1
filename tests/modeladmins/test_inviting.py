"""Inviting people and ending roles in the admin. What the answers show, and what they do not."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, Role
from lpsa_wagtail.models import Delivery, Event, Invitation, Member, Membership, WorkingGroupRecord
from lpsa_wagtail.permissions.invitations import PER_DAY
from tests import factories as make
from tests.modeladmins.lists import buttons, errors, listed, rows, url

KNOWN = {
    "name": "Zola Known",
    "email": "ann@example.net",
    "affiliation": "Known Affiliation",
    "country": "KE",
}


@pytest.fixture
def chair(client, group):
    user = make.leader(of=group)
    Membership.objects.update(accepted_at=timezone.now())
    client.force_login(user)
    return user


def form(group, **fields):
    return {
        "record": group.record.pk,
        "email": "Ann@Example.net",
        "name": "Ann Typed",
        "role": "guest",
        "organisation": "Town hall",
        "start": "2026-01-01",
        **fields,
    }


def invite(client, group, **fields):
    return client.post(url("memberships", "invite"), form(group, **fields))


def everything(client) -> str:
    """All that a chair can read of the register, in one text."""
    row = Membership.objects.latest("pk")
    pages = [
        client.get(url(model), {**asked, **export})
        for model in ("members", "memberships")
        for asked in ({}, {"o": "0"}, {"o": "-0"}, {"when": "now"}, {"on": "2026-02-01"})
        for export in ({}, {"export": "csv"})
    ]
    pages += [client.get(url("memberships", view, row.pk)) for view in ("edit", "history", "end")]
    pages.append(client.get(url("memberships", "invite_again", row.pk)))
    return "".join(page.getvalue().decode() for page in pages)


def test_a_new_person_is_entered_and_mailed(client, group, chair):
    answer = invite(client, group)

    assert errors(answer) == {}
    role = Membership.objects.get(role=Role.GUEST)
    assert (role.member.name, role.member.email) == ("Ann Typed", "ann@example.net")
    assert (role.organisation, str(role.start), role.accepted_at) == (
        "Town hall",
        "2026-01-01",
        None,
    )
    invitation = Invitation.objects.get()
    assert (invitation.membership, invitation.invited_by_id) == (role, str(chair.pk))
    assert [event.kind for event in Event.objects.filter(kind="invited")] == ["invited"]


def test_whether_an_address_is_known_cannot_be_told_from_any_answer(client, group, chair):
    """All that the chair can read afterwards, with the person in the register and without."""
    seen = []
    for known in (False, True):
        Membership.objects.filter(role=Role.GUEST).delete()
        Member.objects.filter(user=None).delete()
        if known:
            member = make.MemberFactory(**KNOWN)
            make.MembershipFactory(member=member, group=make.group().record, role=Role.GUEST)
        answer = invite(client, group)
        said = [str(message) for message in answer.wsgi_request._messages]
        text = everything(client)
        found = listed(client, "memberships", q="ann@example.net")
        hidden = [listed(client, "memberships", q=word) for word in ("Zola", "Typed")]
        seen.append((answer.status_code, answer.url, said, found, hidden))
        assert [word in text for word in ("Zola", "Known", "Typed")] == [False] * 3

    assert seen[0] == seen[1]
    assert seen[0][3:] == (["ann@example.net"], [[], []])


def test_the_secretariat_sees_the_name(client, group, chair):
    make.MemberFactory(**KNOWN)
    invite(client, group)
    client.force_login(make.secretary())

    assert listed(client, "memberships", q="Zola") == ["Zola Known"]


def test_when_accepted_the_chair_sees_the_person(client, group, chair):
    make.MemberFactory(**KNOWN)
    invite(client, group)
    actions.accept_invitation(actor=None, invitation=Invitation.objects.get())

    assert listed(client, "memberships", q="Zola") == ["Zola Known"]
    assert rows(client.get(url("members"), {"export": "csv", "q": "Zola"}))[0]["E-Mail"] == (
        "ann@example.net"
    )


def test_the_name_of_a_person_in_the_register_stays(client, group, chair):
    member = make.MemberFactory(**KNOWN)

    invite(client, group, name="Somebody Else", organisation="")

    assert Membership.objects.get(role=Role.GUEST).member == member
    assert Member.objects.get(pk=member.pk).name == "Zola Known"


def test_the_same_role_twice_is_refused_with_a_sentence(client, group, chair):
    invite(client, group)

    answer = invite(client, group)

    assert list(errors(answer)) == ["role"]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "co-chair"}, "role"),
        ({"role": "coordinator"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@example.net, b@example.net"}, "email"),
        ({"email": "a\x00@example.net"}, "email"),
        ({"name": ""}, "name"),
        ({"start": "soon"}, "start"),
        ({"record": "x"}, "record"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client, group, chair, fields, field):
    answer = invite(client, group, **fields)

    assert list(errors(answer)) == [field]
    assert Invitation.objects.count() == 0


def test_to_another_group_or_one_that_is_no_more_nobody_is_invited(client, group, chair):
    other = make.group(title="Theirs")
    for record in (other.record.pk, 999999):
        assert list(errors(invite(client, group, record=record))) == ["record"]
    assert "Theirs" not in client.get(url("memberships", "invite")).content.decode()

    WorkingGroupRecord.objects.filter(pk=group.record.pk).update(state=GroupState.DISSOLVED)
    assert client.get(url("memberships", "invite")).status_code == 302
    assert invite(client, group).status_code == 302
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.GUEST])
def test_who_is_no_co_chair_invites_nobody(client, group, role):
    client.force_login(make.leader(of=group, role=role))

    assert client.get(url("memberships", "invite")).status_code == 302
    assert invite(client, group).status_code == 302
    assert Invitation.objects.count() == 0


def test_the_secretariat_invites_to_any_role(client, group, secretary):
    assert errors(invite(client, group, role="co-chair")) == {}
    assert Membership.objects.get().role == Role.CO_CHAIR


def test_a_chair_sends_only_so_many_a_day(client, group, chair):
    role = make.MembershipFactory(group=group.record, role=Role.GUEST)
    soon = timezone.now() + dt.timedelta(days=1)
    Invitation.objects.bulk_create(
        Invitation(membership=role, expires_at=soon, invited_by_id=str(chair.pk))
        for _number in range(PER_DAY)
    )

    answer = invite(client, group)

    assert list(errors(answer)) == ["__all__"]
    Invitation.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert errors(invite(client, group)) == {}


def test_an_open_invitation_is_sent_again(client, group, chair):
    invite(client, group)
    role = Membership.objects.get(role=Role.GUEST)
    labels = ["Edit", "End this role", "Invite again"]
    assert buttons(client, "memberships", "ann@example.net") == labels
    again = url("memberships", "invite_again", role.pk)

    assert client.get(again).status_code == 200
    assert Invitation.objects.count() == 1
    client.post(again)
    assert Invitation.objects.count() == 2
    actions.accept_invitation(actor=None, invitation=Invitation.objects.latest("created_at"))

    assert client.post(again).status_code == 302
    assert Invitation.objects.count() == 2


# Ending.


def end(client, role, day):
    return client.post(url("memberships", "end", role.pk), {"end": day})


def test_a_chair_ends_an_ordinary_role(client, group, chair):
    role = make.MembershipFactory(group=group.record, role=Role.GUEST)

    assert errors(end(client, role, "2026-03-31")) == {}

    assert str(Membership.objects.get(pk=role.pk).end) == "2026-03-31"
    history = client.get(url("memberships", "history", role.pk))
    assert history.status_code == 302  # what is over is the secretariat's


@pytest.mark.parametrize("day", ["2019-12-31", "", "soon", "2026-02-31"])
def test_a_day_that_cannot_be_is_refused(client, group, chair, day):
    role = make.MembershipFactory(group=group.record, role=Role.GUEST)

    assert list(errors(end(client, role, day))) == ["end"]
    assert Membership.objects.get(pk=role.pk).end is None


def test_the_secretariat_ends_a_leaders_role_and_the_rights_go(client, group, secretary):
    leader = make.leader(of=group)
    role = Membership.objects.get()

    end(client, role, "2026-03-31")

    assert leader.groups.filter(pk=group.record.auth_group_id).exists() is False


# Who held which role on a day.


def test_the_list_of_a_day_has_who_held_a_role_then(client, group, secretary):
    for name, days in {
        "Before": {"end": dt.date(2023, 5, 1)},
        "Then": {"start": dt.date(2023, 5, 2), "end": dt.date(2023, 5, 2)},
        "Long": {},
        "After": {"start": dt.date(2023, 5, 3)},
        "Declined": {},
    }.items():
        role = make.MembershipFactory(
            member__name=name, group=group.record, role=Role.GUEST, **days
        )
    actions.invite_again(actor=None, membership=role)
    Invitation.objects.update(declined_at=timezone.now())

    found = listed(client, "memberships", on="2023-05-02")
    table = rows(client.get(url("memberships"), {"on": "2023-05-02", "export": "csv"}))

    assert found == ["Long", "Then"]
    assert [row["Member"] for row in table] == found


@pytest.mark.parametrize("day", ["2023-02-31", "soon", "0", "9" * 30, "\x00", "2023-05-02' OR 1=1"])
def test_what_is_no_day_shows_a_sentence_and_nobody(client, group, secretary, day):
    make.MembershipFactory(group=group.record, role=Role.GUEST)

    answer = client.get(url("memberships"), {"on": day, "when": "now"})

    assert "is no date" in answer.content.decode()
    assert list(answer.context["object_list"]) == []
    assert rows(client.get(url("memberships"), {"on": day, "export": "csv"})) == []


def test_a_day_keeps_the_other_filters(client, group, secretary):
    make.MembershipFactory(group=group.record)

    page = client.get(url("memberships"), {"role": "guest", "on": "2023-05-02", "q": "a"})

    form = BeautifulSoup(page.content, "html.parser").select_one("form.lpsa-filter")
    sent = [(field["name"], field["value"]) for field in form.select("input")]
    assert sent == [("role", "guest"), ("q", "a"), ("on", "2023-05-02")]


def test_no_mail_goes_out_before_the_outbox_is_emptied(client, group, chair, mailoutbox):
    invite(client, group)

    assert (mailoutbox, Delivery.objects.count()) == ([], 0)
