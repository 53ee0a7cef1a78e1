"""The page on which a matter is read and decided."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Decision,
    Matter,
    Position,
    ReviewNote,
    WorkingGroupIndexPage,
)
from tests import factories as make


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair, title="A post")


@pytest.fixture
def matter(page, chair):
    return actions.matter_of(task_state=make.submit(page, by=chair))


def url_of(matter) -> str:
    return reverse("lpsa_desk:review", args=(matter.pk,))


def opened(client, user, matter) -> BeautifulSoup:
    client.force_login(user)
    answer = client.get(url_of(matter))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def filled(client, user, matter) -> dict:
    """What the browser sends with the form of the decision, the button left out."""
    form = opened(client, user, matter).select_one(".lpsa-answer form")
    return {field["name"]: field["value"] for field in form.select("input[name]")}


def pressed(client, matter, act, **data):
    return client.post(url_of(matter), {"act": act, **data}, follow=True)


def said(answer) -> list:
    return [str(message).strip() for message in answer.context["messages"]]


def words(part) -> str:
    return " ".join(part.get_text(" ", strip=True).split())


def test_approving_takes_two_clicks_from_the_desk(client, page, matter):
    member = make.board_member()
    client.force_login(member)
    desk = BeautifulSoup(client.get(reverse("lpsa_desk:inbox")).content, "html.parser")
    first = desk.select_one(".lpsa-item a.button")["href"]
    form = BeautifulSoup(client.get(first).content, "html.parser").select_one(".lpsa-answer form")
    data = {field["name"]: field["value"] for field in form.select("input[name], button[name]")}

    answer = client.post(form["action"], {**data, "act": "approve"}, follow=True)

    assert make.fresh(page).live is True
    assert answer.redirect_chain == [(reverse("lpsa_desk:inbox"), 302)]
    assert said(answer) == ["You approved “A post”. Nothing else waits for you."]


def test_the_person_is_told_what_is_left(client, group, chair, matter):
    other = make.draft(make.BlogPostFactory, group, owner=chair)
    make.submit(other, by=chair)
    member = make.board_member()

    answer = pressed(client, matter, "approve", **filled(client, member, matter))

    assert said(answer) == ["You approved “A post”. 1 thing waits for you."]


def test_of_several_approvals_each_is_counted(client, page, matter):
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=2)
    first, second = make.board_member(), make.board_member()

    answer = pressed(client, matter, "approve", **filled(client, first, matter))

    assert said(answer) == [
        "You approved “A post”. It needs 1 more approval. Nothing else waits for you."
    ]
    assert make.fresh(page).live is False
    votes = opened(client, second, matter).select_one("section[aria-labelledby=lpsa-votes]")
    assert first.username in words(votes)
    secretary = opened(client, make.secretary(), matter)
    assert secretary.select("section[aria-labelledby=lpsa-votes]") == []
    pressed(client, matter, "approve", **filled(client, second, matter))
    assert make.fresh(page).live is True


def test_sending_back_needs_a_comment(client, page, matter):
    member = make.board_member()
    data = filled(client, member, matter)

    refused = pressed(client, matter, "reject", **data, comment="  ")
    assert said(refused) == ["Say what should change. Those who wrote it read it."]
    assert Decision.objects.filter(page_id=page.pk).count() == 0

    answer = pressed(client, matter, "reject", **data, comment="Name the source.")
    assert said(answer) == ["You sent “A post” back. Nothing else waits for you."]
    found = Decision.objects.get(page_id=page.pk)
    assert (found.outcome, found.comment) == ("rejected", "Name the source.")


def test_changed_content_decides_nothing_and_shows_what_changed(client, page, matter, chair):
    member = make.board_member()
    data = filled(client, member, matter)
    changed = page.get_latest_revision_as_object()
    changed.summary = "In other words."
    changed.save_revision(user=make.board_member())

    answer = pressed(client, matter, "approve", **data, comment="Fine <b>so</b>.")

    assert make.fresh(page).live is False
    assert said(answer) == [
        "This changed since you opened it, so nothing was decided. Look at it again."
    ]
    soup = BeautifulSoup(answer.content, "html.parser")
    since = soup.select_one("section[aria-labelledby=lpsa-since-opened]")
    assert [words(label) for label in since.select("dt")] == ["Summary"]
    assert soup.select_one("#lpsa-comment").get_text() == "Fine <b>so</b>."


@pytest.mark.parametrize("seen", ["", "v1:0", "?"])
def test_what_was_not_shown_is_not_approved(seen, client, page, matter):
    client.force_login(make.board_member())

    pressed(client, matter, "approve", seen=seen)

    assert make.fresh(page).live is False


def test_who_comes_second_is_told_and_sees_the_decision(client, page, matter):
    first, second = make.board_member(), make.board_member()
    data = filled(client, second, matter)
    actions.decide(actor=first, task_state=matter.task_state, action="approve")

    answer = pressed(client, matter, "approve", **data)

    assert said(answer) == ["Somebody else has already decided on this."]
    assert BeautifulSoup(answer.content, "html.parser").select(".lpsa-answer") == []
    assert Decision.objects.filter(page_id=page.pk).count() == 1


def test_a_right_that_ended_a_minute_ago_decides_nothing(client, page, matter):
    member = make.board_member()
    data = filled(client, member, matter)
    member.groups.clear()
    member.groups.add(make.group_made("group.contributors"))

    assert client.post(url_of(matter), {"act": "approve", **data}).status_code == 302
    assert make.fresh(page).live is False


@pytest.mark.parametrize("who", ["author", "other leader", "former leader", "contributor"])
def test_it_is_shown_to_nobody_else(who, client, group, page, matter, chair):
    people = {
        "author": lambda: chair,
        "other leader": lambda: make.leader(of=make.group()),
        "former leader": lambda: make.leader(of=group, end=timezone.localdate().replace(year=2021)),
        "contributor": make.UserFactory,
    }
    client.force_login(people[who]())
    content = reverse("lpsa_desk:content", args=(matter.pk, page.latest_revision_id))

    for url in (url_of(matter), content):
        assert client.get(url).status_code == 302
    assert client.post(url_of(matter), {"act": "take"}).status_code == 302


def test_who_wrote_it_reads_why_they_do_not_decide(client, page, matter, chair):
    chair.groups.add(make.group_made(make.BOARD))

    answer = opened(client, chair, matter).select_one(".lpsa-answer")

    assert "You wrote or submitted this, so somebody else must decide." in words(answer)
    assert answer.select("form") == []


def test_the_content_is_shown_as_a_visitor_sees_it(client, page, matter):
    member = make.board_member()
    frame = opened(client, member, matter).iframe

    answer = client.get(frame["src"])

    assert frame["sandbox"] == ["allow-popups"]
    assert answer.status_code == 200
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    html = answer.content.decode()
    assert BeautifulSoup(html, "html.parser").h1.get_text(strip=True) == "A post"
    assert "wagtail-userbar" not in html
    other = reverse("lpsa_desk:content", args=(matter.pk, page.latest_revision_id + 1))
    assert client.get(other).status_code == 404


def test_what_was_decided_shows_no_content_any_more(client, page, matter):
    member = make.board_member()
    frame = opened(client, member, matter).iframe["src"]
    actions.decide(actor=member, task_state=matter.task_state, action="reject", comment="Why?")

    soup = opened(client, member, matter)

    assert soup.iframe is None
    assert "Why?" in words(soup.select_one("section[aria-labelledby=lpsa-decisions]"))
    assert client.get(frame).status_code == 404


def test_taking_letting_go_and_handing_over(client, matter):
    member, other = make.board_member(), make.board_member()
    client.force_login(member)

    assert said(pressed(client, matter, "take")) == ["The others see that you look at it."]
    assert f"{member.username} looks at it" in words(opened(client, other, matter))
    client.force_login(member)
    assert said(pressed(client, matter, "let-go")) == ["You look at it no more."]
    answer = pressed(client, matter, "hand-over", to=other.pk)
    assert said(answer) == [f"Handed over to {other.username}."]
    assert Matter.objects.get(pk=matter.pk).taken_by == other


@pytest.mark.parametrize("to", ["", "x", "0", "9" * 30])
def test_handing_over_to_nobody(to, client, matter):
    client.force_login(make.board_member())

    assert said(pressed(client, matter, "hand-over", to=to)) == [
        "Choose somebody who may decide on this."
    ]


@pytest.mark.parametrize("act", ["", "publish", "__init__"])
def test_acts_that_do_not_exist(act, client, matter):
    client.force_login(make.board_member())

    assert client.post(url_of(matter), {"act": act}).status_code == 404


def test_a_member_leaves_a_position_and_the_chair_reads_it(client):
    index, proposer = make.index_page(WorkingGroupIndexPage), make.secretary()
    draft = make.draft(make.WorkingGroupPageFactory, index, owner=proposer)
    matter = actions.matter_of(task_state=make.submit(draft, by=proposer))
    member, decider = make.board_member(), make.board_chair()
    opened(client, member, matter)

    pressed(client, matter, "position", stance="concern", comment="Two groups do this.")

    assert Position.objects.get().stance == "concern"
    section = opened(client, decider, matter).select_one("section[aria-labelledby=lpsa-positions]")
    assert "Concern Two groups do this." in words(section)
    secretary = opened(client, make.secretary(), matter)
    assert "Two groups do this." not in words(secretary)


def test_a_change_of_a_groups_state_is_decided_here_too(client, group):
    actions.propose_change(
        actor=make.secretary(), record=group.record, change="dormant", reason="Nobody has time."
    )
    matter, decider = Matter.objects.get(record=group.record), make.board_chair()
    soup = opened(client, decider, matter)
    assert "Nobody has time." in words(soup.select_one(".lpsa-facts"))

    pressed(client, matter, "approve")

    assert make.fresh(group).record.state == "dormant"


def two_stages(group):
    task = GroupApprovalTask.objects.create(name="Language check")
    task.groups.add(make.group_made(make.SECRETARIAT))
    workflow = Workflow.objects.create(name="Two stages")
    stages = (task, AdvisoryBoardApprovalTask.objects.last())
    for order, stage in enumerate(stages):
        WorkflowTask.objects.create(workflow=workflow, task=stage, sort_order=order)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)


def test_a_stage_before_the_boards_passes_it_on(client, group, page, chair):
    two_stages(group)
    matter = actions.matter_of(task_state=make.submit(page, by=chair))
    secretary = make.secretary()

    pressed(client, matter, "approve", **filled(client, secretary, matter))

    state = make.fresh(page).current_workflow_task_state.specific
    assert isinstance(state.task.specific, AdvisoryBoardApprovalTask)
    assert Decision.objects.filter(page_id=page.pk).count() == 0


def test_a_stage_before_the_boards_passes_only_what_was_shown(client, group, page, chair):
    two_stages(group)
    matter = actions.matter_of(task_state=make.submit(page, by=chair))
    client.force_login(make.secretary())

    answer = pressed(client, matter, "approve", seen="v1:0")

    assert said(answer) == [
        "This changed since you opened it, so nothing was decided. Look at it again."
    ]
    assert make.fresh(page).current_workflow_task_state.pk == matter.task_state_id


def test_notes_are_written_read_and_removed_here(client, page, matter):
    member, other = make.board_member(), make.board_member()
    client.force_login(member)

    pressed(client, matter, "note", note="Check the <b>figures</b>.")

    notes = opened(client, other, matter).select_one("section[aria-labelledby=lpsa-notes]")
    assert words(notes.blockquote) == "Check the <b>figures</b>."
    assert notes.select("button[value=remove-note]") == []
    number = ReviewNote.objects.get().pk
    pressed(client, matter, "remove-note", note_id=number)
    assert ReviewNote.objects.count() == 1
    client.force_login(member)
    pressed(client, matter, "remove-note", note_id=number)
    assert ReviewNote.objects.count() == 0


def test_a_sign_that_databases_refuse_is_left_out_of_a_note(client, matter):
    client.force_login(make.board_member())

    assert pressed(client, matter, "note", note="Check\x00 it.").status_code == 200

    assert ReviewNote.objects.get().text == "Check it."
