"""Roles in groups, as the secretariat keeps them."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import Membership
from tests import factories as make
from tests.modeladmins.lists import errors, url


def membership_form(member, group, **fields):
    ids = {"member": member.pk, "group": group.record.pk}
    return {**ids, "role": "guest", "start": "2024-01-01", "end": "", **fields}


def test_a_role_is_given_and_rights_follow(client, secretary, group):
    member = make.MemberFactory(user=make.UserFactory())

    answer = client.post(
        url("memberships", "create"), membership_form(member, group, role="co-chair")
    )

    assert errors(answer) == {}
    assert list(group.record.auth_group.user_set.all()) == [member.user]


def test_ending_a_role_ends_the_rights(client, secretary, group):
    chair = make.leader(of=group)
    role = Membership.objects.get()

    form = membership_form(role.member, group, role="co-chair", end="2024-06-30")
    answer = client.post(url("memberships", "edit", role.pk), form)

    assert errors(answer) == {}
    assert chair.groups.filter(pk=group.record.auth_group_id).count() == 0


@pytest.mark.parametrize(
    ("before", "posted", "field", "sentence"),
    [
        (
            {"start": dt.date(2024, 1, 1)},
            {"start": "2025-01-01"},
            "role",
            "This person already holds this role in this group from 2024-01-01 to today and on. "
            "End that one first, or choose other days.",
        ),
        (
            {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 12, 31)},
            {"start": "2024-12-31"},
            "role",
            "This person already holds this role in this group from 2024-01-01 to 2024-12-31. "
            "End that one first, or choose other days.",
        ),
        (
            {"start": dt.date(2030, 1, 1)},
            {"start": "2024-01-01", "end": "2023-12-31"},
            "end",
            "The last day cannot be before the first day.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(
    client, secretary, group, before, posted, field, sentence
):
    member = make.MemberFactory()
    make.MembershipFactory(member=member, group=group.record, role=Role.GUEST, **before)

    answer = client.post(url("memberships", "create"), membership_form(member, group, **posted))

    assert errors(answer) == {field: [sentence]}
    assert Membership.objects.count() == 1


def test_the_same_role_again_later_and_other_roles_beside_it_are_fine(client, secretary, group):
    member = make.MemberFactory()
    make.MembershipFactory(
        member=member, group=group.record, role=Role.GUEST, end=dt.date(2023, 12, 31)
    )

    for fields in ({}, {"role": "stakeholder"}):
        answer = client.post(url("memberships", "create"), membership_form(member, group, **fields))
        assert errors(answer) == {}
    assert Membership.objects.count() == 3


def test_person_and_group_of_a_role_stay(client, secretary, group):
    role = make.MembershipFactory(group=group.record, role=Role.GUEST)
    form = membership_form(make.MemberFactory(), make.group(), organisation="Town hall")

    client.post(url("memberships", "edit", role.pk), form)

    after = Membership.objects.get(pk=role.pk)
    assert (after.member_id, after.group_id, after.organisation) == (
        role.member_id,
        role.group_id,
        "Town hall",
    )


def test_the_register_leads_to_a_new_role_of_the_person(client, secretary, group):
    member = make.MemberFactory()
    create = url("memberships", "create")

    page = BeautifulSoup(client.get(url("members")).content, "html.parser")
    link = page.select_one(f'a[href^="{create}"]')["href"]

    assert link == f"{create}?member={member.pk}"
    assert client.get(link).context["form"]["member"].value() == member.pk
    assert client.get(f"{create}?member=x&group=99999999999999999999").status_code == 200


@pytest.mark.parametrize(
    ("when", "roles"), [("now", {"guest"}), ("past", {"stakeholder"}), ("future", {"researcher"})]
)
def test_memberships_are_filtered_by_time(client, secretary, group, when, roles):
    for role, days in {
        Role.GUEST: {},
        Role.STAKEHOLDER: {"end": dt.date(2021, 1, 1)},
        Role.RESEARCHER: {"start": dt.date(2990, 1, 1)},
    }.items():
        make.MembershipFactory(group=group.record, role=role, **days)

    answer = client.get(url("memberships"), {"when": when})

    assert {row.role for row in answer.context["object_list"]} == roles
