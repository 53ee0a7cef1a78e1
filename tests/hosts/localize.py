"""The host with several languages after it has gone over to wagtail-localize."""

from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization

from lpsa_wagtail.models import InstallRecord, Webinar, WorkingGroupPage
from tests.hosts import languages
from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, address_of
from tests.hosts.steps import administrator


def look(host: Host) -> dict:
    keep_french_in_step()
    pages = {
        "directory": int(InstallRecord.objects.get(code="index.groups").object_id),
        "group": english(WorkingGroupPage, "bridges-of-the-region").pk,
    }
    webinar = english(Webinar, "who-pays-for-bridges")
    return {
        "editing": languages.editing(host, pages, "later"),
        "copies": languages.copies(),
        "translation": into_arabic(host, webinar.pk),
    }


def english(model, slug):
    return model.objects.get(slug=slug, locale__language_code="en")


def keep_french_in_step():
    """What exists and what is new in English is put into the French tree."""
    english, french = (Locale.objects.get(language_code=code) for code in ("en", "fr"))
    LocaleSynchronization.objects.create(locale=french, sync_from=english)


def into_arabic(host: Host, pk: int) -> dict:
    """The administrator translates a webinar, and tries to publish that without the Board."""
    root = Visitor(host.hostname, administrator())
    arabic = Locale.objects.get(language_code="ar")
    route = address_of("wagtail_localize:submit_page_translation", pk)
    found = {"submitted": root.post(route, {"locales": [arabic.pk]})}
    page = Page.objects.get(pk=pk).get_translation(arabic)
    editor = address_of("wagtailadmin_pages:edit", page.pk)
    found["editor"] = root.get(editor, text=False)
    found["published"] = root.post(editor, {"action": "publish"})
    return {**found, "live": Page.objects.get(pk=page.pk).live}
