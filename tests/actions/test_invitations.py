"""What accepting and declining do, and who else could."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.exceptions import LogInFirst, NotAllowed
from lpsa_wagtail.models import Invitation, Member, Membership
from lpsa_wagtail.permissions import leads
from tests import factories as make


@pytest.fixture
def group():
    return make.group(title="Rivers")


def invited(group, role=Role.GUEST, **fields):
    person = {"email": "ann@example.net", "name": "Ann Sample", **fields}
    return actions.invite(actor=None, record=group.record, role=role, **person)


def accept(invitation, actor=None):
    return actions.accept_invitation(actor=actor, invitation=invitation)


def accounts():
    return get_user_model().objects.filter(email__iexact="ann@example.net")


def test_accepting_notes_consent_with_date_and_source(group):
    role = accept(invited(group))

    member = Member.objects.get()
    assert member.consent_source == "Invitation to Rivers"
    assert member.consent_at == Invitation.objects.get().accepted_at
    assert role.accepted_at is not None
    assert (member.user, accounts().count()) == (None, 0)


def test_an_earlier_consent_stays(group):
    given = timezone.now() - dt.timedelta(days=900)
    make.MemberFactory(email="ann@example.net", consent_at=given, consent_source="Letter")

    accept(invited(group))

    member = Member.objects.get()
    assert (member.consent_at, member.consent_source) == (given, "Letter")


def test_who_is_to_draft_gets_an_account_without_a_password(group):
    accept(invited(group, role=Role.CO_CHAIR))

    account = accounts().get()
    assert Member.objects.get().user == account
    assert (account.has_usable_password(), account.is_superuser) == (False, False)
    assert leads(account, group) is True
    assert account.has_perm("wagtailadmin.access_admin") is True


def test_the_account_one_is_logged_in_with_is_taken_if_it_has_the_address(group):
    mine = make.UserFactory(email="Ann@Example.net")

    accept(invited(group, role=Role.CO_CHAIR), actor=mine)

    assert (Member.objects.get().user, accounts().count()) == (mine, 1)


@pytest.mark.parametrize("is_active", [True, False])
def test_an_account_with_the_address_is_given_to_nobody_who_is_not_logged_in(group, is_active):
    """Somebody may have opened it under a foreign address, to be given rights later."""
    planted = make.UserFactory(email="ann@example.net", is_active=is_active)
    invitation = invited(group, role=Role.CO_CHAIR)

    for actor in (None, make.UserFactory()):
        with pytest.raises(LogInFirst):
            accept(invitation, actor=actor)

    assert leads(planted, group) is False
    assert (accounts().count(), Invitation.objects.get().accepted_at) == (1, None)
    assert Membership.objects.get().accepted_at is None


def test_the_account_of_another_person_is_not_taken(group):
    account = make.UserFactory(email="ann@example.net")
    make.MemberFactory(user=account)

    with pytest.raises(NotAllowed, match="belongs to another entry"):
        accept(invited(group, role=Role.CO_CHAIR), actor=account)


def test_who_is_logged_in_as_somebody_else_changes_nothing_about_the_account(group):
    accept(invited(group, role=Role.CO_CHAIR), actor=make.secretary())

    assert Member.objects.get().user == accounts().get()


def test_declining_ends_the_role_before_it_began(group):
    leader = make.UserFactory(email="ann@example.net")
    make.MemberFactory(email="ann@example.net", user=leader)
    invitation = invited(group, role=Role.CO_CHAIR)
    assert leads(leader, group) is True

    actions.decline_invitation(actor=None, invitation=invitation)

    assert leads(get_user_model().objects.get(pk=leader.pk), group) is False
    assert list(Membership.objects.on()) == []
    assert Member.objects.get().consent_at is None


@pytest.mark.parametrize("first", ["accept_invitation", "decline_invitation"])
@pytest.mark.parametrize("second", ["accept_invitation", "decline_invitation"])
def test_an_invitation_is_answered_once(group, first, second):
    invitation = invited(group)
    getattr(actions, first)(actor=None, invitation=invitation)
    before = Membership.objects.values().get()

    with pytest.raises(NotAllowed):
        getattr(actions, second)(actor=None, invitation=invitation)

    assert Membership.objects.values().get() == before


@pytest.mark.parametrize("over", ["expired", "ended", "newer", "dissolved", "deleted"])
def test_what_does_not_hold_any_more_is_refused(group, over):
    invitation = invited(group)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if over == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif over == "ended":
        Membership.objects.update(start=yesterday, end=yesterday)
    elif over == "newer":
        actions.invite_again(actor=None, membership=invitation.membership)
    else:
        type(group.record).objects.update(state="dissolved" if over == "dissolved" else "archived")

    with pytest.raises(NotAllowed):
        accept(Invitation.objects.get(pk=invitation.pk))

    assert Membership.objects.get().accepted_at is None


def test_ending_a_role_is_refused_to_the_wrong_person_and_for_the_wrong_day(group):
    chair, coordinator = make.leader(of=group), make.leader(of=group, role=Role.COORDINATOR)
    today = timezone.localdate()
    guest = make.MembershipFactory(group=group.record, role=Role.GUEST)
    past = make.MembershipFactory(group=group.record, role=Role.GUEST, end=dt.date(2021, 1, 1))
    mine = Membership.objects.get(member__user=chair)

    for actor, role, day, words in (
        (chair, mine, today, "The secretariat keeps the roles of co-chairs"),
        (chair, past, today, "This role is over"),
        (make.secretary(), past, today, "This role ended on 2021-01-01"),
        (chair, guest, dt.date(2019, 1, 1), "The last day cannot be before the first day"),
        (coordinator, guest, today, "Only the co-chairs of the group"),
        (make.leader(of=make.group()), guest, today, "Only the co-chairs of the group"),
        (make.board_member(), guest, today, "Only the co-chairs of the group"),
    ):
        with pytest.raises(NotAllowed, match=words):
            actions.end_role(actor=actor, membership=role, end=day)
    actions.end_role(actor=chair, membership=guest, end=today)

    assert Membership.objects.get(pk=guest.pk).end == today
