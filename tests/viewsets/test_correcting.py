"""A typo on a live page: from the live page to the reviewer, who sees it and nothing else."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogPost
from tests import editor
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def post(group):
    fields = {"body": [], "original_source_url": "https://example.org/"}
    return make.post(group, title="Budgets in bref", summary="What was found.", **fields)


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def buttons(client, page) -> list[str]:
    """Labels of the buttons in the footer of the editor, the main one first."""
    html = client.get(editor.edit_url(page)).content.decode()
    footer = html[html.index('aria-label="Actions (footer)"') :].partition("</nav>")[0]
    found = re.findall(r"<button(.*?)</button>", footer, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]*>", "", f"<{one}").split()) for one in found]
    return [label for label in words if label]


def said(client, page) -> list[str]:
    response = client.get(editor.edit_url(page))
    return [str(message).partition("\n")[0] for message in get_messages(response.wsgi_request)]


def compared(client, page) -> str:
    address = reverse("lpsa_pages:what_changed", args=(page.pk, "live"))
    return client.get(address).content.decode()


def test_submitting_is_the_main_button_of_a_live_page_alone(client, group, post, chair):
    client.force_login(chair)
    draft = make.draft(make.BlogPostFactory, group, owner=chair)

    found = {"live": buttons(client, post)[0], "draft": buttons(client, draft)[0]}
    make.submit(post, by=chair)
    client.force_login(make.secretary())

    assert found == {"live": "Submit this correction", "draft": "Save draft"}
    assert "Submit this correction" not in client.get(editor.edit_url(post)).content.decode()


def test_from_the_live_page_to_its_end(client, post, chair):
    client.force_login(chair)
    assert editor.edit_url(post) in client.get(post.url).content.decode()

    fields = {"title": "Budgets in brief", "action-submit": "1"}
    editor.post(client, editor.edit_url(post), BlogPost, **fields)

    judge = make.board_member()
    client.force_login(judge)
    page = compared(client, post)
    assert re.findall(r'<span class="(deletion|addition)">([^<]*)</span>', page) == [
        ("deletion", "bref"),
        ("addition", "brief"),
    ]
    task = make.fresh(post).current_workflow_state.current_task_state.specific
    actions.decide(actor=judge, task_state=task, action="approve")
    assert make.fresh(post).title == "Budgets in brief"


def test_an_earlier_draft_goes_along_only_in_sight(client, group, post, chair):
    post.summary = "What somebody else found."
    post.save_revision(user=make.leader(of=group))
    client.force_login(chair)

    assert said(client, post) == [
        "This page has changes that were not submitted yet. They go along with what you submit."
    ]
    fields = {"title": "Budgets in brief", "action-submit": "1"}
    editor.post(client, editor.edit_url(post), BlogPost, **fields)

    client.force_login(make.board_member())
    page = compared(client, post)
    assert re.findall(r'<span class="addition">([^<]*)</span>', page) == [
        "brief",
        "somebody else",
    ]


def test_without_an_earlier_draft_nothing_is_said(client, post, chair):
    client.force_login(chair)

    assert said(client, post) == []
