"""People are entered, given roles, and given accounts."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.permissions import leads
from tests import factories as make


def test_a_person_is_registered_with_interests():
    word = make.InterestFactory()

    member = actions.register_member(
        actor=None, name="Ada", email="Ada@Example.org", country="KE", interests=[word]
    )

    assert (member.email, list(member.interests.all())) == ("ada@example.org", [word])


def test_an_address_is_registered_once():
    make.MemberFactory(email="ada@example.org")

    with pytest.raises(ValidationError):
        actions.register_member(actor=None, name="Ada", email="ada@example.org")


def test_a_role_gives_its_rights():
    group, user = make.group(), make.UserFactory()
    member = make.MemberFactory(user=user)

    actions.give_role(
        actor=None,
        member=member,
        record=group.record,
        role=Role.CO_CHAIR,
        start=dt.date(2020, 1, 1),
    )

    assert leads(user, group) is True
    assert list(group.record.auth_group.user_set.all()) == [user]


def test_the_same_role_twice_is_refused():
    group, member = make.group(), make.MemberFactory()
    role = {"actor": None, "member": member, "record": group.record, "role": Role.GUEST}
    actions.give_role(**role, start=dt.date(2020, 1, 1))

    with pytest.raises(ValidationError, match="already holds this role"):
        actions.give_role(**role, start=dt.date(2021, 1, 1))


def test_an_account_is_opened_in_its_groups():
    board = make.group_made(make.BOARD)

    user = actions.open_account(
        actor=None,
        username="ada",
        email="ada@example.org",
        name="Ada Mary Sample",
        password="a-word",
        groups=[board, None],
    )

    user = get_user_model().objects.get(pk=user.pk)
    assert (user.first_name, user.last_name) == ("Ada", "Mary Sample")
    assert (user.is_superuser, user.is_staff, list(user.groups.all())) == (False, False, [board])
    assert user.check_password("a-word") is True


def test_a_taken_user_name_is_left_to_its_owner():
    owner = make.UserFactory(username="ada")

    user = actions.open_account(
        actor=None, username="ada", email="ada@example.org", name="Ada", password="a-word"
    )

    assert (user.username, user.pk == owner.pk) == ("ada2", False)


def test_an_account_brings_the_rights_of_the_roles():
    group, member, user = make.group(), make.MemberFactory(), make.UserFactory()
    make.MembershipFactory(member=member, group=group.record)

    actions.give_account(actor=None, member=member, user=user)

    assert list(group.record.auth_group.user_set.all()) == [user]
