"""Due dates: reminded once, then handed on once."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import EventKind, MandateKind
from lpsa_wagtail.models import Event, Mandate, Matter, WorkingGroupIndexPage
from lpsa_wagtail.notifications import recipients
from tests import factories as make

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def waiting():
    group = make.group()
    page = make.draft(make.BlogPostFactory, group, owner=make.leader(of=group))
    return make.submit(page, by=page.owner)


def kinds():
    wanted = (EventKind.REMINDER, EventKind.ESCALATED)
    return list(Event.objects.filter(kind__in=wanted).order_by("pk").values_list("kind", flat=True))


def people_of(kind):
    return recipients(Event.objects.get(kind=kind))


@pytest.mark.parametrize(
    ("days_after", "expected"),
    [
        (0, []),
        (4, []),
        (5, ["reminder"]),
        (7, ["reminder"]),
        (8, ["escalated"]),
        (30, ["escalated"]),
    ],
)
def test_it_is_reminded_of_before_its_date_and_handed_on_after_it(waiting, days_after, expected):
    actions.follow_due_dates(actor=None, today=TODAY() + days_after * DAY)

    assert kinds() == expected


def test_each_happens_once_however_often_it_is_asked(waiting):
    for days in (5, 5, 6, 8, 8, 9):
        actions.follow_due_dates(actor=None, today=TODAY() + days * DAY)

    assert kinds() == ["reminder", "escalated"]


def test_nothing_happens_to_what_is_decided(waiting):
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    assert actions.follow_due_dates(actor=None, today=TODAY() + 30 * DAY) == 0
    assert kinds() == []


def test_who_has_taken_it_is_reminded_and_loses_it_when_it_is_overdue(waiting):
    first, second = make.board_member(), make.board_member()
    Matter.objects.update(taken_by=first, taken_at=timezone.now())
    actions.follow_due_dates(actor=None, today=TODAY() + 5 * DAY)
    assert people_of(EventKind.REMINDER) == [first]

    actions.follow_due_dates(actor=None, today=TODAY() + 8 * DAY)
    assert Matter.objects.get().taken_by is None
    assert second not in people_of(EventKind.ESCALATED)


def test_while_nobody_has_taken_it_all_who_can_decide_are_reminded(waiting):
    people = [make.board_member(), make.board_chair()]
    actions.follow_due_dates(actor=None, today=TODAY() + 6 * DAY)

    assert people_of(EventKind.REMINDER) == people


def test_the_chair_and_the_stand_ins_hear_of_what_is_overdue():
    secretary, member, deputy = make.secretary(), make.board_member(), make.board_member()
    chair = make.board_chair()
    Mandate.objects.create(kind=MandateKind.DEPUTY, user=deputy, end=TODAY() + 30 * DAY)
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, owner=secretary)
    make.submit(page, by=secretary)
    Matter.objects.update(due_on=TODAY() - DAY)

    actions.follow_due_dates(actor=None)

    assert people_of(EventKind.ESCALATED) == [deputy, chair]
    assert member not in people_of(EventKind.ESCALATED)


def test_the_mail_says_until_when(waiting):
    make.board_member()
    call_command("lpsa_tick", verbosity=0)
    mail.outbox.clear()
    due = TODAY() + 2 * DAY
    Matter.objects.update(due_on=due)

    call_command("lpsa_tick", verbosity=0)

    title = waiting.workflow_state.content_object.title
    [message] = mail.outbox
    assert message.subject.startswith("Please decide by ")
    assert message.subject.endswith(title)
