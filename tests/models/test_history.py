"""In which state groups were on a day."""

import datetime as dt

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.choices import GroupState, Outcome, Role, Stage
from lpsa_wagtail.models.history import StateSince, histories, state_on
from tests import factories as make

TODAY = dt.date(2024, 12, 31)


def day(month, number=1):
    return dt.date(2024, month, number)


JANUARY = day(1)


@pytest.fixture
def told():
    """Make a group by its record, co-chairs and decisions; gives its states."""

    def told(state, established_on=JANUARY, *, chairs=(), decisions=(), today=TODAY):
        group = make.group()
        models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(
            state=state, established_on=established_on
        )
        for start, end in chairs:
            make.MembershipFactory(group=group.record, start=start, end=end)
        for outcome, decided, effective in decisions:
            models.Decision.objects.create(
                page_id=group.pk,
                page_title=group.title,
                stage=Stage.ESTABLISHMENT,
                outcome=outcome,
                decided_at=dt.datetime(2024, decided.month, decided.day, 12, tzinfo=dt.UTC),
                effective_on=effective,
            )
        row = models.WorkingGroupPage.objects.with_state().get(pk=group.pk)
        return [(str(one.state), one.since) for one in histories([row], today)[group.pk]]

    return told


def test_a_group_that_is_not_established_has_no_states(told):
    assert told(GroupState.PROPOSED, None) == []
    assert told(GroupState.FORMING, day(6), today=day(5, 31)) == []


def test_with_a_co_chair_from_the_first_day_it_is_active(told):
    assert told(GroupState.ACTIVE, chairs=[(day(1), None)]) == [("active", day(1))]
    assert told(GroupState.FORMING) == [("forming", day(1))]


def test_each_decision_begins_a_state(told):
    states = told(
        GroupState.ARCHIVED,
        chairs=[(day(1), day(2)), (day(5), None)],
        decisions=[
            (Outcome.DORMANT, day(3), None),
            (Outcome.REVIVED, day(6), None),
            (Outcome.ARCHIVED, day(9), None),
        ],
    )

    assert states == [
        *(("active", day(1)), ("dormant", day(3)), ("active", day(6)), ("archived", day(9)))
    ]


def test_a_group_that_is_revived_without_a_co_chair_forms_anew(told):
    states = told(
        GroupState.FORMING,
        decisions=[(Outcome.DORMANT, day(3), None), (Outcome.REVIVED, day(6), None)],
    )

    assert states == [("forming", day(1)), ("dormant", day(3)), ("forming", day(6))]


def test_a_decision_counts_from_the_day_on_which_it_takes_effect(told):
    dormant = [(Outcome.DORMANT, day(3), day(5))]

    assert told(GroupState.DORMANT, decisions=dormant)[-1] == ("dormant", day(5))
    assert told(GroupState.FORMING, decisions=dormant, today=day(4)) == [("forming", day(1))]


def test_a_later_decision_calls_off_what_was_to_take_effect_after_its_day(told):
    states = told(
        GroupState.ARCHIVED,
        decisions=[(Outcome.DORMANT, day(3), day(8)), (Outcome.ARCHIVED, day(5), None)],
    )

    assert states == [("forming", day(1)), ("archived", day(5))]


def test_the_last_state_is_that_of_the_record(told):
    assert told(GroupState.ACTIVE) == [("active", day(1))]
    assert told(GroupState.ACTIVE, decisions=[(Outcome.DORMANT, day(3), None)]) == [
        ("forming", day(1)),
        ("active", day(3)),
    ]


def test_other_decisions_and_other_roles_change_nothing(told):
    assert told(GroupState.FORMING, decisions=[(Outcome.GO, day(3), None)]) == [("forming", day(1))]
    group = make.group()
    make.MembershipFactory(group=group.record, role=Role.COORDINATOR, start=day(1))
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(established_on=day(1))
    row = models.WorkingGroupPage.objects.with_state().get(pk=group.pk)
    assert histories([row], TODAY)[group.pk][0].state == GroupState.FORMING


def test_states_of_many_groups_are_two_queries(django_assert_num_queries):
    groups = [make.group() for _number in range(3)]
    rows = list(models.WorkingGroupPage.objects.with_state())

    with django_assert_num_queries(2):
        found = histories(rows, TODAY.replace(year=2100))

    assert set(found) == {group.pk for group in groups}


def test_decisions_on_a_translation_are_decisions_on_the_group(site, settings):
    from wagtail.models import Locale

    group = make.group()
    french = Locale.objects.create(language_code="fr")
    index = group.get_parent().specific
    other = make.draft(make.WorkingGroupPageFactory, index, locale=french)
    models.WorkingGroupPage.objects.filter(pk=other.pk).update(
        translation_key=group.translation_key
    )
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(
        state=GroupState.DORMANT, established_on=day(1)
    )
    models.Decision.objects.create(
        page_id=other.pk,
        stage=Stage.ESTABLISHMENT,
        outcome=Outcome.DORMANT,
        decided_at=dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC),
    )

    row = models.WorkingGroupPage.objects.with_state().get(pk=group.pk)
    assert histories([row], TODAY)[group.pk][-1] == StateSince(GroupState.DORMANT, day(3))


def test_the_state_on_a_day():
    states = [StateSince(GroupState.FORMING, day(2)), StateSince(GroupState.ACTIVE, day(4))]

    assert state_on(states, day(1)) is None
    assert state_on(states, day(2)) == state_on(states, day(3, 31)) == GroupState.FORMING
    assert state_on(states, day(4)) == state_on(states, day(12)) == GroupState.ACTIVE
    assert state_on([], day(1)) is None
