"""Deciding through Wagtail's own addresses: whose page it is, and what the browser may say."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import Decision
from tests import editor
from tests import factories as make
from tests.doors.places import NEW, WAITING, at_once


@pytest.fixture
def here(door):
    return door("post", WAITING)


@pytest.fixture
def member(here):
    """A member of the Board who may decide here."""
    person = make.board_member()
    person.groups.add(*state_of(here.page).task.specific.groups.all())
    return person


def state_of(page):
    return page.current_workflow_task_state


def press(here, name, said):
    """Press a button of the editor's; ``said`` is what the browser adds."""
    url = editor.edit_url(here.page)
    html = here.client.get(url).content.decode()
    buttons = {
        "action-workflow-action": "true",
        "workflow-action-name": name,
        "workflow-action-extra-data": json.dumps(said),
    }
    form = editor.filled(html, here.kind.model, **buttons, **body_of(here.page))
    return here.client.post(url, dict(form.lists()))


def body_of(page):
    """The one block of the text as the form has it."""
    block = page.body[0]
    value = {"document": block.value["document"].pk, "description": ""}
    return {
        **nested_form_data({"body": streamfield([("document", value)])}),
        "body-0-id": block.id,
    }


@pytest.mark.parametrize(
    "said",
    [
        {"comment": "x", "update": False},
        {"comment": "x", "user": 1, "task_state": 2, "action_name": "reject"},
        {"comment": "x", "obj": 1, "self": 2, "seen": "v1:0"},
    ],
)
def test_only_the_comment_is_taken_from_the_browser(here, member, said):
    here.client.force_login(member)

    press(here, "approve", said)

    decision = Decision.objects.filter(page_id=here.page.pk).get()
    assert (decision.outcome, decision.actor, decision.comment) == (Outcome.GO, member, "x")
    assert (here.page.live, here.page.current_workflow_state) == (True, None)


def at(page, state, name="approve"):
    return reverse("wagtailadmin_pages:workflow_action", args=(page.pk, name, state.pk))


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_who_wrote_it_does_not_decide_through_the_address_of_another_page(door, here, member, name):
    mine = here.page
    at_once(mine, summary="Written by a member.").save_revision(user=member)
    other = door("webinar", WAITING)
    member.groups.add(*state_of(other.page).task.specific.groups.all())
    here.client.force_login(member)

    here.client.post(at(other.page, state_of(mine), name), {"comment": "x"})

    assert Decision.objects.filter(page_id__in=(mine.pk, other.page.pk)).count() == 0
    assert (here.page.live, other.page.live) == (False, False)


def test_a_decision_at_the_address_of_another_page_is_not_about_that_page(door, here, member):
    other = door("webinar", WAITING)
    member.groups.add(*state_of(other.page).task.specific.groups.all())
    here.client.force_login(member)

    here.client.post(at(other.page, state_of(here.page)), {"comment": "x"})

    assert Decision.objects.filter(page_id=other.page.pk).count() == 0
    assert other.page.live is False
    assert other.page.current_workflow_task_state.status == "in_progress"


def test_what_does_not_wait_is_not_decided(door, here, member):
    draft = door("post", NEW)
    here.client.force_login(member)

    here.client.post(at(draft.page, state_of(here.page)), {"comment": "x"})

    assert (draft.page.live, here.page.live) == (False, False)


@pytest.mark.parametrize("comment", [None, {"a": 1}, ["a"], 5])
@pytest.mark.parametrize("name", ["approve", "reject"])
def test_a_comment_that_is_no_text_breaks_nothing(here, member, name, comment):
    here.client.force_login(member)

    response = press(here, name, {"comment": comment})

    assert response.status_code in (302, 400)
