"""Who decides in the place of the Board Chair: on what, and for how long."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind, Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Decision, Mandate, Matter, WorkingGroupIndexPage
from lpsa_wagtail.permissions import (
    chair_today,
    may_propose,
    people_at,
    states_to_decide,
    why_not_decide,
    why_not_mandate,
)
from tests import factories as make

DAY = dt.timedelta(days=1)


def propose(by):
    """A new group that waits for the Chair: the page and its task state."""
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, owner=by)
    return page, make.submit(page, by=by)


def mandate(kind, user, **fields):
    dates = {"start": timezone.localdate(), "end": timezone.localdate() + DAY}
    return Mandate.objects.create(kind=kind, user=user, **{**dates, **fields})


def overdue(state):
    Matter.objects.filter(task_state=state.pk).update(due_on=timezone.localdate() - DAY)


def refusal(user, page, state):
    return why_not_decide(
        user=make.fresh_user(user), page=make.fresh(page), task=state.task.specific
    )


FOR_THE_CHAIR = (
    "The Advisory Board Chair decides on establishing a group, and on its title, "
    "designation, focus and purpose."
)
NOT_SEATED = "Only the members of the Advisory Board named for this stage decide."


def test_a_delegate_establishes_a_group_and_the_decision_says_as_what():
    page, state = propose(make.secretary())
    member = make.board_member()
    mandate(MandateKind.ACTING_CHAIR, member)

    actions.decide(actor=make.fresh_user(member), task_state=state, action="approve")

    decision = Decision.objects.get(page_id=page.pk)
    assert make.fresh(page).live is True
    assert (decision.outcome, decision.stage, decision.acted_as) == (
        Outcome.GO,
        Stage.ESTABLISHMENT,
        "acting-chair",
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-1, -1, NOT_SEATED), (-1, 0, ""), (0, 0, ""), (0, 1, ""), (1, 2, NOT_SEATED)],
)
def test_a_delegation_lasts_from_its_first_day_to_its_last(start, end, expected):
    page, state = propose(make.secretary())
    member = make.board_member()
    today = timezone.localdate()
    mandate(MandateKind.ACTING_CHAIR, member, start=today + start * DAY, end=today + end * DAY)

    assert refusal(member, page, state) == expected


def test_who_left_the_board_acts_for_nobody_whatever_the_dates_say():
    page, state = propose(make.secretary())
    member = make.board_member()
    mandate(MandateKind.ACTING_CHAIR, member)
    member.groups.clear()

    assert refusal(member, page, state) == NOT_SEATED
    with pytest.raises(NotAllowed):
        actions.decide(actor=make.fresh_user(member), task_state=state, action="approve")


def test_a_delegate_does_not_decide_on_what_they_wrote():
    member = make.board_member()
    page, state = propose(member)
    mandate(MandateKind.ACTING_CHAIR, member)

    expected = "You wrote or submitted this, so somebody else must decide."
    assert refusal(member, page, state) == expected


def test_a_deputy_decides_only_what_is_overdue():
    page, state = propose(make.secretary())
    member = make.board_member()
    mandate(MandateKind.DEPUTY, member)
    before = refusal(member, page, state)
    overdue(state)

    assert (before, refusal(member, page, state)) == (FOR_THE_CHAIR, "")
    actions.decide(actor=make.fresh_user(member), task_state=state, action="approve")
    assert Decision.objects.get(page_id=page.pk).acted_as == "deputy"


def test_a_named_member_decides_only_where_no_chair_can():
    chair = make.board_chair()
    member = make.board_member()
    by_chair, waits = propose(chair)
    by_other, waits_too = propose(make.secretary())
    for page in (by_chair, by_other):
        mandate(MandateKind.DECIDER, member, page=page)

    assert refusal(member, by_chair, waits) == ""
    assert refusal(member, by_other, waits_too) == FOR_THE_CHAIR
    assert refusal(chair, by_chair, waits) == (
        "You wrote or submitted this, so somebody else must decide."
    )


def test_a_member_named_for_one_page_decides_on_no_other():
    chair, member = make.board_chair(), make.board_member()
    named, _state = propose(chair)
    other, waits = propose(chair)
    mandate(MandateKind.DECIDER, member, page=named)

    assert refusal(member, other, waits) == FOR_THE_CHAIR


def test_a_second_chair_decides_before_anybody_is_named():
    chair, second, member = make.board_chair(), make.board_chair(), make.board_member()
    page, state = propose(chair)
    mandate(MandateKind.DECIDER, member, page=page)

    assert refusal(second, page, state) == ""
    assert refusal(member, page, state) == FOR_THE_CHAIR


def test_what_waits_is_found_by_who_may_act_and_by_nobody_else():
    page, state = propose(make.secretary())
    acting, deputy, member = (make.board_member() for _number in range(3))
    mandate(MandateKind.ACTING_CHAIR, acting)
    mandate(MandateKind.DEPUTY, deputy)

    def waiting_for(user):
        return [found.pk for found in states_to_decide(user=make.fresh_user(user))]

    before = [waiting_for(user) for user in (acting, deputy, member)]
    overdue(state)
    after = [waiting_for(user) for user in (acting, deputy, member)]

    assert before == [[state.pk], [], []]
    assert after == [[state.pk], [state.pk], []]
    assert set(people_at(state.task.specific)) == {acting, deputy}
    assert page.permissions_for_user(make.fresh_user(acting)).can_edit() is True
    assert page.permissions_for_user(make.fresh_user(member)).can_edit() is False


def test_the_desk_knows_a_vacant_post_and_who_acts():
    acting, left = make.board_member(), make.board_member()
    mandate(MandateKind.ACTING_CHAIR, acting)
    mandate(MandateKind.ACTING_CHAIR, left)
    left.groups.clear()
    today = chair_today()
    chair = make.board_chair()

    assert (today.is_vacant, [one.user for one in today.acting]) == (True, [acting])
    assert (chair_today().is_vacant, chair_today().holders) == (False, [chair])


def given_by(user, kind, to, **fields):
    return why_not_mandate(make.fresh_user(user), Mandate(kind=kind, user=to, **fields))


def test_the_chair_hands_on_what_is_the_chairs_and_the_secretariat_while_there_is_none():
    secretary, member = make.secretary(), make.board_member()
    vacant = given_by(secretary, MandateKind.ACTING_CHAIR, member)
    chair = make.board_chair()

    assert vacant == ""
    assert given_by(chair, MandateKind.ACTING_CHAIR, member) == ""
    assert given_by(secretary, MandateKind.ACTING_CHAIR, member) == (
        "The Chair does this; the secretariat only while the post of the Chair is vacant."
    )
    assert given_by(secretary, MandateKind.DECIDER, member) == ""
    assert given_by(chair, MandateKind.PROPOSER, member) == "The secretariat does this."


def test_nobody_takes_a_mandate_nor_gets_one_from_outside_the_board():
    chair, member, outsider = make.board_chair(), make.board_member(), make.person()

    assert given_by(member, MandateKind.ACTING_CHAIR, member) == "Nobody gives this to themselves."
    assert given_by(chair, MandateKind.ACTING_CHAIR, outsider) == (
        "Only a member of the Advisory Board can act in the place of the Chair."
    )
    assert given_by(member, MandateKind.DEPUTY, make.board_member()) == (
        "The Chair does this; the secretariat only while the post of the Chair is vacant."
    )


def test_groups_are_proposed_by_the_secretariat_and_whom_it_lets():
    let, ended, anybody = make.person(), make.person(), make.person()
    mandate(MandateKind.PROPOSER, let, end=None)
    yesterday = timezone.localdate() - DAY
    mandate(MandateKind.PROPOSER, ended, start=yesterday, end=yesterday)

    people = (make.secretary(), let, ended, anybody, make.board_member())
    assert [may_propose(user) for user in people] == [True, True, False, False, False]
