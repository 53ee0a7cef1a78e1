"""Ways that load rows as fixtures and restored backups do."""

import tempfile

from django.core import serializers
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import ReferenceIndex

from tests.doors.places import CANARY, CHANGED, DOWN, LIVE, NEW, as_live, at_once
from tests.doors.ways import way
from tests.doors.ways.files import picture, replace_the_picture


def load(rows):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(serializers.serialize("json", rows))
        file.flush()
        call_command("loaddata", file.name, verbosity=0)


@way(NEW)
def load_a_live_page(door):
    load([as_live(door.base), as_live(door.page)])


@way(NEW)
def load_a_live_page_with_its_table_first(door):
    load([as_live(door.page), as_live(door.base)])


@way(NEW)
def load_the_base_of_a_page_as_live(door):
    load([as_live(door.base)])


@way(DOWN)
def load_what_was_taken_down(door):
    load([as_live(door.base), door.page])


@way(CHANGED)
def load_a_change_over_the_live_page(door):
    said = {"title": f"A {CANARY}", door.kind.text: f"What a {CANARY} says."}
    load([at_once(door.base, title=said["title"]), at_once(door.page, **said)])


@way(LIVE)
def load_only_the_table_of_a_live_page(door):
    load([at_once(door.page, **{door.kind.text: f"What a {CANARY} says."})])


@way(NEW)
def save_raw(door):
    as_live(door.page).save_base(raw=True)
    as_live(door.base).save_base(raw=True)


@way(LIVE)
def load_a_row_of_a_live_page(door):
    load([at_once(door.part, name=f"A {CANARY}")])


@way(LIVE)
def load_another_file_for_a_picture(door):
    other = type(picture(door)).objects.get(pk=door.world.images[door.name][1])
    load([at_once(picture(door), file=other.file.name)])


@way(LIVE)
def restore_a_backup_and_replace_the_picture(door):
    """Rows of a fixture are not in Wagtail's index of what is used where."""
    ReferenceIndex.objects.all().delete()
    with TestCase.captureOnCommitCallbacks(execute=True):
        load([door.base, door.page])
    replace_the_picture(door)
