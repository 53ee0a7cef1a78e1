"""Where pages stand, for one page and for many."""

import datetime as dt

import pytest
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogPost, WorkingGroupIndexPage
from lpsa_wagtail.permissions import (
    attach_standing,
    authors_since_last_go,
    stage_of,
    stages_of,
    states_to_decide,
    task_states_to_decide,
    why_not_decide,
    with_standing,
)
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def standing(page):
    page = Page.objects.get(pk=page.pk)
    attach_standing([page])
    return page.standing


def draft(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


def test_a_draft_stands_since_it_was_last_written(group, chair, time_machine):
    time_machine.move_to("2030-05-07 12:00Z", tick=False)
    found = standing(draft(group, chair))

    since = dt.datetime(2030, 5, 7, 12, tzinfo=dt.UTC)
    assert (found.code, found.label, found.since) == ("draft", "Draft", since)


def test_what_waits_says_for_whom_and_since_when(group, chair, time_machine):
    page = draft(group, chair)
    time_machine.move_to("2030-05-07 12:00Z", tick=False)
    make.submit(page, by=chair)

    found = standing(page)

    since = dt.datetime(2030, 5, 7, 12, tzinfo=dt.UTC)
    assert (found.label, found.since) == ("Waiting for the Advisory Board", since)


def test_another_stage_of_the_hosts_is_named(group, chair):
    task = GroupApprovalTask.objects.create(name="Language check")
    workflow = Workflow.objects.create(name="Desk")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.filter(page=group).delete()
    WorkflowPage.objects.create(page=group, workflow=workflow)
    page = draft(group, chair)
    make.submit(page, by=chair)

    assert standing(page).label == "Waiting for Language check"


def test_what_came_back_says_what_was_asked(group, chair):
    page = draft(group, chair)
    state = make.submit(page, by=chair)
    member = make.board_member()
    actions.decide(actor=member, task_state=state, action="reject", comment="Name the source.")

    found = standing(page)

    assert (found.code, found.comment, found.live) == ("returned", "Name the source.", False)


def test_what_is_approved_for_later_says_when(group, chair):
    date = dt.datetime(2990, 1, 1, tzinfo=dt.UTC)
    page = draft(group, chair)
    page.go_live_at = date
    page.save_revision(user=chair)
    actions.decide(
        actor=make.board_member(), task_state=make.submit(page, by=chair), action="approve"
    )

    assert (standing(page).code, standing(page).since) == ("scheduled", date)


def test_every_page_stands_in_exactly_one_way(group, chair):
    make.post(group)
    changed = make.post(group)
    changed.summary = "Another."
    changed.save_revision(user=chair)
    draft(group, chair)
    make.submit(draft(group, chair), by=chair)
    make.submit(changed, by=chair)
    back = make.submit(draft(group, chair), by=chair)
    actions.decide(actor=make.board_member(), task_state=back, action="reject")
    later = draft(group, chair)
    later.go_live_at = dt.datetime(2990, 1, 1, tzinfo=dt.UTC)
    later.save_revision(user=chair)
    state = make.submit(later, by=chair)
    actions.decide(actor=make.board_member(), task_state=state, action="approve")

    posts = list(BlogPost.objects.all())
    attach_standing(posts)
    by_filter = {
        page.pk: code
        for code in ("draft", "waiting", "returned", "scheduled", "changed", "live")
        for page in with_standing(BlogPost.objects.all(), code)
    }

    assert by_filter == {page.pk: page.standing.code for page in posts}
    assert sorted(by_filter.values()) == [
        *("draft", "live", "returned", "scheduled", "waiting", "waiting")
    ]


# The rules for many are the rules for one.


def waiting_pages(group, chair):
    """Pages that wait at all kinds of stages, each with its submitter."""
    secretary = make.secretary()
    index = make.index_page(WorkingGroupIndexPage)
    proposal = make.draft(make.WorkingGroupPageFactory, index, owner=secretary)
    renamed, mailed, withdrawn = make.group(), make.group(), make.group()
    renamed.title = "Another name"
    renamed.save_revision(user=secretary)
    mailed.contact_email = "group@example.org"
    mailed.save_revision(user=secretary)
    withdrawn.unpublish()
    withdrawn.save_revision(user=secretary)
    pages = [proposal, renamed, mailed, withdrawn]
    for page in pages:
        make.submit(page, by=secretary)
    posts = [draft(group, chair), draft(group, chair)]
    live = make.post(group, owner=secretary)
    live.summary = "Changed by the chair."
    live.save_revision(user=chair)
    for page in (*posts, live):
        make.submit(page, by=chair)
    return [*pages, *posts, live], [secretary, chair]


def test_stages_of_many_pages_are_the_stages_of_each(group, chair):
    pages, _people = waiting_pages(group, chair)

    many = stages_of(Page.objects.filter(pk__in=[page.pk for page in pages]))

    one = {page.pk: stage_of(make.fresh(page).get_latest_revision_as_object()) for page in pages}
    assert many == one
    assert sorted(many.values()) == ["content"] * 4 + ["establishment"] * 3


def test_what_waits_for_a_person_is_what_the_person_may_decide(group, chair):
    pages, people = waiting_pages(group, chair)
    both = make.board_chair()
    chair.groups.add(make.group_made(make.BOARD))
    people += [make.board_member(), both, make.UserFactory(is_superuser=True)]
    people += [make.UserFactory(is_active=False, is_superuser=True), make.UserFactory()]
    for person in people:
        person = type(person).objects.get(pk=person.pk)
        allowed = set()
        for page in map(make.fresh, pages):
            task = page.current_workflow_task
            if why_not_decide(user=person, page=page, task=task) == "":
                allowed.add(page.pk)
        states = states_to_decide(user=person)
        tasks = {state.task.specific for state in states}
        by_task = [s.pk for task in tasks for s in task_states_to_decide(user=person, task=task)]

        assert {state.page.pk for state in states} == allowed
        assert sorted(by_task) == sorted(state.pk for state in states)


def test_hands_are_the_owner_the_submitter_and_writers_since_the_last_go(group):
    owner, early, late, submitter = (make.UserFactory() for _n in range(4))
    page = make.draft(make.BlogPostFactory, group, owner=owner)
    page.summary = "Early."
    page.save_revision(user=early)
    actions.install_page(actor=None, page=page)
    page = make.fresh(page)
    page.summary = "Later."
    page.save_revision(user=late)
    make.submit(page, by=submitter)

    hands = authors_since_last_go(Page.objects.get(pk=page.pk))

    assert hands == {str(user.pk) for user in (owner, late, submitter)}


def test_rules_and_standings_take_as_many_queries_for_50_pages_as_for_1(
    group, chair, django_assert_max_num_queries
):
    member = make.board_chair()
    made = 0
    for count in (1, 3, 50):
        for _number in range(made, count):
            make.submit(draft(group, chair), by=chair)
        made = count
        person = type(member).objects.get(pk=member.pk)
        with django_assert_max_num_queries(9):
            states = states_to_decide(user=person)
        assert len(states) == count
        task = states[0].task.specific
        with django_assert_max_num_queries(7):
            assert len(task_states_to_decide(user=person, task=task)) == count
        pages = list(Page.objects.filter(pk__in=[state.page.pk for state in states]))
        with django_assert_max_num_queries(4):
            attach_standing(pages)
