"""Where a stage asks for several approvals: which count, and when it is decided."""

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import AlreadyDecided, ChangedSince, NotAllowed
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, Matter, Vote
from lpsa_wagtail.permissions import content_hash, states_to_decide
from tests import factories as make


@pytest.fixture
def page():
    group = make.group()
    return make.draft(make.BlogPostFactory, group, owner=make.leader(of=group))


@pytest.fixture
def waiting(page):
    state = make.submit(page, by=page.owner)
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=3)
    return state


def approve(waiting, member):
    return actions.decide(actor=member, task_state=waiting, action="approve")


def outcomes(page):
    return list(Decision.objects.filter(page_id=page.pk).values_list("outcome", flat=True))


def test_it_goes_live_with_the_last_approval_that_is_needed(page, waiting):
    missing = [approve(waiting, make.board_member()) for _number in range(2)]
    was_live = make.fresh(page).live
    last = make.board_member()

    assert (missing, was_live, outcomes(page)) == ([2, 1], False, [])
    assert approve(waiting, last) == 0
    assert (make.fresh(page).live, outcomes(page)) == (True, [Outcome.GO])
    assert Decision.objects.get(page_id=page.pk).actor == last
    assert Vote.objects.count() == 3


def test_nobody_counts_twice(page, waiting):
    member = make.board_member()
    approve(waiting, member)

    with pytest.raises(NotAllowed) as refused:
        approve(waiting, make.fresh_user(member))

    assert str(refused.value) == "You approved this already. It waits for other members."
    assert states_to_decide(user=make.fresh_user(member)) == []
    assert Vote.objects.count() == 1


def test_one_who_asks_for_changes_sends_it_back_whatever_was_approved(page, waiting):
    approve(waiting, make.board_member())
    approve(waiting, make.board_member())

    actions.decide(
        actor=make.board_member(), task_state=waiting, action="reject", comment="No sources."
    )

    assert (outcomes(page), make.fresh(page).live) == ([Outcome.REJECTED], False)
    with pytest.raises(AlreadyDecided):
        approve(waiting, make.board_member())


def test_in_the_next_round_everybody_is_asked_again(page, waiting):
    member = make.board_member()
    approve(waiting, member)
    actions.decide(actor=make.board_member(), task_state=waiting, action="reject")
    waiting.workflow_state.refresh_from_db()
    waiting.workflow_state.resume(user=page.owner)
    again = waiting.workflow_state.current_task_state

    assert approve(again, make.fresh_user(member)) == 2


def test_approvals_of_other_content_do_not_count(page, waiting):
    first, second = make.board_member(), make.board_member()
    approve(waiting, first)
    changed = make.fresh(page)
    changed.title = "Another title"
    changed.save_revision(user=page.owner)

    with pytest.raises(ChangedSince):
        approve(waiting, second)
    now = content_hash(make.fresh(page).get_latest_revision_as_object())
    sees = {"task_state": waiting, "action": "approve", "seen": now}
    assert actions.decide(actor=second, **sees) == 2
    assert actions.decide(actor=make.fresh_user(first), **sees) == 1


def test_the_approval_of_who_left_the_board_counts_no_more(page, waiting):
    left = make.board_member()
    approve(waiting, left)
    left.groups.clear()

    assert [approve(waiting, make.board_member()) for _number in range(3)] == [2, 1, 0]


def test_what_the_chair_decides_one_decides():
    index = make.index_page(make.models.WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, owner=make.secretary())
    state = make.submit(page, by=page.owner)
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=3)

    assert approve(state, make.board_chair()) == 0
    assert make.fresh(page).live is True


def test_each_submission_has_a_matter_that_is_due_as_its_stage_says():
    AdvisoryBoardApprovalTask.objects.update(days_to_decide=5)
    group = make.group()
    page = make.draft(make.BlogPostFactory, group, owner=make.leader(of=group))
    state = make.submit(page, by=page.owner)

    matter = Matter.objects.open().get()
    assert (matter.task_state_id, (matter.due_on - matter.opened_at.date()).days) == (state.pk, 5)
    actions.decide(actor=make.board_member(), task_state=state, action="approve")
    assert list(Matter.objects.open()) == []
