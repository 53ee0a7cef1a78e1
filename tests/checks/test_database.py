"""What the checks see in the database."""

import pytest
from django.core import checks
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    InstallRecord,
    Member,
    WebinarIndexPage,
    WorkingGroupIndexPage,
)
from tests import factories as make


def found(*ids) -> list[tuple]:
    messages = checks.run_checks(tags=["lpsa"], databases=["default"])
    return [(message.msg, message.hint) for message in messages if message.id in ids]


def test_without_leave_the_database_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        checks.run_checks()


def test_while_migrations_wait_our_tables_are_not_asked():
    assert len(found("lpsa.W008")) == 1
    MigrationRecorder(connection).record_unapplied("lpsa_wagtail", "0002_install_records_of_sites")

    assert found("lpsa.W004", "lpsa.W006", "lpsa.W007", "lpsa.W008") == []


# A place for the index pages.


@pytest.fixture
def bare(site):
    for model in (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage):
        make.index_page(model).delete()
    InstallRecord.objects.all().delete()
    return site


def test_a_home_page_that_takes_our_pages_needs_no_word(bare):
    assert found("lpsa.W004") == []


def test_a_home_page_that_takes_none_is_named_with_the_lines_to_add(bare, monkeypatch):
    monkeypatch.setattr(Page, "can_create_at", classmethod(lambda cls, parent: False))

    assert found("lpsa.W004") == [
        (
            "“Welcome to your new Wagtail site!” takes no pages of these types below it. Add to "
            f'subpage_types of {Page.__module__}.Page: "lpsa_wagtail.WorkingGroupIndexPage", '
            '"lpsa_wagtail.BlogIndexPage", "lpsa_wagtail.WebinarIndexPage". Or name another page '
            "with --parent.",
            "Then run lpsa_setup.",
        )
    ]


def test_after_setup_a_strict_home_page_needs_no_word(site, monkeypatch):
    monkeypatch.setattr(Page, "can_create_at", classmethod(lambda cls, parent: False))

    assert found("lpsa.W004") == []


# Workflows.


def assign(page, *tasks):
    workflow = Workflow.objects.create(name="Own")
    for order, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow


HINT = "Settings → Workflows: assign one that ends with an Advisory Board approval task."


def test_an_index_whose_workflow_has_no_stage_of_the_board_is_named():
    index = make.index_page(BlogIndexPage)
    assign(index, GroupApprovalTask.objects.create(name="Office"))

    assert found("lpsa.W006") == [
        (
            f"Nothing below “Blog” ({index.pk}) can go live: its workflow “Own” does not end "
            "with a stage of the Advisory Board.",
            HINT,
        )
    ]


def test_a_stage_of_the_board_after_another_is_enough():
    office = GroupApprovalTask.objects.create(name="Office")
    assign(make.index_page(BlogIndexPage), office, AdvisoryBoardApprovalTask.objects.first())

    assert found("lpsa.W006") == []


def test_a_stage_after_the_board_publishes_nothing_and_is_named():
    office = GroupApprovalTask.objects.create(name="Office")
    assign(make.index_page(BlogIndexPage), AdvisoryBoardApprovalTask.objects.first(), office)

    assert len(found("lpsa.W006")) == 1


def test_a_disabled_stage_of_the_board_does_not_count():
    board = AdvisoryBoardApprovalTask.objects.create(name="Board of old", active=False)
    index = make.index_page(BlogIndexPage)
    assign(index, board)

    assert len(found("lpsa.W006")) == 1


def test_an_index_without_a_workflow_is_named(site):
    index = make.index_page(BlogIndexPage)
    WorkflowPage.objects.all().delete()
    make.index_page(WebinarIndexPage).delete()
    make.index_page(WorkingGroupIndexPage).delete()

    assert found("lpsa.W006") == [
        (f"Nothing below “Blog” ({index.pk}) can go live: it has no workflow.", HINT)
    ]


# People.


def test_a_board_without_members_is_named():
    assert [msg for msg, _hint in found("lpsa.W008")] == [
        "Nobody can approve anything: the Advisory Board has no members."
    ]


@pytest.mark.parametrize("person", [make.board_member, make.board_chair])
def test_one_member_or_the_chair_alone_can_decide(person):
    person()

    assert found("lpsa.W008") == []


def test_an_account_that_is_switched_off_does_not_count():
    member = make.board_member()
    member.is_active = False
    member.save()

    assert len(found("lpsa.W008")) == 1


@pytest.mark.parametrize(
    ("backend", "members", "count"),
    [
        ("django.tasks.backends.immediate.ImmediateBackend", 201, 1),
        ("django_tasks.backends.immediate.ImmediateBackend", 201, 1),
        ("django.tasks.backends.immediate.ImmediateBackend", 200, 0),
        ("django_tasks_db.DatabaseBackend", 201, 0),
    ],
)
def test_many_members_need_a_worker(settings, backend, members, count):
    settings.TASKS = {"default": {"BACKEND": backend}}
    Member.objects.bulk_create(make.MemberFactory.build_batch(members))

    assert len(found("lpsa.W007")) == count
