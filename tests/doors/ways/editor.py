"""Ways through the page editor and the bulk pages of the admin."""

from django.urls import reverse
from django.utils import timezone

from tests import editor
from tests.doors.places import CANARY, CHANGED, DOWN, LIVE, NEW
from tests.doors.ways import ADMIN, way
from tests.doors.ways.schedules import run_scheduler_at

#: What somebody types into the form while trying.
TYPED = f"Typed by a {CANARY}"


def type_and(door, url, *, clock=None, title=TYPED, **buttons):
    """Open the form, type a title, press these buttons. Who gets no form posts all the same."""
    changes = {"title": title, **buttons}
    if clock:
        changes["go_live_at"] = clock.strftime("%Y-%m-%d %H:%M")
    return press(door, url, url, typed=True, **changes)


def press(door, form, url, *, typed=False, **changes):
    """Open the form at one address and post it to another, with these changes."""
    shown = door.client.get(form)
    if shown.status_code != 200:
        return door.client.post(url, {"slug": "typed", **changes})
    door.typed = typed
    data = editor.filled(shown.content.decode(), door.kind.model, **changes)
    return door.client.post(url, dict(data.lists()))


def add_url(door):
    options = door.kind.model._meta
    return reverse(
        "wagtailadmin_pages:add", args=(options.app_label, options.model_name, door.place.pk)
    )


def bulk(door, action, pages, **data):
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    query = "&".join(f"id={page.pk}" for page in pages)
    return door.client.post(f"{url}?{query}&next=/admin/", data)


@way(NEW, by=ADMIN)
def publish_in_the_editor(door):
    return type_and(door, editor.edit_url(door.page), **{"action-publish": "on"})


@way(CHANGED, by=ADMIN)
def publish_a_change_in_the_editor(door):
    return type_and(door, editor.edit_url(door.page), **{"action-publish": "on"})


@way(DOWN, by=ADMIN)
def publish_again_what_was_taken_down(door):
    return type_and(door, editor.edit_url(door.page), **{"action-publish": "on"})


@way(NEW, by=ADMIN)
def create_and_publish_in_one_go(door):
    return type_and(door, add_url(door), **{"action-publish": "on", "slug": "typed"})


@way(CHANGED, by=ADMIN)
def go_back_to_a_version_and_publish_it(door):
    form = reverse("wagtailadmin_pages:revisions_revert", args=(door.page.pk, door.revision.pk))
    buttons = {"action-publish": "on", "revision": str(door.revision.pk)}
    return press(door, form, editor.edit_url(door.page), **buttons)


@way(NEW, by=ADMIN)
def schedule_by_the_form_and_wait(door):
    """The date is set by the form and reached before the scheduler comes."""
    soon = timezone.now() + timezone.timedelta(hours=1)
    response = type_and(door, editor.edit_url(door.page), clock=soon, **{"action-publish": "on"})
    run_scheduler_at(soon + timezone.timedelta(hours=1))
    return response


@way(NEW, by=ADMIN)
def bulk_publish(door):
    return bulk(door, "publish", [door.page])


@way(CHANGED, by=ADMIN)
def bulk_publish_a_change(door):
    return bulk(door, "publish", [door.page])


@way(NEW, by=ADMIN)
def bulk_publish_with_what_lies_below(door):
    return bulk(door, "publish", [door.place], include_descendants="on")


@way(LIVE, by=ADMIN)
def bulk_move(door):
    return bulk(door, "move", [door.page], chooser=door.elsewhere.pk)


@way(LIVE, by=ADMIN)
def move_in_the_admin(door):
    url = reverse("wagtailadmin_pages:move_confirm", args=(door.page.pk, door.elsewhere.pk))
    return door.client.post(url)


def copy(door, **ticked):
    url = reverse("wagtailadmin_pages:copy", args=(door.page.pk,))
    form = {
        "new_title": f"Copied {CANARY}",
        "new_slug": "copied",
        "new_parent_page": door.elsewhere.pk,
    }
    return door.client.post(url, form | ticked)


@way(LIVE, by=ADMIN)
def copy_in_the_admin_and_publish_the_copy(door):
    return copy(door, publish_copies="on")


@way(LIVE, by=ADMIN)
def copy_in_the_admin_with_what_lies_below(door):
    return copy(door, publish_copies="on", copy_subpages="on")


@way(LIVE, by=ADMIN)
def alias_in_the_admin(door):
    return copy(door, alias="on")
