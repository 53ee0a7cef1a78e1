"""What people find in lists; the lists themselves are tested with the viewsets."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import BlogPost, WorkingGroupIndexPage
from lpsa_wagtail.permissions import seen_by, without_foreign_drafts, works_here
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


def with_right(page, right="change"):
    """A user of the host with a right on this page."""
    user, rights = make.UserFactory(), Group.objects.create(name="Host editors")
    GroupPagePermission.objects.create(group=rights, page=page, permission_type=right)
    user.groups.add(rights)
    return user


def test_who_works_with_our_pages(group):
    works = {
        "co-chair": make.leader(of=group),
        "coordinator": make.leader(of=group, role=Role.COORDINATOR),
        "board": make.board_member(),
        "board chair": make.board_chair(),
        "secretariat": make.secretary(),
        "superuser": make.UserFactory(is_superuser=True),
        "editor of the whole site": with_right(Page.objects.get(depth=2)),
    }
    other_page = Page.objects.get(depth=2).add_child(instance=Page(title="Elsewhere"))
    Group.objects.filter(name="Host editors").update(name="Others")
    does_not = {
        "guest": make.leader(of=group, role=Role.GUEST),
        "former chair": make.leader(of=group, end=dt.date(2021, 1, 1)),
        "future chair": make.leader(of=group, start=dt.date(2990, 1, 1)),
        "inactive superuser": make.UserFactory(is_superuser=True, is_active=False),
        "editor of another part": with_right(other_page),
        "nobody": make.UserFactory(),
    }

    assert {name: works_here(user) for name, user in works.items()} == dict.fromkeys(works, True)
    assert {name: works_here(user) for name, user in does_not.items()} == dict.fromkeys(
        does_not, False
    )


def test_the_hosts_own_rights_count(group):
    other = make.group()
    mine = make.draft(make.BlogPostFactory, group)
    make.draft(make.BlogPostFactory, other)

    assert list(seen_by(with_right(group), BlogPost.objects.all())) == [mine]


def test_foreign_drafts_are_left_out_and_nothing_else(group):
    chair = make.leader(of=group)
    mine = make.draft(make.BlogPostFactory, group, owner=chair)
    live = make.post(make.group())
    foreign = make.draft(make.BlogPostFactory, make.group())
    hosts_own = Page.objects.get(depth=2).add_child(instance=Page(title="Host", live=False))
    index = make.index_page(WorkingGroupIndexPage)
    wanted = [mine.pk, live.pk, foreign.pk, hosts_own.pk, index.pk]

    found = without_foreign_drafts(chair, Page.objects.filter(pk__in=wanted))

    assert set(found.values_list("pk", flat=True)) == set(wanted) - {foreign.pk}


def test_seeing_takes_as_many_queries_for_50_groups_as_for_1(group, django_assert_max_num_queries):
    chair = make.leader(of=group)
    member = make.MemberFactory._meta.model.objects.get(user=chair)
    for count in (1, 50):
        for _number in range(count - 1):
            make.MembershipFactory(member=member, group=make.group().record)
        person = type(chair).objects.get(pk=chair.pk)
        with django_assert_max_num_queries(5):
            list(seen_by(person, BlogPost.objects.all()))
