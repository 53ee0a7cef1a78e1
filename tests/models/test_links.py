"""The steps of a link: each is taken once."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail.models import DecisionLink
from tests import factories as make


@pytest.fixture
def links():
    """The one link, as a queryset."""
    group = make.group()
    leader, member = make.leader(of=group), make.board_member()
    page = make.draft(make.BlogPostFactory, group, owner=leader)
    make.submit(page, leader)
    return DecisionLink.objects.filter(pk=make.decision_link(page, member).pk)


def test_a_link_is_used_once(links):
    assert (links.use(), links.use()) == (1, 0)


def test_an_expired_link_cannot_be_used(links, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(days=14, seconds=1))

    assert (links.use(), links.note_code(1), links.note_try(0)) == (0, 0, 0)


def test_each_code_is_sent_once_and_begins_with_new_tries(links):
    assert (links.note_code(1), links.note_code(1)) == (1, 0)
    assert [links.note_try(1) for _number in range(6)] == [1, 1, 1, 1, 1, 0]
    assert (links.note_try(2), links.note_code(2), links.note_try(1), links.note_try(2)) == (
        *(0, 1, 0, 1),
    )


def test_a_used_link_is_not_made_anew(links):
    link = links.get()
    links.use()

    again = DecisionLink.objects.hand_out(
        matter=link.matter, user=link.user, content_hash=link.content_hash
    )

    assert again == link
    assert again.used_at


def test_every_token_is_of_one_link(links):
    token = links.get().token

    assert DecisionLink.objects.of_token(token) == links.get()
    assert len(token) == 76
    assert DecisionLink.objects.of_token(f"{token} ") is None
    assert DecisionLink.objects.of_token(f"{token}\n") is None
    assert DecisionLink.objects.of_token("\ud800") is None
