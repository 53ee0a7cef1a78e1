"""Ways that copy a page, or let one page follow another."""

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from tests.doors.places import LIVE, NEW, as_live
from tests.doors.ways import way

SLUG = {"update_attrs": {"slug": "copy"}}


@way(LIVE)
def copy_beside(door):
    door.page.copy(**SLUG)


@way(LIVE)
def copy_elsewhere(door):
    door.page.copy(to=door.elsewhere, keep_live=True)


@way(LIVE)
def copy_the_base_page(door):
    door.base.copy(**SLUG, keep_live=True)


@way(LIVE)
def copy_without_versions(door):
    door.page.copy(**SLUG, copy_revisions=False)


@way(LIVE)
def copy_by_action(door):
    action = CopyPageAction(door.page, to=door.elsewhere, keep_live=True)
    action.execute(skip_permission_checks=True)


@way(LIVE)
def copy_what_lies_above_with_its_children(door):
    action = CopyPageAction(door.place, **SLUG, recursive=True, keep_live=True)
    action.execute(skip_permission_checks=True)


@way(NEW)
def copy_as_live(door):
    door.page.copy(update_attrs={"slug": "copy", "live": True}, keep_live=False)


@way(NEW)
def copy_and_make_it_live(door):
    copy = door.page.copy(**SLUG, keep_live=False)
    as_live(copy).save()


@way(LIVE)
def copy_a_live_page_and_publish_the_copy(door):
    copy = door.page.copy(**SLUG, keep_live=False)
    copy.get_latest_revision().publish()


@way(LIVE)
def alias(door):
    door.page.create_alias(parent=door.elsewhere)


@way(LIVE)
def alias_beside(door):
    door.page.create_alias(update_slug="alias")


@way(LIVE)
def alias_of_the_base_page(door):
    door.base.create_alias(update_slug="alias")


@way(LIVE)
def alias_by_action(door):
    action = CreatePageAliasAction(door.page, parent=door.elsewhere)
    action.execute(skip_permission_checks=True)


@way(LIVE)
def alias_what_lies_above_with_its_children(door):
    action = CreatePageAliasAction(door.place, recursive=True, update_slug="alias")
    action.execute(skip_permission_checks=True)


@way(LIVE)
def alias_and_convert_it(door):
    page = door.page.create_alias(update_slug="alias")
    ConvertAliasPageAction(page).execute(skip_permission_checks=True)


@way(LIVE)
def follow_a_page(door):
    """A draft becomes the alias of a live page, which then tells it what to say."""
    draft = door.page.copy(**SLUG, keep_live=False)
    Page.objects.filter(pk=draft.pk).update(alias_of=door.page.pk)
    door.page.update_aliases()
