"""What a person may do with a page, by role and by day."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupPagePermission

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import BlogIndexPage, Membership, WebinarIndexPage, WorkingGroupIndexPage
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, CONTRIBUTORS, SECRETARIAT, group_made
from tests import factories as make

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def may(user, page) -> dict:
    """The answers of a new request."""
    tester = page.permissions_for_user(get_user_model().objects.get(pk=user.pk))
    return {
        "edit": tester.can_edit(),
        "add": tester.can_add_subpage(),
        "publish": tester.can_publish(),
        "publish below": tester.can_publish_subpage(),
    }


NOTHING = {"edit": False, "add": False, "publish": False, "publish below": False}
DRAFTS = {**NOTHING, "edit": True, "add": True}


@pytest.fixture
def group():
    return make.group()


@pytest.mark.parametrize("role", [Role.CO_CHAIR, Role.COORDINATOR])
def test_chairs_and_coordinators_draft_in_their_group_and_nowhere_else(role, group):
    other = make.group()
    leader = make.leader(of=group, role=role)

    assert may(leader, group) == DRAFTS
    assert may(leader, other) == NOTHING
    for index in (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage):
        assert may(leader, make.index_page(index)) == NOTHING


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.CO_CHAIR, Role.COORDINATOR)])
def test_other_roles_draft_nothing(role, group):
    assert may(make.leader(of=group, role=role), group) == NOTHING


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, None, DRAFTS),
        (-10, 0, DRAFTS),
        (-10, -1, NOTHING),
        (1, None, NOTHING),
    ],
)
def test_the_last_day_counts_and_the_day_after_does_not(start, end, expected, group):
    leader = make.leader(
        of=group, start=TODAY() + start * DAY, end=end if end is None else TODAY() + end * DAY
    )

    assert may(leader, group) == expected


def test_rights_end_at_the_next_request_even_if_wagtails_rows_lag_behind(group):
    leader = make.leader(of=group)
    post = make.draft(make.BlogPostFactory, group, owner=leader)
    Membership.objects.update(end=TODAY() - DAY, start=TODAY() - 2 * DAY)  # no signal, no sync

    assert group.record.auth_group in leader.groups.all()
    assert may(leader, group) == NOTHING
    assert may(leader, post) == NOTHING


def test_a_right_from_the_hosts_own_groups_stays(group):
    leader = make.leader(of=group)
    editors = Group.objects.create(name="Host editors")
    GroupPagePermission.objects.create(group=editors, page=group, permission_type="change")
    leader.groups.add(editors)
    Membership.objects.update(end=TODAY() - DAY, start=TODAY() - 2 * DAY)

    assert may(leader, group) == {**NOTHING, "edit": True}


def test_nobody_publishes_what_the_board_decides_on(group):
    post = make.draft(make.BlogPostFactory, group)
    hosts = make.UserFactory()
    publishers = Group.objects.create(name="Host publishers")
    for right in ("add", "change", "publish"):
        GroupPagePermission.objects.create(
            group=publishers, page=post.get_root(), permission_type=right
        )
    hosts.groups.add(publishers)
    root = get_user_model().objects.create_superuser("root")

    for user in (hosts, root, make.secretary(), make.board_chair(), make.leader(of=group)):
        answers = may(user, post)
        assert (answers["publish"], answers["publish below"]) == (False, False)
        assert may(user, group)["publish below"] is False


def test_no_group_of_ours_holds_the_right_to_publish(group):
    codes = (BOARD, BOARD_CHAIR, SECRETARIAT, CONTRIBUTORS)
    ours = [*(group_made(code) for code in codes), group.record.auth_group]

    rows = GroupPagePermission.objects.filter(group__in=ours)

    rights = set(rows.values_list("permission__codename", flat=True))
    assert {right.split("_")[0] for right in rights} == {"add", "change"}


def test_the_secretariat_edits_everywhere_and_publishes_only_index_pages(group):
    secretary = make.secretary()

    assert may(secretary, group) == DRAFTS
    for index in (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage):
        assert may(secretary, make.index_page(index)) == {**DRAFTS, "publish": True}


def test_the_secretariat_takes_down_and_others_do_not(group):
    post = make.post(group)

    def may_take_down(user):
        return post.permissions_for_user(user).can_unpublish()

    people = (make.secretary(), make.board_member(), make.leader(of=group), make.UserFactory())
    assert [may_take_down(user) for user in people] == [True, False, False, False]


def test_an_inactive_account_may_nothing(group):
    leader = make.leader(of=group)
    get_user_model().objects.filter(pk=leader.pk).update(is_active=False)

    assert may(leader, group) == NOTHING


def test_submitting_needs_the_right_to_edit(group):
    post = make.draft(make.BlogPostFactory, group)
    leader, stranger = make.leader(of=group), make.leader(of=make.group())

    assert post.permissions_for_user(leader).can_submit_for_moderation() is True
    assert post.permissions_for_user(stranger).can_submit_for_moderation() is False
