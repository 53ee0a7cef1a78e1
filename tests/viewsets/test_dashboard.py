"""The first page of the admin: my groups, and what waits for me."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.models import Matter, WorkingGroupIndexPage
from lpsa_wagtail.permissions import POSITION, Desk
from lpsa_wagtail.viewsets.dashboard import DecidedLatelyPanel, MyGroupsPanel, WaitingForMePanel
from tests import factories as make


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def home(client, user) -> BeautifulSoup:
    client.force_login(user)
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def texts(row, selector) -> list:
    return [cell.get_text(" ", strip=True) for cell in row.select(selector)]


def waiting(client, user) -> list:
    """Rows of the panel "Waiting for me"; [] where it is not shown."""
    return [
        texts(row, "td")[:5]
        for row in home(client, user).select("#lpsa-waiting-for-me-section tbody tr")
    ]


def submitted(group, chair, **fields):
    page = make.draft(make.BlogPostFactory, group, owner=chair, **fields)
    make.submit(page, by=chair)
    return page


def test_chairs_see_their_groups_and_where_their_pages_stand(client, group, chair):
    make.post(group, title="Live post")
    make.draft(make.WebinarFactory, group, title="A draft", owner=chair)
    submitted(group, chair, title="Submitted")
    back = make.draft(make.BlogPostFactory, group, title="Sent back", owner=chair)
    state = make.submit(back, by=chair)
    actions.decide(
        actor=make.board_member(), task_state=state, action="reject", comment="Name the source."
    )

    panel = home(client, chair).select_one("#lpsa-my-groups-section")

    assert texts(panel, "h3") == ["Local finance Forming"]
    assert {tuple(texts(row, "td .title-wrapper, td .w-status")) for row in panel.select("tr")} == {
        (),
        ("A draft", "Draft"),
        ("Submitted", "Waiting for the Advisory Board"),
        ("Sent back", "Changes requested"),
    }
    assert texts(panel, "blockquote") == ["Name the source."]
    assert texts(panel, ".lpsa-live a") == ["Live post", "Local finance"]


def test_nobody_sees_pages_of_groups_they_do_not_lead(client, group, chair):
    other = make.group()
    make.draft(make.BlogPostFactory, other, title="A foreign draft")

    assert "A foreign draft" not in home(client, chair).get_text()


def test_people_without_a_role_today_see_no_panel(client, group):
    former = make.leader(of=group, end=dt.date(2021, 1, 1))
    former.groups.add(make.group_made("group.contributors"))

    for user in (former, make.board_member(), make.secretary()):
        page = home(client, user)
        assert page.select("#lpsa-my-groups-section, #lpsa-waiting-for-me-section") == []


def test_the_board_sees_what_waits_who_submitted_it_and_since_when(
    client, group, chair, time_machine
):
    time_machine.move_to("2030-05-07 12:00Z")
    chair.first_name, chair.last_name = "Amina", "Sample"
    chair.save()
    page = submitted(group, chair, title="A post")

    member = make.board_member()

    assert waiting(client, member) == [
        ["A post", "Blog post", "Local finance", "Amina Sample", "May 14, 2030"]
    ]
    link = home(client, member).select_one("#lpsa-waiting-for-me-section a.button")["href"]
    matter = Matter.objects.get(task_state__workflow_state__object_id=page.pk)
    assert link == reverse("lpsa_desk:review", args=(matter.pk,))
    assert client.get(link).status_code == 200


def test_what_the_chair_decides_waits_for_the_chair_and_asks_others_for_positions(client):
    proposer = make.secretary()
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, title="A proposal", owner=proposer)
    make.submit(page, by=proposer)
    group = make.group(title="A group")
    group.title = "A better name"
    group.save_revision(user=proposer)
    make.submit(group, by=proposer)
    member = make.board_member()

    assert [row[0] for row in waiting(client, make.board_chair())] == [
        "A proposal",
        "A better name",
    ]
    assert [(item.title, item.asks) for item in Desk(member).items] == [
        ("A proposal", POSITION),
        ("A better name", POSITION),
    ]


def test_what_one_wrote_oneself_does_not_wait_for_one(client, group, chair):
    chair.groups.add(make.group_made(make.BOARD))
    submitted(group, chair)

    assert waiting(client, chair) == []


def test_what_is_decided_waits_no_more(client, group, chair):
    page = submitted(group, chair)
    member, second = make.board_member(), make.board_member()
    state = make.fresh(page).current_workflow_task_state

    actions.decide(actor=member, task_state=state, action="approve")

    assert waiting(client, second) == []


def host_stage(member) -> Workflow:
    """A workflow of the host's with one stage, at which this person decides."""
    task = GroupApprovalTask.objects.create(name="Language check")
    task.groups.set(member.groups.all())
    workflow = Workflow.objects.create(name="Language check")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def test_what_waits_at_another_stage_is_on_the_desk(client, group, chair):
    member = make.board_member()
    elsewhere = make.group()
    WorkflowPage.objects.filter(page=elsewhere).delete()
    WorkflowPage.objects.create(page=elsewhere, workflow=host_stage(member))
    make.submit(make.draft(make.BlogPostFactory, elsewhere, title="Text", owner=chair), by=chair)

    assert [row[0] for row in waiting(client, member)] == ["Text"]
    assert home(client, member).select("#awaiting-review-section") == []
    assert waiting(client, make.secretary()) == []


def test_wagtails_own_panel_stays_for_pages_of_the_host(client, group, chair):
    submitted(group, chair)
    member = make.board_member()
    assert home(client, member).select("#awaiting-review-section") == []

    page = Page.objects.get(depth=2).add_child(instance=Page(title="A page of the host"))
    page.save_revision(user=chair)
    host_stage(member).start(page, chair)

    assert len(home(client, member).select("#awaiting-review-section")) == 1


def decided(client, user) -> list:
    rows = home(client, user).select("#lpsa-decided-lately-section tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")[:3]] for row in rows]


def test_the_board_reads_what_others_decided_since_yesterday(client, group, chair):
    page = submitted(group, chair)
    member, second = make.board_member(), make.board_member()
    state = make.fresh(page).current_workflow_task_state
    actions.decide(actor=member, task_state=state, action="approve")

    assert decided(client, second) == [[page.title, "Approved", member.username]]
    assert decided(client, member) == decided(client, chair) == []
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert DecidedLatelyPanel(second).items == []


def unfamiliar(user):
    """The user as a new request knows them."""
    return get_user_model().objects.get(pk=user.pk)


def test_panels_take_as_many_queries_for_50_pages_as_for_1(
    group, chair, django_assert_max_num_queries, django_assert_num_queries
):
    member = make.board_chair()
    group.purpose = "Another purpose."
    group.save_revision(user=chair)
    make.submit(group, by=chair)
    made = 1
    for count in (1, 3, 50):
        for _number in range(made, count):
            submitted(group, chair)
        made = count
        people = unfamiliar(chair), unfamiliar(member)
        with django_assert_max_num_queries(7):
            MyGroupsPanel(people[0]).render_html({})
        with django_assert_num_queries(9):
            panel = WaitingForMePanel(people[1])
            panel.render_html({})
        assert len(panel.items) == count


def test_the_first_page_as_a_whole_does_not_grow(
    client, group, chair, django_assert_max_num_queries
):
    member = make.board_member()
    client.force_login(member)
    made = 0
    for count in (1, 3, 50):
        for _number in range(made, count):
            submitted(group, chair)
        made = count
        with django_assert_max_num_queries(30):
            client.get(reverse("wagtailadmin_home"))
