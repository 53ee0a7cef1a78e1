"""What the page editor tells reviewers and authors."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from lpsa_wagtail import actions
from lpsa_wagtail.models import AdvisoryBoardApprovalTask
from lpsa_wagtail.permissions.roles import CONTRIBUTORS
from lpsa_wagtail.viewsets.editing import OPENED
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
    "This waits for your decision: see the button below. You may comment in the text. If you "
    "change it yourself, somebody else must decide; to ask for changes, choose “Request changes”."
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


def test_administrators_are_told_who_decides(client, page, chair, django_user_model):
    make.submit(page, by=chair)

    assert said(client, django_user_model.objects.create_superuser("root"), page) == [
        "Only the members of the Advisory Board named for this stage decide."
    ]


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


def decision_form(client, member, page) -> dict:
    """What the browser posts when the reviewer presses "Approve" with the editor open."""
    client.force_login(member)
    data = dict(editor.form_data(client, editor.edit_url(page), type(page)).lists())
    soup = BeautifulSoup(client.get(editor.edit_url(page)).content, "html.parser")
    data[OPENED] = soup.select_one(f"input[name={OPENED}]")["value"]
    return {**data, "action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def linked(group, chair):
    """A post whose text is elsewhere, so that the form has no stream to fill in."""
    fields = {"body": [], "original_source_url": "https://example.org/original/"}
    return make.draft(make.BlogPostFactory, group, owner=chair, **fields)


def test_a_reviewer_approves_what_is_open(client, linked, chair):
    make.submit(linked, by=chair)
    member = make.board_member()

    client.post(editor.edit_url(linked), decision_form(client, member, linked))

    assert make.fresh(linked).live is True


def test_where_several_must_approve_the_first_is_told_that_others_must_too(client, linked, chair):
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=2)
    make.submit(linked, by=chair)
    said = []
    for member in (make.board_member(), make.board_member()):
        form = decision_form(client, member, linked)
        answer = client.post(editor.edit_url(linked), form, follow=True)
        said.append([str(message).strip() for message in answer.context["messages"]][-1])

    assert said == [
        f"Your approval of “{linked}” is counted. It waits for other members.",
        f"You approved “{linked}”.",
    ]
    assert make.fresh(linked).live is True


def test_what_changed_meanwhile_is_not_approved_but_shown(client, linked, chair):
    submitted = make.submit(linked, by=chair).revision
    member, other = make.board_member(), make.board_member()
    form = decision_form(client, member, linked)
    page = linked.get_latest_revision_as_object()
    page.summary = "In other words."
    changed = page.save_revision(user=other)

    comment = {"workflow-action-extra-data": '{"comment": "Fine."}'}
    answer = client.post(editor.edit_url(linked), {**form, **comment})

    assert make.fresh(linked).live is False
    text = " ".join(str(message) for message in answer.context["messages"])
    assert "This changed since you opened it, so nothing was decided." in text
    assert "Your comment was: “Fine.”" in text
    compare = reverse("lpsa_pages:what_changed", args=(linked.pk, submitted.pk))
    assert compare in text
    difference = client.get(compare)
    assert difference.status_code == 200
    assert difference.context["revision_b"].latest_revision_id == changed.pk
    assert [row.field_label() for row in difference.context["comparison"]] == ["Summary"]


def test_what_changed_outside_the_form_is_not_approved_either(client, linked, chair):
    picture = make.image()
    linked.lead_image = picture
    linked.save_revision(user=chair)
    make.submit(make.fresh(linked), by=chair)
    form = decision_form(client, make.board_member(), linked)
    type(picture).objects.filter(pk=picture.pk).update(file_hash="0" * 40)

    client.post(editor.edit_url(linked), form)

    assert make.fresh(linked).live is False


def test_taking_back_keeps_what_was_typed(client, linked, chair):
    make.submit(linked, by=chair)
    client.force_login(chair)

    editor.post(client, editor.edit_url(linked), type(linked), **{"action-cancel-workflow": "1"})

    assert make.fresh(linked).current_workflow_state is None


def test_taking_back_what_was_decided_meanwhile_says_so(client, linked, chair):
    waiting = make.submit(linked, by=chair)
    client.force_login(chair)
    url = editor.edit_url(linked)
    form = editor.form_data(client, url, type(linked), **{"action-cancel-workflow": "1"})
    actions.decide(actor=make.board_member(), task_state=waiting, action="approve")

    answer = client.post(url, dict(form.lists()), follow=True)

    assert "Somebody has decided on it." in answer.content.decode()
    assert make.fresh(linked).live is True


def test_the_history_of_a_page_has_decisions_with_their_reasons(client, group):
    post = make.post(group)
    secretary = make.secretary()
    actions.take_down(actor=secretary, page=post, reason="A wrong figure.")
    client.force_login(secretary)

    history = client.get(reverse("wagtailadmin_pages:history", args=(post.pk,)))

    text = BeautifulSoup(history.content, "html.parser").get_text(" ", strip=True)
    assert "Taken down" in text
    assert "A wrong figure." in text


@pytest.mark.parametrize("who", ["other chair", "secretary of nothing", "board after the decision"])
def test_what_changed_is_shown_to_nobody_else(who, client, linked, chair):
    waiting = make.submit(linked, by=chair)
    if who == "board after the decision":
        actions.decide(actor=make.board_member(), task_state=waiting, action="reject")
    people = {
        "other chair": lambda: make.leader(of=make.group()),
        "secretary of nothing": lambda: make.person(CONTRIBUTORS),
        "board after the decision": make.board_member,
    }
    client.force_login(people[who]())

    answer = client.get(reverse("lpsa_pages:what_changed", args=(linked.pk, "earliest")))

    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
