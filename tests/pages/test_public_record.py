"""What everybody may know of the decisions on a group."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind, Outcome, Stage
from lpsa_wagtail.models import Mandate, WorkingGroupIndexPage, public_record
from lpsa_wagtail.models.public_record import PublicDecision
from tests import factories as make


@pytest.fixture
def today():
    return timezone.localdate()


def approve(page, by, comment="A secret comment"):
    state = make.submit(page, by=make.secretary())
    actions.decide(actor=by, task_state=state, action="approve", comment=comment)
    return make.fresh(page)


def established(chair, **fields):
    index = make.index_page(WorkingGroupIndexPage)
    draft = make.draft(make.WorkingGroupPageFactory, index, owner=make.UserFactory(), **fields)
    return approve(draft, chair)


def changed(group, chair, **values):
    for name, value in values.items():
        setattr(group, name, value)
    group.save_revision(user=make.secretary())
    return approve(group, chair)


def state_changed(group, chair, change):
    by = make.secretary()
    matter = actions.propose_change(
        actor=by, record=group.record, change=change, reason="A secret reason"
    )
    actions.give_position(
        actor=make.board_member(), matter=matter, stance="concern", comment="A secret position"
    )
    actions.decide_change(actor=chair, matter=matter, action="approve", comment="A secret comment")


def test_the_life_of_a_group_newest_first(today):
    chair = make.board_chair()
    group = established(chair)
    group = changed(group, chair, purpose="To share more.")
    group = changed(group, make.board_member(), how_to_join="Ring.")
    for change in ("dormant", "revive", "archive"):
        state_changed(group, chair, change)

    found = public_record(group)

    outcomes = ["archived", "revived", "dormant", "charter-changed", "established"]
    assert [row.outcome.value for row in found] == outcomes
    assert found[0] == PublicDecision(today, found[0].outcome, found[0].role, today)
    assert {row.role.value for row in found} == {"chair"}


def test_page_and_json_tell_it_without_names_comments_positions_and_reasons(visit, today):
    chair = make.board_chair()
    group = established(chair, title="Delta", slug="delta")
    state_changed(group, chair, "dormant")

    page, answer = visit(group), Client().get("/api/lpsa/v1/groups/delta/")

    day = f"{today.day} {today:%B} {today.year}"
    assert page.texts('[aria-labelledby="lpsa-decisions"] li') == [
        f"Made dormant {day} · Advisory Board Chair",
        f"Established {day} · Advisory Board Chair",
    ]
    assert answer.json()["decisions"] == [
        {
            "date": today.isoformat(),
            "outcome": outcome,
            "role": "chair",
            "effective_on": today.isoformat(),
        }
        for outcome in ("dormant", "established")
    ]
    both = str(page) + answer.content.decode()
    assert [word for word in ("secret", chair.username, "LPSA") if word in both] == []


def test_refusals_and_decisions_on_content_are_not_told():
    chair, group = make.board_chair(), make.group()
    group.title = "Another title"
    group.save_revision(user=make.secretary())
    state = make.submit(group, by=make.secretary())
    actions.decide(actor=chair, task_state=state, action="reject", comment="No.")
    matter = actions.propose_change(
        actor=make.secretary(), record=group.record, change="dissolve", reason="So."
    )
    actions.decide_change(actor=chair, matter=matter, action="reject")
    post = make.post(group)
    actions.take_down(actor=make.secretary(), page=post, reason="So.")

    assert [row.outcome.value for row in public_record(make.fresh(group))] == ["established"]
    assert public_record(make.fresh(group))[0].role is None


def test_the_role_is_one_of_a_list_whatever_the_groups_of_the_host_are_called():
    chair = make.board_chair()
    for number, group in enumerate(chair.groups.all()):
        Group.objects.filter(pk=group.pk).update(name=f"Desmond Achterhof {number}")
    acting = make.board_member()
    Mandate.objects.create(
        kind=MandateKind.ACTING_CHAIR, user=acting, end=timezone.localdate() + dt.timedelta(days=9)
    )
    group = established(chair)
    state_changed(group, acting, "dormant")

    assert [row.role.value for row in public_record(group)] == ["acting-chair", "chair"]


def test_what_was_taken_back_before_its_date_is_not_told():
    chair, group = make.board_chair(), make.group()
    group.purpose = "To share much more."
    group.go_live_at = timezone.now() + dt.timedelta(days=9)
    group.save_revision(user=make.secretary())
    approve(group, chair)
    assert len(public_record(make.fresh(group))) == 2

    revision = make.fresh(group).latest_revision
    revision.approved_go_live_at = None
    revision.save()

    assert [row.outcome.value for row in public_record(make.fresh(group))] == ["established"]


def test_without_the_board_is_told_without_a_role_and_what_follows_is_a_change():
    index, admin = make.index_page(WorkingGroupIndexPage), make.UserFactory(is_superuser=True)
    draft = make.draft(make.WorkingGroupPageFactory, index)
    group = actions.override(actor=admin, page=draft, reason="A secret reason")
    assert [(row.outcome.value, row.role) for row in public_record(group)] == [
        ("established", None)
    ]

    group = changed(group, make.board_chair(), title="Another title")

    outcomes = [row.outcome.value for row in public_record(group)]
    assert outcomes == ["charter-changed", "established"]


def test_what_goes_live_later_is_effective_on_that_day(today):
    group, chair = established(make.board_chair()), make.board_chair()
    later = timezone.now() + dt.timedelta(days=10)
    group = changed(group, chair, purpose="To share more.", go_live_at=later)

    [newest, _first] = public_record(group)

    assert (newest.decided_on, newest.effective_on) == (today, timezone.localdate(later))


def test_maintenance_of_a_charter_is_not_told():
    group = make.group()
    group.title = "Mended"
    actions.record_decision(
        actor=None,
        content=group,
        outcome=Outcome.MAINTENANCE,
        stage=Stage.ESTABLISHMENT,
        replaced_hash="v1:x",
    )
    assert [row.outcome.value for row in public_record(group)] == ["established"]


@pytest.mark.parametrize("number", [0, 3, 12])
def test_it_is_one_query_and_the_latest_are_open(number, visit, django_assert_num_queries):
    chair = make.board_chair()
    group = established(chair)
    for n in range(number):
        group = changed(group, chair, purpose=f"To share {n}.")

    with django_assert_num_queries(1):
        assert len(public_record(group)) == number + 1
    seen = visit(group)
    shown = seen.select('[aria-labelledby="lpsa-decisions"] > ul > li')
    earlier = seen.select('[aria-labelledby="lpsa-decisions"] > details li')
    assert (len(shown), len(earlier)) == (min(number + 1, 3), max(number - 2, 0))
