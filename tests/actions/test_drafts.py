"""Drafts are put in their place by who may, and handed to who decides."""

import pytest
from wagtail.models import PageLogEntry, TaskState, WorkflowPage

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import BlogPost, WorkingGroupIndexPage, WorkingGroupPage
from tests import factories as make


def test_a_draft_has_one_revision_of_its_owner_and_its_interests():
    group, word = make.group(), make.InterestFactory()
    chair = make.leader(of=group)

    page = actions.add_draft(
        actor=chair, parent=group, page=BlogPost(title="Two towns"), interests=[word]
    )

    page = make.fresh(page)
    assert (page.live, page.owner, page.slug, page.get_parent().pk) == (
        False,
        chair,
        "two-towns",
        group.pk,
    )
    assert [revision.user for revision in page.revisions.all()] == [chair]
    assert list(page.get_latest_revision_as_object().interests.all()) == [word]
    created = PageLogEntry.objects.filter(page=page.pk, action="wagtail.create")
    assert [entry.user for entry in created] == [chair]


def test_a_taken_slug_gets_a_number():
    group = make.group()

    slugs = [
        actions.add_draft(actor=None, parent=group, page=BlogPost(title="Budget")).slug
        for _n in range(3)
    ]

    assert slugs == ["budget", "budget-2", "budget-3"]


def test_what_completes_a_draft_is_in_its_revision():
    def complete(page):
        page.purpose = f"Files are in {page.record.collection}."

    page = actions.add_draft(
        actor=None,
        parent=make.index_page(WorkingGroupIndexPage),
        page=WorkingGroupPage(title="Rivers"),
        complete=complete,
    )

    assert page.revisions.get().as_object().purpose == "Files are in Rivers."


def test_who_may_not_add_is_refused():
    group, other = make.group(), make.group()
    chair = make.leader(of=other)

    with pytest.raises(NotAllowed, match="You cannot add pages below"):
        actions.add_draft(actor=chair, parent=group, page=BlogPost(title="Budget"))

    assert BlogPost.objects.count() == 0


def test_a_submitted_draft_waits_for_the_board():
    group = make.group()
    chair = make.leader(of=group)
    page = actions.add_draft(actor=chair, parent=group, page=BlogPost(title="Budget"))

    state = actions.submit_draft(actor=chair, page=page)

    assert (state.requested_by, state.current_task_state.status) == (
        chair,
        TaskState.STATUS_IN_PROGRESS,
    )
    assert state.current_task_state.revision == page.get_latest_revision()


def test_a_submitted_proposal_is_in_review_until_it_is_decided():
    secretary = make.secretary()
    page = actions.add_draft(
        actor=secretary,
        parent=make.index_page(WorkingGroupIndexPage),
        page=WorkingGroupPage(title="Rivers"),
    )

    actions.submit_draft(actor=secretary, page=page)

    assert make.fresh(page).record.state == GroupState.IN_REVIEW


def test_who_may_not_edit_cannot_submit():
    group = make.group()
    page = actions.add_draft(actor=None, parent=group, page=BlogPost(title="Budget"))

    with pytest.raises(NotAllowed, match="You cannot submit"):
        actions.submit_draft(actor=make.leader(of=make.group()), page=page)


def test_without_a_workflow_nothing_is_submitted():
    group = make.group()
    page = actions.add_draft(actor=None, parent=group, page=BlogPost(title="Budget"))
    WorkflowPage.objects.all().delete()

    with pytest.raises(NotAllowed, match="No workflow is assigned here"):
        actions.submit_draft(actor=None, page=page)
