"""Chains of steps after which somebody might decide on their own; the plays seldom get there."""

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from tests import factories as make
from tests.security.stage import page_of, prepare


@pytest.fixture
def stage():
    return prepare()


@pytest.fixture
def page(stage):
    """A draft of Ada's; Eve co-chairs the group as well, and is in the Board."""
    return make.draft(make.BlogPostFactory, page_of(stage.groups[0]), owner=stage.person("ada"))


def published(how, stage, page):
    if how == "installed":
        return actions.install_page(actor=None, page=page)
    administrator = stage.person("hue the superuser")
    return actions.override(actor=administrator, page=page, reason="It is urgent.")


@pytest.mark.parametrize("how", ["installed", "without the Board"])
def test_text_put_over_what_was_published_without_a_submission_is_written_anew(how, stage, page):
    eve = stage.person("eve")
    page.title = "By Eve"
    page.save_revision(user=eve)
    draft = make.fresh(published(how, stage, page)).get_latest_revision_as_object()
    draft.title = "Slipped in by Eve"
    draft.save_revision(user=eve, overwrite_revision=draft.latest_revision, clean=False)
    waiting = make.submit(make.fresh(page), by=stage.person("ada"))

    with pytest.raises(NotAllowed):
        actions.decide(actor=stage.person("eve"), task_state=waiting, action="approve")

    assert make.fresh(page).title == "By Eve"


def test_who_submitted_it_again_does_not_decide(stage, page):
    waiting = make.submit(page, by=stage.person("ada"))
    actions.decide(actor=stage.person("dan"), task_state=waiting, action="reject", comment="No.")
    make.fresh(page).current_workflow_state.resume(user=stage.person("eve"))
    again = make.fresh(page).current_workflow_task_state.specific

    with pytest.raises(NotAllowed):
        actions.decide(actor=stage.person("eve"), task_state=again, action="approve")


def test_who_submitted_it_and_took_it_back_does_not_decide(stage, page):
    make.submit(page, by=stage.person("eve"))
    actions.cancel_submission(actor=stage.person("eve"), page=make.fresh(page))
    waiting = make.submit(make.fresh(page), by=stage.person("ada"))

    with pytest.raises(NotAllowed):
        actions.decide(actor=stage.person("eve"), task_state=waiting, action="approve")
