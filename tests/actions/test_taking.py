"""Taking, letting go, handing over and reminding."""

import pytest
from wagtail.models import PageLogEntry

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import Delivery, Event, Matter
from lpsa_wagtail.notifications import recipients
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


@pytest.fixture
def matter(page, chair):
    return actions.matter_of(task_state=make.submit(page, by=chair))


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def logged(page) -> list:
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="lpsa_wagtail.")
    return list(entries.order_by("pk").values_list("action", flat=True))


def test_of_two_who_take_one_has_it_and_the_other_is_told_who(matter, page):
    first, second = make.board_member(), make.board_member()
    stale = fresh(matter)
    actions.take(actor=first, matter=matter)

    with pytest.raises(NotAllowed, match=f"{first.username} looks at it already"):
        actions.take(actor=second, matter=stale)

    assert fresh(matter).taken_by == first
    actions.take(actor=first, matter=matter)
    assert logged(page) == ["lpsa_wagtail.taken"]


def test_taking_locks_nothing(matter, page):
    actions.take(actor=make.board_member(), matter=matter)

    actions.decide(actor=make.board_member(), task_state=matter.task_state, action="approve")

    assert make.fresh(page).live is True


def test_who_may_not_decide_takes_nothing(matter, chair):
    for person in (chair, make.secretary(), make.UserFactory(is_superuser=True)):
        with pytest.raises(NotAllowed):
            actions.take(actor=person, matter=matter)
    assert fresh(matter).taken_by is None


def test_what_is_decided_is_not_taken(matter):
    member = make.board_member()
    actions.decide(actor=make.board_member(), task_state=matter.task_state, action="approve")

    with pytest.raises(NotAllowed, match="Somebody has decided on this"):
        actions.take(actor=member, matter=matter)


def test_one_lets_go_of_what_one_has(matter, page):
    member = make.board_member()
    actions.take(actor=member, matter=matter)

    with pytest.raises(NotAllowed, match="You have not taken this"):
        actions.let_go(actor=make.board_member(), matter=matter)
    actions.let_go(actor=member, matter=matter)

    assert fresh(matter).taken_by is None
    assert logged(page) == ["lpsa_wagtail.taken", "lpsa_wagtail.let_go"]


def test_handing_over_tells_the_other_person_and_nobody_else(matter):
    member, other = make.board_member(), make.board_member()

    actions.hand_over(actor=member, matter=matter, to=other)

    assert fresh(matter).taken_by == other
    assert recipients(Event.objects.get(kind="handed-over")) == [other]
    actions.let_go(actor=other, matter=matter)
    assert recipients(Event.objects.get(kind="handed-over")) == []


def test_it_is_handed_only_to_who_may_decide(matter, chair):
    member = make.board_member()
    for person in (chair, make.secretary(), member):
        with pytest.raises(NotAllowed):
            actions.hand_over(actor=member, matter=matter, to=person)
    with pytest.raises(NotAllowed):
        actions.hand_over(actor=chair, matter=matter, to=member)
    assert Event.objects.filter(kind="handed-over").count() == 0


def test_who_submitted_and_the_secretariat_remind_once_a_day(matter, chair, time_machine):
    time_machine.move_to("2030-05-07 12:00Z")
    actions.remind(actor=chair, matter=matter)

    with pytest.raises(NotAllowed, match="They were reminded today already"):
        actions.remind(actor=make.secretary(), matter=matter)
    time_machine.move_to("2030-05-08 00:30Z")
    actions.remind(actor=make.secretary(), matter=matter)

    assert Event.objects.filter(kind="reminder").count() == 2


def test_not_after_the_automatic_reminder_of_the_same_day(matter, chair, time_machine):
    time_machine.move_to(f"{matter.due_on} 08:00Z")
    actions.follow_due_dates(actor=None)

    with pytest.raises(NotAllowed, match="They were reminded today already"):
        actions.remind(actor=chair, matter=matter)


def test_a_reminder_goes_to_who_may_decide_or_has_taken_it(matter, chair):
    member, other = make.board_member(), make.board_member()
    actions.remind(actor=chair, matter=matter)
    event = Event.objects.get(kind="reminder")

    assert recipients(event) == [member, other]
    actions.take(actor=other, matter=matter)
    assert recipients(event) == [other]
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("who", ["board member", "other leader", "colleague", "visitor"])
def test_nobody_else_reminds(who, matter, group):
    people = {
        "board member": make.board_member,
        "other leader": lambda: make.leader(of=make.group()),
        "colleague": lambda: make.leader(of=group),
        "visitor": make.UserFactory,
    }
    with pytest.raises(NotAllowed):
        actions.remind(actor=people[who](), matter=matter)
    assert Event.objects.filter(kind="reminder").count() == 0


def test_of_what_is_decided_nobody_is_reminded(matter, chair):
    actions.decide(actor=make.board_member(), task_state=matter.task_state, action="approve")

    with pytest.raises(AlreadyDecided):
        actions.remind(actor=chair, matter=matter)
