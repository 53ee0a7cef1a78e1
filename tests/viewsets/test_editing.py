"""What the page editor tells reviewers and authors."""

import pytest
from bs4 import BeautifulSoup

from lpsa_wagtail import actions
from tests import editor
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


def opened(client, user, page):
    client.force_login(user)
    answer = client.get(editor.edit_url(page))
    assert answer.status_code == 200
    return answer


def said(client, user, page) -> list:
    """Messages above the editor, those about locks left out."""
    messages = opened(client, user, page).context["messages"]
    return [str(m).strip() for m in messages if "lock" not in m.tags]


def buttons(client, user, page) -> list:
    soup = BeautifulSoup(opened(client, user, page).content, "html.parser")
    return [text for b in soup.select("footer button") if (text := b.get_text(" ", strip=True))]


DECIDE = (
    "This waits for your decision: see the button below. If you change or comment something in "
    "the text yourself, somebody else must decide; to ask for changes, choose “Request changes”."
)
CHAIR_DECIDES = (
    "The Advisory Board Chair decides on establishing a group, and on its title, designation, "
    "focus and purpose."
)


def test_a_draft_says_nothing(client, page, chair):
    assert said(client, chair, page) == []


def test_reviewers_are_told_that_it_is_their_turn(client, page, chair):
    make.submit(page, by=chair)

    assert said(client, make.board_member(), page) == [DECIDE]
    assert said(client, chair, page) == []


def test_who_cannot_decide_is_told_why(client, group, page, chair):
    chair.groups.add(make.group_made(make.BOARD))
    make.submit(page, by=chair)
    group.purpose = "Another purpose."
    group.save_revision(user=chair)
    make.submit(group, by=chair)

    assert said(client, chair, page) == [
        "You wrote or submitted this, so somebody else must decide."
    ]
    assert said(client, make.board_member(), group) == [CHAIR_DECIDES]
    assert said(client, make.board_chair(), group) == [DECIDE]


def test_authors_read_what_was_asked_of_them(client, page, chair):
    state = make.submit(page, by=chair)
    actions.decide(
        actor=make.board_member(),
        task_state=state,
        action="reject",
        comment="Name <b>the</b> source.",
    )

    assert said(client, chair, page) == [
        "The reviewer asked for changes: “Name &lt;b&gt;the&lt;/b&gt; source.” Change the page "
        "and submit it again."
    ]


def test_the_main_button_of_a_reviewer_approves(client, page, chair):
    make.submit(page, by=chair)

    found = buttons(client, make.board_member(), page)

    assert found[:5] == [
        *("Approve and Publish", "More actions"),
        *("Approve with comment and Publish", "Request changes", "Save draft"),
    ]
    assert "Approve and Publish" not in buttons(client, make.secretary(), page)
