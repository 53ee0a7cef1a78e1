"""System checks: wrong use gives a numbered message with the line to add."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, register

NEEDED_APPS = {
    "taggit": "taggit",
    "wagtail_modeladmin": "wagtail_modeladmin",
    "wagtail.contrib.settings": "wagtail.contrib.settings",
}


@register
def check_apps(app_configs, **kwargs):
    """Every app that we build on is installed."""
    return [
        Error(
            f"lpsa_wagtail needs the app {name}.",
            hint=f'Add "{name}" to INSTALLED_APPS.',
            id="lpsa.E001",
        )
        for name in NEEDED_APPS
        if not apps.is_installed(name)
    ]


@register
def check_base_page(app_configs, **kwargs):
    """The base page is Wagtail's own; our page types build on it."""
    model = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")
    if model.lower() == "wagtailcore.page":
        return []
    return [
        Error(
            "lpsa_wagtail does not work with a swapped base page.",
            hint=f"Remove WAGTAIL_PAGE_MODEL (now {model}) or do not install lpsa_wagtail.",
            id="lpsa.E002",
        )
    ]
