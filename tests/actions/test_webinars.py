"""Operational facts change on the page and in its drafts, without the Board."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageLogEntry

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role, WebinarStatus
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Decision
from lpsa_wagtail.permissions import may_go_live
from tests import factories as make

LATER = dt.datetime(2030, 6, 4, 13, tzinfo=dt.UTC)
LATER_END = dt.datetime(2030, 6, 4, 15, tzinfo=dt.UTC)


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def webinar(group):
    return make.webinar(group, title="Budgets")


def entries(page):
    return PageLogEntry.objects.filter(page=page.pk).count()


def test_the_page_and_its_revision_change_alike(webinar):
    decisions = Decision.objects.count()

    actions.change_facts(actor=None, webinar=webinar, starts_at=LATER, ends_at=LATER_END)

    page = make.fresh(webinar)
    draft = page.get_latest_revision_as_object()
    assert (page.starts_at, page.ends_at) == (LATER, LATER_END)
    assert (draft.starts_at, draft.ends_at) == (LATER, LATER_END)
    assert (page.live, may_go_live(page), page.revisions.count()) == (True, True, 1)
    assert Decision.objects.count() == decisions


def test_a_draft_that_waits_keeps_its_own_content(webinar):
    webinar.title = "Budgets, again"
    webinar.save_revision()

    actions.change_facts(
        actor=None, webinar=webinar, status=WebinarStatus.POSTPONED, ends_at=LATER_END
    )

    page = make.fresh(webinar)
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.status, page.ends_at) == ("Budgets", "postponed", LATER_END)
    assert (draft.title, draft.status, draft.ends_at) == (
        "Budgets, again",
        "postponed",
        LATER_END,
    )


def test_facts_that_are_so_already_change_nothing(webinar):
    before = entries(webinar)

    actions.change_facts(actor=None, webinar=webinar, starts_at=webinar.starts_at)

    assert entries(webinar) == before


def test_a_change_is_logged_with_who_did_it(group, webinar):
    chair = make.leader(of=group)

    actions.change_facts(actor=chair, webinar=webinar, venue="Town hall")

    entry = PageLogEntry.objects.filter(page=webinar.pk, user=chair).get()
    assert (entry.action, entry.data) == ("wagtail.edit", {"facts": ["venue"]})


@pytest.mark.parametrize("who", ["coordinator", "secretariat"])
def test_coordinators_and_the_secretariat_may(who, group, webinar):
    people = {
        "coordinator": lambda: make.leader(of=group, role=Role.COORDINATOR),
        "secretariat": make.secretary,
    }

    actions.change_facts(actor=people[who](), webinar=webinar, venue="Town hall")

    assert make.fresh(webinar).venue == "Town hall"


@pytest.mark.parametrize("who", ["chair_of_another_group", "board_member"])
def test_others_may_not(who, webinar):
    people = {
        "chair_of_another_group": lambda: make.leader(of=make.group()),
        "board_member": make.board_member,
    }

    with pytest.raises(NotAllowed, match="Only the group's co-chairs"):
        actions.change_facts(actor=people[who](), webinar=webinar, venue="Town hall")

    assert make.fresh(webinar).venue == ""


def test_content_is_not_changed_this_way(webinar):
    with pytest.raises(NotAllowed, match="The Board decides on changes of: summary, title"):
        actions.change_facts(actor=None, webinar=webinar, title="x", summary="y", venue="z")


def test_an_end_before_the_start_is_refused(webinar):
    with pytest.raises(ValidationError, match="The end must be later"):
        actions.change_facts(actor=None, webinar=webinar, starts_at=LATER_END, ends_at=LATER)
