"""Two sites: the union's in three languages, the academy's in two."""

from django.contrib.auth.models import User
from home.models import HomePage
from wagtail.models import Locale, Page, Site

TITLES = {"en": "Union of Ports", "fr": "Union des ports", "ar": "اتحاد الموانئ"}


def fill():
    Page.objects.filter(depth=2).delete()
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "fr", "ar")
    }
    www = add_home(locales["en"], TITLES["en"], "union")
    for code in ("fr", "ar"):
        translate(www, locales[code], TITLES[code])
    academy = add_home(locales["en"], "Port Academy", "academy")
    translate(academy, locales["fr"], "Académie des ports")
    add_site("www.ports.example.org", "Union of Ports", www, is_default_site=True)
    add_site("academy.ports.example.org", "Port Academy", academy)
    User.objects.create_superuser("root", "root@ports.example.org", None)


def add_home(locale, title, slug):
    home = HomePage(title=title, slug=slug, locale=locale)
    return Page.get_first_root_node().add_child(instance=home)


def translate(home, locale, title):
    translation = home.copy_for_translation(locale)
    translation.title = title
    translation.save_revision().publish()


def add_site(hostname, name, root_page, **fields):
    Site.objects.create(hostname=hostname, port=443, site_name=name, root_page=root_page, **fields)
