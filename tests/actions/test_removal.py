"""Teardown takes everything of ours, nothing of the host's, and says what stands in the way."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from lpsa_wagtail import actions, notifications
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    Heartbeat,
    InstallRecord,
    Interest,
    WorkingGroupRecord,
)
from tests import factories as make

pytestmark = pytest.mark.usefixtures("forget_types")

#: What files and people that stay bring with them.
STAYS = {
    *("auth.User", "wagtailimages.Image", "contenttypes.ContentType", "auth.Permission"),
    *(
        "wagtailsearch.IndexEntry",
        "wagtailsearch.SQLiteFTSIndexEntry",
        "wagtailcore.ReferenceIndex",
    ),
}


def census() -> dict:
    models = (model for model in apps.get_models() if model._meta.managed)
    rows = {model._meta.label: model._base_manager.count() for model in models}
    return {label: count for label, count in rows.items() if count and label not in STAYS}


def a_busy_site():
    """A group with people, words, files, drafts, something that waits, and history."""
    interest = Interest.objects.get(slug="kenya")
    group = make.group(interests=[interest], title="Rivers")
    leader = make.leader(group)
    record = WorkingGroupRecord.objects.get(page=group)
    image = make.image(collection=record.collection)
    make.post(group, interests=[interest])
    make.webinar(group)
    waiting = make.draft(make.BlogPostFactory, group, owner=leader, title="Waits", lead_image=image)
    make.submit(waiting, leader)
    make.MemberFactory(interests=[interest])
    make.board_member()
    notifications.fan_out(limit=10)
    Heartbeat.objects.beat("tick")
    return group


@pytest.fixture
def before(site):
    """Rows of the host before setup: what is there now, less what setup made."""
    actions.remove_everything(actor=None)
    rows = census()
    actions.install(actor=None, site=site, say=lambda line: None)
    return rows


def test_nothing_is_left_and_the_host_is_as_it_was(before):
    a_busy_site()

    actions.remove_everything(actor=None)

    assert census() == before
    assert list(ContentType.objects.filter(app_label="lpsa_wagtail")) == []
    assert [label for label in census() if label.startswith("lpsa_wagtail.")] == []


def test_setup_and_teardown_can_be_repeated(before, site):
    for _time in range(2):
        a_busy_site()
        actions.remove_everything(actor=None)
        actions.install(actor=None, site=site, say=lambda line: None)

    actions.remove_everything(actor=None)

    assert census() == before


def test_files_move_to_the_root_collection_and_stay(site):
    a_busy_site()
    image = get_image_model().objects.get()

    actions.remove_everything(actor=None)

    image.refresh_from_db()
    assert image.collection == Collection.get_first_root_node()
    assert Collection.objects.count() == 1


def test_a_collection_that_the_host_made_below_ours_moves_up():
    ours = InstallRecord.objects.made("collection.groups")
    ours.add_child(name="Holiday pictures")

    actions.remove_everything(actor=None)

    assert list(Collection.objects.order_by("depth").values_list("name", "depth")) == [
        ("Root", 1),
        ("Holiday pictures", 2),
    ]


def test_an_auth_group_that_was_there_before_us_stays(site):
    actions.remove_everything(actor=None)
    Group.objects.create(name="LPSA Secretariat")
    actions.install(actor=None, site=site, say=lambda line: None)

    actions.remove_everything(actor=None)

    kept = Group.objects.get(name="LPSA Secretariat")
    assert not kept.permissions.filter(content_type__app_label="lpsa_wagtail").exists()
    assert not Group.objects.filter(name="LPSA Advisory Board").exists()


@pytest.fixture
def own_workflow(site):
    """The host's own workflow: its own stage, then ours; it runs on a page of the host's."""
    workflow = Workflow.objects.create(name="Ours and theirs")
    own = GroupApprovalTask.objects.create(name="Legal")
    board = AdvisoryBoardApprovalTask.objects.create(name="Board as well")
    for order, task in enumerate((board, own)):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    page = site.root_page.add_child(instance=Page(title="Jobs", slug="jobs", live=False))
    WorkflowPage.objects.create(workflow=workflow, page=page)
    page.save_revision()
    workflow.start(page, None)
    return workflow


def test_a_workflow_of_the_host_loses_our_stage_and_what_waited_there_is_cancelled(own_workflow):
    actions.remove_everything(actor=None)

    assert [str(task) for task in own_workflow.tasks] == ["Legal"]
    states = WorkflowState.objects.filter(workflow=own_workflow)
    assert list(states.values_list("status", flat=True)) == [WorkflowState.STATUS_CANCELLED]


def test_log_entries_of_the_host_stay(site):
    site.root_page.copy(update_attrs={"slug": "copy", "title": "Copy"}, to=site.root_page)
    a_busy_site()

    actions.remove_everything(actor=None)

    assert sorted(PageLogEntry.objects.values_list("label", "action")) == [
        ("Copy", "wagtail.copy"),
        ("Copy", "wagtail.publish"),
        ("Welcome to your new Wagtail site!", "wagtail.create"),
    ]
    assert ModelLogEntry.objects.count() == 0
    assert Revision.objects.exclude(content_type__app_label="wagtailcore").count() == 0


def test_links_from_the_hosts_pages_are_counted_and_forgotten(site):
    post = make.post(make.group())
    page = site.root_page.add_child(instance=Page(title="Alias of nothing", slug="links"))
    pages = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.create(
        base_content_type=pages,
        content_type=pages,
        object_id=page.pk,
        to_content_type=pages,
        to_object_id=post.pk,
        model_path="body",
        content_path="body",
        content_path_hash="00000000-0000-0000-0000-000000000001",
    )

    assert actions.what_else_changes() == [
        "1 links from your own pages and objects to our pages will lead nowhere."
    ]
    actions.remove_everything(actor=None)
    assert not ReferenceIndex.objects.filter(to_object_id=post.pk).exists()


# What stands in the way.


def test_a_page_of_the_host_below_ours_stands_in_the_way():
    index = make.index_page(BlogIndexPage)
    page = index.add_child(instance=Page(title="Strayed", slug="strayed"))

    with pytest.raises(SetupRefused) as refusal:
        actions.remove_everything(actor=None)

    assert str(refusal.value) == f"Your page “Strayed” ({page.pk}) lies below ours. Move it."
    assert Page.objects.filter(pk=index.pk).exists()


def test_a_site_with_our_page_as_its_root_stands_in_the_way():
    index = make.index_page(BlogIndexPage)
    Site.objects.create(hostname="blog.example.org", root_page=index, site_name="Blog")

    with pytest.raises(SetupRefused) as refusal:
        actions.remove_everything(actor=None)

    assert str(refusal.value) == "Our page is the root of the site Blog. Choose another."


# What is said.


def test_what_goes_is_counted_in_words():
    counts = actions.what_goes()
    a_busy_site()

    more = actions.what_goes()

    added = {what: more[what] - counts.get(what, 0) for what in more}
    del added["log entries"]
    assert {what: count for what, count in added.items() if count} == {
        "auth groups": 1,
        "blog posts": 2,
        "collections": 1,
        "decisions": 3,
        "deliveries": 1,
        "events": 1,
        "last runs": 1,
        "matters": 1,
        "members": 2,
        "memberships": 1,
        "webinars": 1,
        "working group records": 1,
        "working groups": 1,
    }


def test_the_move_of_files_is_said():
    a_busy_site()

    assert actions.what_else_changes() == ["1 files move to the root collection."]
