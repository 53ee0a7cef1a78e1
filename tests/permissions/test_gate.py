"""Nothing is live without a decision on exactly its content."""

import pytest

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed, NotDecided
from lpsa_wagtail.models import BlogPost, Decision, WorkingGroupIndexPage
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def drafted(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


def test_approval_by_a_board_member_makes_the_content_live(group, chair):
    page = drafted(group, chair)
    waiting = make.submit(page, by=chair)

    waiting.task.specific.on_action(waiting, make.board_member(), "approve")

    assert make.fresh(page).live is True
    decision = Decision.objects.filter(page_id=page.pk).get()
    assert (decision.outcome, decision.stage) == (Outcome.GO, Stage.CONTENT)


@pytest.mark.parametrize("act", ["save", "base_save", "publish", "revision_publish"])
def test_content_without_a_decision_cannot_be_live(act, group, chair):
    from wagtail.models import Page

    page = drafted(group, chair)
    page.live = True
    base = Page.objects.get(pk=page.pk)
    base.live = True
    ways = {
        "save": page.save,
        "base_save": base.save,
        "publish": lambda: page.publish(page.get_latest_revision()),
        "revision_publish": page.get_latest_revision().publish,
    }

    with pytest.raises(NotDecided):
        ways[act]()

    assert make.fresh(page).live is False


def test_changed_content_needs_a_new_decision(group):
    page = make.post(group)
    page.title = "Another title"

    with pytest.raises(NotDecided):
        page.save_revision().publish()

    assert BlogPost.objects.get(pk=page.pk).title != "Another title"


def test_nobody_approves_what_they_wrote(group, chair):
    page = drafted(group, chair)
    chair.groups.add(make.group_made(make.BOARD))
    waiting = make.submit(page, by=chair)

    with pytest.raises(NotAllowed, match="somebody else must decide"):
        actions.decide(actor=chair, task_state=waiting, action="approve")


def test_only_the_board_chair_establishes_a_group(group, chair):
    parent = make.index_page(WorkingGroupIndexPage)
    proposer = make.secretary()
    page = make.draft(make.WorkingGroupPageFactory, parent, owner=proposer)
    waiting = make.submit(page, by=proposer)

    with pytest.raises(NotAllowed):
        actions.decide(actor=make.board_member(), task_state=waiting, action="approve")
    actions.decide(actor=make.board_chair(), task_state=waiting, action="approve")

    assert make.fresh(page).live is True
    assert Decision.objects.get(page_id=page.pk).stage == Stage.ESTABLISHMENT
