"""Positions: who leaves them, until when, and who reads them."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import EventKind, MandateKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Event, Mandate, Matter, WorkingGroupIndexPage
from lpsa_wagtail.notifications import recipients
from lpsa_wagtail.permissions import positions_seen_by, why_not_give_position
from tests import factories as make


@pytest.fixture
def board():
    return [make.board_member() for _each in range(3)]


@pytest.fixture
def chair():
    return make.board_chair()


def about_a_new_group():
    index, owner = make.index_page(WorkingGroupIndexPage), make.secretary()
    page = make.draft(make.WorkingGroupPageFactory, index, owner=owner)
    return actions.matter_of(task_state=make.submit(page, by=owner))


def about_a_state():
    by, record = make.secretary(), make.group().record
    return actions.propose_change(actor=by, record=record, change="dormant", reason="So.")


KINDS = pytest.mark.parametrize("matter_of", [about_a_new_group, about_a_state])


def give(matter, by, stance="support", comment=""):
    by = type(by).objects.get(pk=by.pk)
    return actions.give_position(actor=by, matter=matter, stance=stance, comment=comment)


def seen(user, matter):
    user = type(user).objects.get(pk=user.pk)
    return [position.person for position in positions_seen_by(user, matter)]


def past(matter):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Matter.objects.filter(pk=matter.pk).update(due_on=yesterday)
    return Matter.objects.get(pk=matter.pk)


@KINDS
def test_members_of_the_board_leave_one_position_each_and_may_change_it(matter_of, board):
    matter = matter_of()
    give(matter, board[0])
    give(matter, board[1], "no-objection")
    give(matter, board[0], "concern", " Who pays? ")

    found = matter.positions.order_by("person").values_list("person", "stance", "comment")
    assert list(found) == [
        (board[0].pk, "concern", "Who pays?"),
        (board[1].pk, "no-objection", ""),
    ]


@KINDS
def test_nobody_else_leaves_one(matter_of, chair, board):
    matter = matter_of()
    board[0].groups.clear()
    for user in (
        *(chair, board[0], make.secretary(), make.UserFactory()),
        *(make.UserFactory(is_superuser=True), make.leader(of=make.group())),
    ):
        with pytest.raises(NotAllowed):
            give(matter, user)
    assert matter.positions.count() == 0


@KINDS
def test_none_after_the_due_date_and_none_after_the_decision(matter_of, chair, board):
    matter = matter_of()
    give(matter, board[0])
    with pytest.raises(NotAllowed):
        give(past(matter), board[0], "no-objection")

    decided = matter_of()
    if decided.record:
        actions.decide_change(actor=chair, matter=decided, action="approve")
    else:
        actions.decide(actor=chair, task_state=decided.task_state, action="approve")
    with pytest.raises(NotAllowed):
        give(decided, board[0])


def test_who_wrote_or_proposed_it_leaves_none(board):
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, owner=board[0])
    page.purpose = "Other words."
    page.save_revision(user=board[1])
    matter = actions.matter_of(task_state=make.submit(page, by=make.secretary()))
    for user in board[:2]:
        with pytest.raises(NotAllowed):
            give(matter, user)
    give(matter, board[2])

    group = make.group()
    chairs = make.leader(of=group)
    chairs.groups.add(*board[0].groups.all())
    user = type(chairs).objects.get(pk=chairs.pk)
    change = actions.propose_change(actor=user, record=group.record, change="dormant", reason="So.")
    with pytest.raises(NotAllowed):
        give(change, user)


def test_who_acts_for_the_chair_decides_and_leaves_none(board):
    end = timezone.localdate() + dt.timedelta(days=3)
    Mandate.objects.create(kind=MandateKind.ACTING_CHAIR, user=board[0], end=end)
    with pytest.raises(NotAllowed):
        give(about_a_state(), board[0])


def test_a_concern_says_why_and_other_words_are_no_position(board):
    matter = about_a_state()
    for stance, comment in (("concern", " "), ("veto", "No.")):
        with pytest.raises(NotAllowed):
            give(matter, board[0], stance, comment)


def test_there_are_no_positions_on_what_the_board_decides(board):
    post = make.draft(make.BlogPostFactory, make.group())
    matter = actions.matter_of(task_state=make.submit(post, by=make.secretary()))
    with pytest.raises(NotAllowed):
        give(matter, board[0])
    assert Event.objects.filter(kind=EventKind.POSITION_ASKED).count() == 0


def test_a_change_of_the_charter_asks_for_them_and_another_change_does_not(board):
    group = make.group()
    group.how_to_join = "Ring."
    group.save_revision(user=make.secretary())
    state = make.submit(group, by=make.secretary())
    assert Event.objects.filter(kind=EventKind.POSITION_ASKED).count() == 0
    actions.decide(actor=board[0], task_state=state, action="approve")

    group.title = "Another title"
    group.save_revision(user=make.secretary())
    matter = actions.matter_of(task_state=make.submit(group, by=make.secretary()))
    assert why_not_give_position(board[1], matter) == ""
    assert Event.objects.filter(kind=EventKind.POSITION_ASKED).count() == 1


@KINDS
def test_who_reads_them(matter_of, chair, board):
    matter = matter_of()
    give(matter, board[0])
    give(matter, board[1])

    assert seen(chair, matter) == seen(board[0], matter) == board[:2]
    assert seen(board[2], matter) == []
    for user in (make.secretary(), make.UserFactory(is_superuser=True), make.UserFactory()):
        assert seen(user, matter) == []
    assert seen(board[2], past(matter)) == board[:2]


@KINDS
def test_the_board_is_asked_and_neither_who_decides_nor_who_answered(matter_of, chair, board):
    matter = matter_of()
    event = Event.objects.get(kind=EventKind.POSITION_ASKED)
    assert recipients(event) == board

    give(matter, board[1])
    board[2].groups.clear()

    assert recipients(event) == board[:1]


def test_who_decides_hears_of_a_proposed_change_and_the_concerned_of_the_decision(chair, board):
    group = make.group()
    leader, by = make.leader(of=group), make.secretary()
    past_leader = make.leader(of=group, end=dt.date(2021, 1, 1))
    matter = actions.propose_change(
        actor=by, record=group.record, change="dissolve", reason="Nobody meets."
    )
    assert recipients(Event.objects.get(kind=EventKind.PROPOSED)) == [chair]

    actions.decide_change(actor=chair, matter=matter, action="approve")

    told = recipients(Event.objects.get(kind=EventKind.GROUP_CHANGED))
    assert {user.pk for user in told} == {leader.pk, by.pk}
    assert past_leader not in told
    assert recipients(Event.objects.get(kind=EventKind.PROPOSED)) == []
