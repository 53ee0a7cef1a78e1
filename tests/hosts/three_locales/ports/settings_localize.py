"""The same union after its move from simple_translation to wagtail-localize."""

from ports.settings_lpsa import *  # noqa: F403
from ports.settings_lpsa import INSTALLED_APPS as APPS_BEFORE

INSTALLED_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    *(
        app
        for app in APPS_BEFORE
        if app not in ("wagtail.contrib.simple_translation", "wagtail.locales")
    ),
]
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
