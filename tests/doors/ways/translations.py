"""Ways over another language."""

from django.urls import reverse
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale

from tests.doors.places import LIVE, as_live
from tests.doors.ways import ADMIN, way


def french():
    return Locale.objects.get_or_create(language_code="fr")[0]


@way(LIVE, languages=True)
def translate_and_publish(door):
    page = door.page.copy_for_translation(french(), copy_parents=True)
    page.get_latest_revision().publish()


@way(LIVE, languages=True)
def translate_and_save(door):
    page = door.page.copy_for_translation(french(), copy_parents=True)
    as_live(page).save()


@way(LIVE, languages=True)
def translate_as_alias(door):
    door.page.copy_for_translation(french(), copy_parents=True, alias=True)


@way(LIVE, languages=True)
def translate_as_alias_by_action(door):
    action = CopyPageForTranslationAction(door.page, french(), copy_parents=True, alias=True)
    action.execute(skip_permission_checks=True)


@way(LIVE, languages=True)
def translate_as_alias_and_let_it_follow(door):
    page = door.page.copy_for_translation(french(), copy_parents=True, alias=True)
    door.page.update_aliases()
    page.refresh_from_db()
    as_live(page).save()


@way(LIVE, languages=True)
def translate_as_alias_with_what_lies_below(door):
    action = CopyPageForTranslationAction(
        door.place, french(), copy_parents=True, alias=True, include_subtree=True
    )
    action.execute(skip_permission_checks=True)


@way(LIVE, by=ADMIN, languages=True)
def translate_in_the_admin_and_publish(door):
    url = reverse("simple_translation:submit_page_translation", args=(door.page.pk,))
    locale = french()
    door.place.copy_for_translation(locale, copy_parents=True)
    response = door.client.post(url, {"locales": [locale.pk], "include_subtree": "on"})
    if page := door.page.get_translation_or_none(locale):
        edit = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        door.client.post(f"{edit}?id={page.pk}&next=/admin/")
    return response
