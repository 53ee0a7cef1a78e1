"""Ways that call what Wagtail's own code calls to publish."""

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from tests.doors.places import CHANGED, DOWN, NEW
from tests.doors.ways import way


@way(NEW)
def publish_the_page(door):
    door.page.publish(door.revision)


@way(NEW)
def publish_through_the_base_page(door):
    door.base.publish(door.revision)


@way(NEW)
def publish_with_the_method_of_the_base_page(door):
    Page.publish(door.page, door.revision)


@way(NEW)
def publish_the_version(door):
    door.revision.publish()


@way(CHANGED)
def publish_the_changed_version(door):
    door.revision.publish()


@way(NEW)
def publish_by_action(door):
    PublishPageRevisionAction(door.revision).execute()


@way(NEW)
def publish_by_action_as_somebody_without_a_check(door):
    action = PublishPageRevisionAction(door.revision, user=door.page.owner)
    action.execute(skip_permission_checks=True)


@way(CHANGED)
def publish_a_change_by_action(door):
    PublishPageRevisionAction(door.revision).execute(skip_permission_checks=True)


@way(CHANGED)
def take_down_and_publish_the_change(door):
    UnpublishPageAction(door.page).execute(skip_permission_checks=True)
    PublishPageRevisionAction(door.revision).execute(skip_permission_checks=True)


@way(DOWN)
def publish_what_was_taken_down(door):
    door.revision.publish()


@way(CHANGED)
def go_back_by_action_and_publish(door):
    action = RevertToPageRevisionAction(door.page, door.revision)
    action.execute(skip_permission_checks=True).publish()


@way(NEW)
def bulk_publish_by_action(door):
    PublishBulkAction.execute_action([door.base])


@way(NEW)
def bulk_publish_from_above_by_action(door):
    PublishBulkAction.execute_action([door.place], include_descendants=True)
