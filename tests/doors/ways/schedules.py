"""Ways that leave it to the scheduler."""

import io

import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from tests.doors.places import CHANGED, DOWN, NEW, at_once
from tests.doors.ways import way

HOUR = timezone.timedelta(hours=1)


def run_scheduler_at(moment):
    with time_machine.travel(moment, tick=False):
        call_command("publish_scheduled", stdout=io.StringIO())


def run_scheduler():
    call_command("publish_scheduled", stdout=io.StringIO())


def plant(revision):
    """Write into the revision that it was approved for an hour ago."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - HOUR)


@way(NEW)
def plant_a_schedule(door):
    plant(door.revision)
    run_scheduler()


@way(CHANGED)
def plant_a_schedule_for_a_change(door):
    plant(door.revision)
    run_scheduler()
    run_scheduler()


@way(DOWN)
def plant_a_schedule_for_what_was_taken_down(door):
    plant(door.revision)
    run_scheduler()


@way(NEW)
def save_a_version_as_approved(door):
    door.page.save_revision(approved_go_live_at=timezone.now() - HOUR)
    run_scheduler()


@way(NEW)
def publish_with_a_date_and_wait(door):
    soon = timezone.now() + HOUR
    revision = at_once(door.revision.as_object(), go_live_at=soon).save_revision()
    PublishPageRevisionAction(revision).execute(skip_permission_checks=True)
    run_scheduler_at(soon + HOUR)
