"""What the doctor finds in the data; a site in order gives no word."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Decision,
    Delivery,
    Event,
    Heartbeat,
    InstallRecord,
    Interest,
    Mandate,
    WorkingGroupRecord,
)
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD
from lpsa_wagtail.reports import examine
from tests import factories as make


def found() -> list[tuple]:
    return [(finding.id, finding.msg) for finding in examine()]


@pytest.fixture(autouse=True)
def set_up_just_now():
    """Else a long run of tests would come to the time at which the doctor misses the tick."""
    InstallRecord.objects.update(created_at=timezone.now())


@pytest.fixture(autouse=True)
def board():
    return [make.board_chair(), make.board_chair()]


@pytest.fixture
def group():
    page = make.group(title="Rivers")
    make.leader(page)
    return page


def test_a_site_in_order_gives_no_word(group):
    make.post(group, interests=[Interest.objects.get(slug="kenya")])
    make.webinar(group)
    make.submit(make.draft(make.BlogPostFactory, group), None)

    assert found() == []


def test_migrations_that_wait_are_said_and_nothing_else():
    InstallRecord.objects.all().delete()
    MigrationRecorder(connection).record_unapplied("lpsa_wagtail", "0002_install_records_of_sites")

    assert found() == [("lpsa.E101", "Migrations of ours wait.")]


def test_setup_that_never_ran_is_said_and_nothing_else():
    InstallRecord.objects.all().delete()

    assert found() == [("lpsa.E102", "Setup never ran here.")]


def test_what_sql_made_live_is_named(group):
    draft = make.draft(make.BlogPostFactory, group, title="By the back door")
    Page.objects.filter(pk=draft.pk).update(live=True)

    message = "“By the back door” ({}) is live, but nobody decided on what it says now."
    assert found() == [("lpsa.E103", message.format(draft.pk))]


def test_live_content_that_sql_changed_is_named(group):
    post = make.post(group)
    type(post).objects.filter(pk=post.pk).update(summary="Something else")

    message = f"“{post.title}” ({post.pk}) is live, but nobody decided on what it says now."
    assert found() == [("lpsa.E103", message)]


def test_an_altered_decision_is_named_and_later_ones_are_not_looked_at(group):
    first, second = make.post(group), make.post(group)
    decisions = [Decision.objects.get(page_id=page.pk).pk for page in (first, second)]
    rows = Decision.objects.filter(pk__in=decisions)
    super(type(rows), rows).update(comment="Never said")

    message = f"The record of decisions was altered at or before number {decisions[0]}."
    assert found() == [("lpsa.E104", message)]


def test_a_decision_that_was_taken_out_is_noticed(group):
    post, later = make.post(group), make.post(group)
    post.delete()
    gone = Decision.objects.filter(page_id=post.pk)
    number = Decision.objects.filter(page_id=later.pk).get().pk
    gone._raw_delete("default")

    message = f"The record of decisions was altered at or before number {number}."
    assert found() == [("lpsa.E104", message)]


@pytest.mark.parametrize("what", ["workflow", "task"])
def test_what_waits_in_something_disabled_is_stuck(group, what):
    draft = make.draft(make.BlogPostFactory, group, title="Waits")
    task_state = make.submit(draft, None)
    thing = task_state.task if what == "task" else task_state.workflow_state.workflow
    type(thing).objects.filter(pk=thing.pk).update(active=False)

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert found() == [
        (
            "lpsa.W105",
            f"“Waits” ({draft.pk}) waits in the workflow “Working group content”, which was "
            "disabled in whole or in part.",
        )
    ]


def test_rights_rows_that_lag_behind_are_named(group):
    record = WorkingGroupRecord.objects.get(page=group)
    record.auth_group.user_set.clear()

    message = "The rights rows of “Rivers” do not say what its roles say today."
    assert found() == [("lpsa.W106", message)]


def test_a_needed_thing_that_somebody_removed_is_named(group):
    make.group_made(make.BOARD).delete()

    message = "What setup made as “group.board” was removed; it is not made again."
    assert found() == [("lpsa.W107", message)]


def test_a_group_without_a_co_chair_is_named():
    make.group(title="Deltas")

    assert found() == [("lpsa.W108", "“Deltas” has no co-chair today.")]


def test_what_nobody_can_decide_on_is_stuck(group, board):
    waiting = make.submit(make.draft(make.BlogPostFactory, group, title="Waits"), None)
    waiting.task.specific.groups.clear()

    message = f"“Waits” ({waiting.revision.object_id}) waits at “Advisory Board decides”, where"
    assert found() == [("lpsa.W105", f"{message} nobody may decide on it.")]


def test_what_waited_in_a_workflow_that_was_disabled_is_named_until_it_is_submitted_again(group):
    waiting = make.submit(make.draft(make.BlogPostFactory, group, title="Waited"), None)
    workflow = waiting.workflow_state.workflow
    workflow.deactivate()

    message = (
        f"“Waited” ({waiting.revision.object_id}) waited in the workflow “{workflow}” when that "
        "was disabled. It waits no more."
    )
    assert found() == [("lpsa.W105", message)]


def test_dated_content_that_lost_its_place_in_the_schedule_is_named(group):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    page = make.draft(make.BlogPostFactory, group, title="Dated", go_live_at=tomorrow)
    page = actions.install_page(actor=None, page=page)
    assert found() == []
    page.revisions.update(approved_go_live_at=None)

    message = f"“Dated” ({page.pk}) was approved with a date, but does not wait for it."
    assert found() == [("lpsa.W113", message)]


def test_people_who_hold_wagtails_right_to_publish_over_our_pages_are_named(group, site):
    editors = Group.objects.get(name="Moderators")
    assert found() == []
    make.UserFactory().groups.add(editors)

    message = (
        "The auth group “Moderators” holds Wagtail's right to publish at “Root”, so over pages of "
        "ours. Nothing undecided goes live by it, but its members may think that it would."
    )
    assert found() == [("lpsa.W112", message)]


def test_a_board_of_one_is_named(group, board):
    board[0].delete()

    message = "The Advisory Board has one member, who cannot decide on what they wrote themselves."
    assert found() == [("lpsa.W114", message)]


def test_a_stage_that_asks_for_more_approvals_than_people_can_give_is_named(group):
    content = AdvisoryBoardApprovalTask.objects.filter(name="Advisory Board decides")
    content.update(approvals_needed=2)
    enough = found()
    content.update(approvals_needed=9)

    message = "The stage “Advisory Board decides” asks for 9 approvals, and 2 people can give one."
    assert (enough, found()) == ([], [("lpsa.W115", message)])


def test_a_vacant_post_of_the_chair_is_named_with_who_acts(group, board):
    for chair in board:
        chair.groups.set([group_made(BOARD)])
    nobody = found()
    end = timezone.localdate()
    Mandate.objects.create(kind=MandateKind.ACTING_CHAIR, user=board[0], end=end)

    post = "Nobody holds the post of Advisory Board Chair."
    assert nobody == [("lpsa.W116", f"{post} Nobody acts for the Chair.")]
    assert found() == [("lpsa.W116", f"{post} It is acted for by: {board[0]}.")]


# Mail and the clock.


def minutes(count):
    return dt.timedelta(minutes=count)


def test_a_site_that_was_just_set_up_need_not_have_ticked(group):
    assert Heartbeat.objects.count() == 0

    assert found() == []


def test_a_tick_that_never_came_is_said(group):
    InstallRecord.objects.update(created_at=timezone.now() - minutes(11))

    assert found() == [("lpsa.W109", "lpsa_tick never ran.")]


def test_a_tick_that_is_long_ago_is_said(group):
    Heartbeat.objects.beat("tick")
    assert found() == []

    Heartbeat.objects.update(at=dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC))

    assert found() == [("lpsa.W109", "lpsa_tick last ran on 2026-03-02 at 10:00 UTC.")]


def delivery(number, **fields):
    event, _new = Event.objects.get_or_create(
        key="fact", defaults={"kind": "decided", "fanned_out_at": timezone.now()}
    )
    return Delivery.objects.create(
        event=event, channel="mail", recipient_id=number, message_id=f"<{number}@x>", **fields
    )


def test_mails_that_wait_too_long_are_counted(group):
    now = timezone.now()
    delivery(1)
    delivery(2, state="deferred", next_at=now - minutes(9))
    delivery(3, state="deferred", next_at=now + minutes(60))
    delivery(4, state="sent", next_at=now - minutes(60))
    assert found() == []

    delivery(5, state="deferred", next_at=now - minutes(11))
    delivery(6, state="in-flight", lease_until=now - minutes(11))

    assert found() == [("lpsa.W110", "2 events or mails wait for more than 10 minutes.")]


def test_events_that_nobody_worked_out_are_counted(group):
    Event.objects.create(key="odd", kind="decided", created_at=timezone.now() - minutes(11))

    assert found() == [("lpsa.W110", "1 events or mails wait for more than 10 minutes.")]


def test_failed_and_unknown_mails_are_counted(group):
    now = timezone.now()
    delivery(1, state="failed", finished_at=now - minutes(8 * 24 * 60))
    delivery(2, state="suppressed", finished_at=now)
    assert found() == []

    delivery(3, state="failed", finished_at=now)
    delivery(4, state="unknown", finished_at=now - minutes(90 * 24 * 60))

    message = "1 mails failed in the last 7 days, and of 1 it is not known whether they arrived."
    assert found() == [("lpsa.W111", message)]
