"""Rights that follow dated roles."""

import datetime as dt
import io

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permissions import page_permission_policy

from lpsa_wagtail.models import Membership
from lpsa_wagtail.permissions.roles import CONTRIBUTORS
from tests import factories as make


def explorable(user):
    user = get_user_model().objects.get(pk=user.pk)
    return set(page_permission_policy.explorable_instances(user).values_list("title", flat=True))


def test_a_new_role_opens_the_groups_subtree_and_the_admin():
    group, other = make.group(), make.group()
    make.draft(make.BlogPostFactory, group, title="Ours")
    make.draft(make.BlogPostFactory, other, title="Theirs")

    leader = make.leader(of=group)

    assert {group.title, "Ours"} <= explorable(leader)
    assert not {other.title, "Theirs"} & explorable(leader)
    assert leader.has_perm("wagtailadmin.access_admin") is True


def test_ending_the_role_closes_them_again():
    group = make.group()
    leader = make.leader(of=group)
    role = Membership.objects.get()
    role.start, role.end = dt.date(2020, 1, 1), timezone.localdate() - dt.timedelta(days=1)
    role.save()

    leader = get_user_model().objects.get(pk=leader.pk)
    assert explorable(leader) == set()
    assert leader.has_perm("wagtailadmin.access_admin") is False


def test_the_tick_follows_the_calendar():
    group = make.group()
    leader = make.leader(of=group)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.update(start=dt.date(2020, 1, 1), end=yesterday)
    assert group.record.auth_group.user_set.count() == 1

    for _time in range(2):
        call_command("lpsa_tick", stdout=io.StringIO())

    assert group.record.auth_group.user_set.count() == 0
    assert make.group_made(CONTRIBUTORS).user_set.filter(pk=leader.pk).count() == 0


def test_giving_a_member_an_account_gives_the_account_the_rights():
    group = make.group()
    membership = make.MembershipFactory(group=group.record)
    assert group.record.auth_group.user_set.count() == 0

    membership.member.user = make.UserFactory()
    membership.member.save()

    assert list(group.record.auth_group.user_set.all()) == [membership.member.user]


def test_synchronising_twice_makes_nothing_twice():
    group = make.group()
    make.leader(of=group)
    counts = []
    for _time in range(2):
        call_command("lpsa_tick", stdout=io.StringIO())
        counts.append(
            (GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
        )

    assert counts[0] == counts[1]


def test_taking_the_account_away_takes_the_rights_away():
    group = make.group()
    leader = make.leader(of=group)
    member = leader.lpsa_member
    member.user = None
    member.save()

    assert list(group.record.auth_group.user_set.all()) == []
    assert leader.has_perm("wagtailadmin.access_admin") is False
