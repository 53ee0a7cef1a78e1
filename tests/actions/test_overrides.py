"""An administrator publishes without the Board: a separate act, with a reason, kept for good."""

import pytest
from django.core.exceptions import ValidationError

from lpsa_wagtail import actions
from lpsa_wagtail.choices import EventKind, Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed, NotDecided
from lpsa_wagtail.models import Decision, Event, Webinar
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def page(group):
    return make.draft(make.BlogPostFactory, group)


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("root")


def test_it_is_live_with_a_decision_of_its_own_kind(page, administrator):
    actions.override(actor=administrator, page=page, reason="The minister speaks at noon.")

    decision = Decision.objects.get(page_id=page.pk)
    assert make.fresh(page).live is True
    assert (decision.outcome, decision.stage, decision.comment, decision.actor) == (
        Outcome.OVERRIDE,
        Stage.CONTENT,
        "The minister speaks at noon.",
        administrator,
    )
    assert Event.objects.get(page_id=page.pk).kind == EventKind.OVERRIDE


def test_what_waited_for_the_board_waits_no_more(page, group, administrator):
    make.submit(page, by=make.leader(of=group))

    actions.override(actor=administrator, page=page, reason="Urgent.")

    assert make.fresh(page).current_workflow_state is None


def test_it_covers_exactly_this_content(page, administrator):
    actions.override(actor=administrator, page=page, reason="Urgent.")
    page = make.fresh(page)
    page.title = "Another"

    with pytest.raises(NotDecided):
        page.save_revision(user=administrator).publish()


@pytest.mark.parametrize("who", ["secretary", "board_member", "board_chair"])
def test_only_administrators_do_it(who, page):
    with pytest.raises(NotAllowed, match="administrators"):
        actions.override(actor=getattr(make, who)(), page=page, reason="Urgent.")

    assert make.fresh(page).live is False


def test_nobody_does_it_without_a_reason(page, administrator):
    with pytest.raises(NotAllowed, match="Say why"):
        actions.override(actor=administrator, page=page, reason=" ")

    assert Decision.objects.filter(page_id=page.pk).count() == 0


def test_an_unfinished_page_is_not_published(group, administrator):
    page = make.unfinished(make.WebinarFactory, group, starts_at=None, ends_at=None)

    with pytest.raises(ValidationError):
        actions.override(actor=administrator, page=page, reason="Urgent.")

    assert Webinar.objects.get(pk=page.pk).live is False
