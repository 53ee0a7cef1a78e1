"""Many requests with one link at the same moment, with real commits, on either database."""

from itertools import count

import pytest
from django.contrib.auth import get_user_model

from lpsa_wagtail import actions
from lpsa_wagtail.actions.links import WrongCode
from lpsa_wagtail.exceptions import AlreadyDecided
from lpsa_wagtail.models import Decision, DecisionLink, Event
from tests import factories as make
from tests.notifications.test_workers import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link():
    group = make.group()
    leader, member = make.leader(of=group), make.board_member()
    page = make.draft(make.BlogPostFactory, group, owner=leader)
    make.submit(page, leader)
    return make.decision_link(page, member)


def reread(link) -> DecisionLink:
    """The link as another request reads it."""
    return DecisionLink.objects.of_token(link.token)


def names(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_who_presses_four_times_decides_once(link):
    def press():
        person = get_user_model().objects.get(pk=link.user_id)
        return actions.decide_by_link(actor=person, link=reread(link), action="approve")

    results = at_once(press)

    assert names(results) == ["AlreadyDecided"] * 3 + ["int"]
    assert Decision.objects.filter(outcome="go").count() == 1
    assert reread(link).used_at


def test_approving_and_sending_back_with_one_link_is_one_decision(link):
    numbers = count()

    def press():
        person = get_user_model().objects.get(pk=link.user_id)
        action = "approve" if next(numbers) % 2 else "reject"
        return actions.decide_by_link(actor=person, link=reread(link), action=action)

    results = at_once(press)

    assert names(results) == ["AlreadyDecided"] * 3 + ["int"]
    assert Decision.objects.filter(outcome__in=("go", "rejected")).count() == 1


def test_no_number_of_guesses_at_once_gets_more_than_five_tries(link):
    actions.send_code(actor=None, link=link, action="approve")
    right = reread(link).code("approve")
    guesses, numbers = [f"{n:06d}" for n in range(9) if f"{n:06d}" != right], count()

    def guess():
        code = guesses[next(numbers)]
        return actions.decide_by_link(actor=None, link=reread(link), action="approve", code=code)

    results = at_once(guess, count=8)

    assert {type(result) for result in results} == {WrongCode}
    assert reread(link).attempts == 5
    with pytest.raises(WrongCode):
        actions.decide_by_link(actor=None, link=reread(link), action="approve", code=right)
    assert Decision.objects.filter(outcome="go").count() == 0


def test_asking_at_once_sends_one_code(link):
    results = at_once(lambda: actions.send_code(actor=None, link=reread(link), action="approve"))

    assert names(results) == ["DecisionLink"] * 4
    assert Event.objects.filter(kind="code").count() == 1
    assert reread(link).codes_sent == 1


def test_a_decision_that_fails_does_not_use_the_link_up(link):
    member = get_user_model().objects.get(pk=link.user_id)
    stored = reread(link)
    state = stored.matter.task_state
    actions.decide(actor=make.board_member(), task_state=state, action="approve")

    with pytest.raises(AlreadyDecided):
        actions.decide_by_link(actor=member, link=stored, action="approve")

    assert reread(link).used_at is None
    assert Decision.objects.filter(outcome="go").count() == 1
