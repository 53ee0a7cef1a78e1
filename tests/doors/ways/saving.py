"""Ways that save a page."""

from django.contrib.contenttypes.models import ContentType
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from tests.doors.places import CANARY, CHANGED, DOWN, LIVE, NEW, as_live, at_once
from tests.doors.ways import way


@way(NEW)
def save(door):
    as_live(door.page).save()


@way(NEW)
def save_without_cleaning(door):
    as_live(door.page).save(clean=False)


@way(NEW)
def save_one_column(door):
    as_live(door.page).save(update_fields=["live"])


@way(NEW)
def save_two_columns(door):
    at_once(door.page, live=True, expired=False).save(update_fields=["expired", "live"])


@way(NEW)
def save_the_base_page(door):
    as_live(door.base).save()


@way(NEW)
def save_one_column_of_the_base_page(door):
    as_live(door.base).save(update_fields=["live"])


@way(NEW)
def save_a_page_with_columns_left_out(door):
    as_live(door.base.specific_deferred).save()


@way(NEW)
def save_as_the_table_does(door):
    as_live(door.page).save_base()


@way(NEW)
def save_with_the_method_of_the_base_page(door):
    Page.save(as_live(door.page))


@way(NEW)
def save_what_the_version_says(door):
    as_live(door.revision.as_object()).save()


@way(NEW)
def save_what_a_text_says(door):
    page = door.page
    as_live(page.with_content_json(page.serializable_data())).save()


@way(DOWN)
def save_what_was_taken_down(door):
    as_live(door.page).save()


@way(DOWN)
def save_the_base_page_of_what_was_taken_down(door):
    as_live(door.base).save(update_fields=["live"])


@way(LIVE)
def change_and_save(door):
    at_once(door.page, title=f"A {CANARY}").save()


@way(LIVE)
def change_one_column(door):
    at_once(door.page, title=f"A {CANARY}").save(update_fields=["title"])


@way(LIVE)
def change_the_title_of_the_base_page(door):
    at_once(door.base, title=f"A {CANARY}").save()


@way(LIVE)
def change_the_address(door):
    at_once(door.base, slug="another-address").save()


@way(LIVE)
def change_with_columns_left_out(door):
    at_once(door.base.specific_deferred, title=f"A {CANARY}").save()


@way(CHANGED)
def save_the_draft_over_the_live_page(door):
    door.revision.as_object().save(clean=False)


@way(LIVE)
def update_or_create(door):
    door.kind.model.objects.update_or_create(pk=door.page.pk, defaults={"title": f"A {CANARY}"})


@way(LIVE)
def add_a_live_child(door):
    door.place.add_child(instance=door.another(live=True))


@way(LIVE)
def add_a_live_neighbour(door):
    door.page.add_sibling(instance=door.another(live=True))


@way(LIVE)
def add_a_child_and_make_it_live(door):
    page = door.place.add_child(instance=door.another())
    as_live(page).save()


@way(LIVE)
def move(door):
    door.page.move(door.elsewhere, pos="last-child")


@way(LIVE)
def move_the_base_page(door):
    door.base.move(Page.objects.get(pk=door.elsewhere.pk), pos="first-child")


@way(LIVE)
def move_by_action(door):
    action = MovePageAction(door.base, door.elsewhere, pos="last-child")
    action.execute(skip_permission_checks=True)


@way(NEW)
def move_and_then_make_it_live(door):
    door.page.move(door.elsewhere, pos="last-child")
    as_live(door.page).save()


@way(LIVE)
def move_by_its_columns(door):
    """What treebeard writes, written by hand."""
    page, below = door.base, Page.objects.get(pk=door.elsewhere.pk)
    page.path, page.depth = below.path + "0099", below.depth + 1
    page.save(update_fields=["path", "depth"], clean=False)


@way(NEW)
def save_as_a_page_of_another_type(door):
    page = as_live(door.base)
    page.content_type = ContentType.objects.get_for_model(Page)
    page.save(clean=False)
