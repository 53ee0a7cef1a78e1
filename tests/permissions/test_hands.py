"""Who wrote: saving is not writing, changing is."""

import json

import pytest

from lpsa_wagtail.models import Webinar
from lpsa_wagtail.permissions import authors_since_last_go, why_not_decide
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def member():
    return make.board_member()


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


def save_as(person, page, **changes):
    page = make.fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=person)


def refusal(member, page, chair):
    waiting = make.submit(make.fresh(page), by=chair)
    return why_not_decide(user=member, page=make.fresh(page), task=waiting.task.specific)


def test_saving_without_a_change_is_not_writing(page, chair, member):
    save_as(member, page)

    assert refusal(member, page, chair) == ""
    assert authors_since_last_go(make.fresh(page)) == {str(chair.pk)}


def test_the_marks_of_the_editor_are_not_writing(page, chair, member):
    marked = '<p data-block-key="abc12">Money follows function.</p>'
    save_as(member, page, body=json.dumps([{"type": "paragraph", "value": marked}]))

    assert refusal(member, page, chair) == ""


@pytest.mark.parametrize(
    "changes", [{"summary": "Other."}, {"title": "Another"}, {"seo_title": "Found"}]
)
def test_every_changed_word_is_writing(changes, page, chair, member):
    save_as(member, page, **changes)

    assert refusal(member, page, chair) == (
        "You wrote or submitted this, so somebody else must decide."
    )


def test_a_change_that_somebody_took_out_again_was_still_written(page, chair, member):
    before = page.summary
    save_as(member, page, summary="Other.")
    save_as(chair, page, summary=before)

    assert refusal(member, page, chair) != ""


def test_what_others_changed_before_a_comment_is_theirs(page, chair, member):
    save_as(chair, page, summary="Other.")
    save_as(member, page)

    assert refusal(member, page, chair) == ""


def test_facts_that_need_no_board_are_not_writing(group, chair, member):
    webinar = make.draft(make.WebinarFactory, group, owner=chair)
    save_as(member, webinar, attendance=12)

    assert Webinar.objects.get(pk=webinar.pk).get_latest_revision_as_object().attendance == 12
    assert refusal(member, webinar, chair) == ""
