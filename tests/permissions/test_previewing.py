"""Who may show a draft to a front end: who may edit it, or sees it on the way to a decision."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from lpsa_wagtail.permissions import may_preview
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def people(group):
    return {
        "chair": make.leader(group),
        "former chair": make.leader(group, end="2024-01-01"),
        "other chair": make.leader(make.group()),
        "secretary": make.secretary(),
        "board": make.board_member(),
        "board chair": make.board_chair(),
        "nobody": make.UserFactory(),
    }


def who_may(page, people) -> set:
    return {name for name, user in people.items() if may_preview(make.fresh_user(user), page)}


def test_a_draft_is_for_who_edits_it(group, people):
    post = make.draft(make.BlogPostFactory, group)

    assert who_may(post, people) == {"chair", "secretary"}


def test_what_waits_is_for_who_decides_too(group, people):
    post = make.draft(make.BlogPostFactory, group)
    make.submit(post, people["chair"])

    assert who_may(make.fresh(post), people) == {"chair", "secretary", "board", "board chair"}


def test_what_was_never_saved_is_for_nobody(group, people):
    assert who_may(make.BlogPostFactory.build(), people) == set()


def test_people_who_are_not_there_may_not(group):
    post = make.draft(make.BlogPostFactory, group)
    left = get_user_model()(is_superuser=True, is_active=False)

    assert [may_preview(user, post) for user in (None, AnonymousUser(), left)] == [False] * 3
