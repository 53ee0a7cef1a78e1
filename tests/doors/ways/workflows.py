"""Ways through workflows."""

from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from tests import editor
from tests.doors.places import NEW, WAITING
from tests.doors.ways import ADMIN, way
from tests.doors.ways.editor import press, type_and


def waiting(door):
    return door.page.current_workflow_task_state


def only_task(door, groups):
    """A stock stage is the only one here."""
    task = GroupApprovalTask.objects.create(name="Desk")
    task.groups.set(groups)
    workflow = Workflow.objects.create(name="Desk only")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    assign(door, workflow)
    return task


def assign(door, workflow):
    for page in (door.place, door.page):
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})


@way(NEW, by=ADMIN)
def a_stock_stage_as_the_last_one(door):
    only_task(door, door.actor.groups.all() if door.actor else ())
    door.page.get_workflow().start(door.page, None)
    names = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=(door.page.pk, "approve", waiting(door).pk)
    )
    response = door.client.post(url)
    if waiting(door) is None:
        return response
    edit = editor.edit_url(door.page)
    return press(door, edit, edit, **names)


@way(NEW)
def a_stock_stage_is_turned_off(door):
    task = only_task(door, ())
    door.page.get_workflow().start(door.page, None)
    task.deactivate()


@way(WAITING)
def the_stage_is_turned_off(door):
    waiting(door).task.specific.deactivate()


@way(WAITING)
def the_stage_is_approved_past_its_task(door):
    waiting(door).specific.approve()


@way(WAITING)
def the_workflow_is_finished(door):
    door.page.current_workflow_state.finish()


@way(WAITING)
def the_stage_is_taken_out_of_the_workflow(door):
    state = door.page.current_workflow_state
    state.workflow.workflow_tasks.all().delete()
    state.current_task_state = None
    state.update()


@way(WAITING)
def the_groups_of_the_stage_are_deleted_and_then_it_is_turned_off(door):
    task = waiting(door).task.specific
    task.groups.all().delete()
    task.deactivate()


@way(WAITING, by=ADMIN)
def the_stage_is_turned_off_in_the_admin(door):
    url = reverse("wagtailadmin_workflows:disable_task", args=(waiting(door).task.pk,))
    return door.client.post(url)


@way(NEW)
def submit_where_no_stage_is_left(door):
    workflow = Workflow.objects.create(name="Nothing to do")
    assign(door, workflow)
    door.page.get_workflow().start(door.page, None)


@way(NEW, by=ADMIN)
def submit_in_the_editor_where_no_stage_is_left(door):
    assign(door, Workflow.objects.create(name="Nothing to do"))
    return type_and(door, editor.edit_url(door.page), **{"action-submit": "on"})
