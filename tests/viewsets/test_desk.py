"""My desk: what waits for me, and where my drafts stand."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Event,
    Mandate,
    Matter,
    WorkingGroupIndexPage,
)
from lpsa_wagtail.permissions import Desk
from tests import factories as make

NOTHING = (
    "Nothing waits for you. What somebody submits to you for a decision, or for your position, "
    "comes here, and you get a mail."
)


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def draft(group, chair, **fields):
    return make.draft(make.BlogPostFactory, group, owner=chair, **fields)


def submitted(group, chair, **fields):
    page = draft(group, chair, **fields)
    return actions.matter_of(task_state=make.submit(page, by=chair))


def proposal(**fields):
    index, proposer = make.index_page(WorkingGroupIndexPage), make.secretary()
    page = make.draft(make.WorkingGroupPageFactory, index, owner=proposer, **fields)
    return actions.matter_of(task_state=make.submit(page, by=proposer))


def opened(client, user) -> BeautifulSoup:
    client.force_login(user)
    answer = client.get(reverse("lpsa_desk:inbox"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(part) -> str:
    return " ".join(part.get_text(" ", strip=True).split())


def waiting(client, user) -> list:
    """Titles of what waits for this person."""
    section = opened(client, user).select_one("section[aria-labelledby=lpsa-waiting]")
    return [words(title) for title in section.select("h3")]


def facts(item) -> dict:
    return {words(row.dt): words(row.dd) for row in item.select("dl > div")}


def test_each_thing_says_what_who_since_when_until_when_and_who_looks_at_it(
    client, group, chair, time_machine
):
    time_machine.move_to("2030-05-07 12:00Z")
    other = make.board_member()
    matter = submitted(group, chair, title="A post")
    actions.take(actor=other, matter=matter)

    item = opened(client, make.board_member()).select_one(".lpsa-item")

    assert words(item.h3) == "A post"
    assert words(item.select_one(".lpsa-item__kind")) == "Blog post · Local finance"
    assert facts(item) == {
        "Submitted by": chair.username,
        "Since": "May 7, 2030",
        "Due": "May 14, 2030",
        "Stage": "Advisory Board decides",
        "Looks at it": other.username,
    }
    assert item.select_one("a.button")["href"] == reverse("lpsa_desk:review", args=(matter.pk,))


def test_what_is_overdue_says_so_in_words(client, group, chair):
    matter = submitted(group, chair)
    Matter.objects.filter(pk=matter.pk).update(due_on=dt.date(2020, 1, 2))

    item = opened(client, make.board_member()).select_one(".lpsa-item")

    assert facts(item)["Due"] == "Jan. 2, 2020 (overdue)"


def test_progress_is_told_and_who_approved_already_is_done(client, group, chair):
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=3)
    matter = submitted(group, chair)
    first, second = make.board_member(), make.board_member()

    actions.decide(actor=first, task_state=matter.task_state, action="approve")

    assert facts(opened(client, second).select_one(".lpsa-item"))["Approvals"] == "1 of 3"
    assert waiting(client, first) == []


def test_what_is_due_first_is_on_top(client, group, chair):
    late, soon = submitted(group, chair, title="Late"), submitted(group, chair, title="Soon")
    Matter.objects.filter(pk=late.pk).update(due_on=dt.date(2040, 1, 2))
    Matter.objects.filter(pk=soon.pk).update(due_on=dt.date(2040, 1, 1))

    assert waiting(client, make.board_member()) == ["Soon", "Late"]


def test_an_empty_desk_says_what_comes_here(client):
    section = opened(client, make.board_member()).select_one("section")

    assert words(section.p) == NOTHING


def test_a_proposal_asks_the_chair_to_decide_and_the_others_for_positions(client):
    matter = proposal(title="A group")
    member, decider = make.board_member(), make.board_chair()

    assert [(item.title, item.asks) for item in Desk(decider).items] == [("A group", "decide")]
    assert [(item.title, item.asks) for item in Desk(member).items] == [("A group", "position")]
    actions.give_position(actor=member, matter=matter, stance="support")
    assert waiting(client, member) == []


def test_a_change_of_a_groups_state_waits_like_everything_else(client, group):
    secretary, decider = make.secretary(), make.board_chair()
    actions.propose_change(
        actor=secretary, record=group.record, change="dormant", reason="Nobody has time."
    )

    found = [(item.title, item.kind, item.asks) for item in Desk(decider).items]
    assert found == [("Local finance", "Make it dormant", "decide")]
    assert [item.asks for item in Desk(make.board_member()).items] == ["position"]
    assert waiting(client, secretary) == []


def test_a_stage_before_the_boards_waits_for_its_groups(client, group, chair):
    secretary = make.secretary()
    task = GroupApprovalTask.objects.create(name="Language check")
    task.groups.set(secretary.groups.all())
    workflow = Workflow.objects.create(name="Two stages")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)
    submitted(group, chair, title="Text")

    assert waiting(client, secretary) == ["Text"]
    assert waiting(client, make.board_member()) == []


def test_a_deputy_finds_what_is_overdue(client):
    matter = proposal(title="A group")
    member = make.board_member()
    Mandate.objects.create(kind=MandateKind.DEPUTY, user=member, start=dt.date(2020, 1, 1))
    assert [item.asks for item in Desk(again(member)).items] == ["position"]

    Matter.objects.filter(pk=matter.pk).update(due_on=dt.date(2020, 1, 2))

    assert [item.asks for item in Desk(again(member)).items] == ["decide"]


def again(user):
    """The user as a new request knows them."""
    return get_user_model().objects.get(pk=user.pk)


def test_nothing_of_others_is_on_a_desk(client, group, chair):
    submitted(group, chair, title="A secret")
    other = make.leader(of=make.group())

    assert waiting(client, other) == waiting(client, make.UserFactory(is_superuser=True)) == []
    assert "A secret" not in words(opened(client, other))


def test_a_vacant_post_is_said_on_top_with_who_acts(client, group, chair):
    member = make.board_member()
    end = dt.date(2990, 1, 1)

    assert words(opened(client, chair).select_one(".lpsa-vacant")) == (
        "The post of the Advisory Board Chair is vacant. Nobody acts for the Chair today, so what "
        "only the Chair decides has to wait. The secretariat names somebody."
    )
    Mandate.objects.create(kind=MandateKind.ACTING_CHAIR, user=member, end=end)
    assert words(opened(client, chair).select_one(".lpsa-vacant")) == (
        f"The post of the Advisory Board Chair is vacant. {member.username} acts for the Chair "
        "until Jan. 1, 2990."
    )
    client.force_login(chair)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{member.username} acts for the Chair" in home
    make.board_chair()
    assert opened(client, chair).select_one(".lpsa-vacant") is None


def test_leaders_see_where_their_drafts_stand_with_whom_and_what_was_decided(
    client, group, chair, time_machine
):
    time_machine.move_to("2030-05-07 12:00Z")
    member = make.board_member()
    draft(group, chair, title="Unfinished")
    actions.take(actor=member, matter=submitted(group, chair, title="Taken"))
    approved = submitted(group, chair, title="Approved")
    state = approved.task_state
    actions.decide(actor=member, task_state=state, action="approve", comment="Well done.")

    section = opened(client, chair).select_one("section[aria-labelledby=lpsa-drafts]")

    assert {
        words(item.h3): words(item.select_one(".w-status")) for item in section.select(".lpsa-item")
    } == {"Unfinished": "Draft", "Taken": "Waiting for the Advisory Board"}
    lines = [words(line) for line in section.select(".lpsa-since")]
    assert lines == [
        *("since May 7, 2030", "due May 14, 2030", f"{member.username} looks at it"),
        "since May 7, 2030",
    ]
    assert words(section.select_one(".lpsa-said li")) == (
        f"Approved : Approved, May 7, 2030, {member.username} (LPSA Advisory Board) Well done."
    )


def test_who_submitted_reminds_from_the_desk(client, group, chair):
    matter = submitted(group, chair)
    form = opened(client, chair).select_one("section[aria-labelledby=lpsa-drafts] form")

    client.post(form["action"])

    assert Event.objects.filter(kind="reminder", data__matter=matter.pk).count() == 1
    make.MembershipFactory(member=make.MemberFactory(user=make.UserFactory()), group=group.record)
    colleague = make.leader(of=group)
    assert opened(client, colleague).select("section[aria-labelledby=lpsa-drafts] form") == []


def test_the_secretariat_sees_what_waits_for_others(client, group, chair):
    submitted(group, chair, title="A post")
    proposal(title="A group")
    section = opened(client, make.secretary()).select_one("section[aria-labelledby=lpsa-others]")

    assert [words(title) for title in section.select("h3")] == ["A post", "A group"]


@pytest.mark.parametrize("needed", [1, 2])
def test_the_desk_takes_as_many_queries_for_50_things_as_for_3(
    needed, client, group, chair, django_assert_num_queries
):
    AdvisoryBoardApprovalTask.objects.update(approvals_needed=needed)
    make.board_chair()
    member, voter = make.board_member(), make.board_member()
    client.force_login(member)
    made = 0
    for count in (1, 3, 50):
        for _number in range(made, count):
            matter = submitted(group, chair)
            if needed > 1:
                actions.decide(actor=voter, task_state=matter.task_state, action="approve")
        made = count
        client.get(reverse("lpsa_desk:inbox"))
        with django_assert_num_queries(19):
            answer = client.get(reverse("lpsa_desk:inbox"))
        assert len(answer.context["items"]) == count
    assert {item.approvals for item in answer.context["items"]} == {needed - 1}


def test_the_desk_of_a_leader_takes_as_many_queries_for_50_drafts_as_for_3(
    client, group, chair, django_assert_num_queries
):
    make.board_chair()
    client.force_login(chair)
    made = 0
    for count in (1, 3, 50):
        for _number in range(made, count):
            submitted(group, chair)
        made = count
        client.get(reverse("lpsa_desk:inbox"))
        with django_assert_num_queries(20):
            answer = client.get(reverse("lpsa_desk:inbox"))
        assert len(answer.context["drafts"]) == count


def test_what_was_submitted_before_there_were_matters_gets_an_address(client, group, chair):
    submitted(group, chair, title="Old")
    Matter.objects.all().delete()

    url = opened(client, make.board_member()).select_one(".lpsa-item a.button")["href"]

    assert client.get(url).status_code == 200
