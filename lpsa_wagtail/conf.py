"""Settings of the host, all called ``LPSA_*``, read when asked for and never at import."""

from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates

DEFAULTS = {
    "LPSA_BASE_TEMPLATE": "",
    "LPSA_HEAD_BLOCK": "",
    "LPSA_PAGE_SIZE": 12,
    "LPSA_API_PAGE_SIZE": 20,
    "LPSA_API_MAX_PAGE_SIZE": 100,
}

OWN_SHELL = "lpsa_wagtail/shell.html"


def get(name: str):
    """Return the host's value of the setting ``name``, or our default.

    Raises ``KeyError`` for a name that is not ours, so a typing mistake shows at once.
    """
    return getattr(settings, name, DEFAULTS[name])


def base_template() -> str:
    """Name the template that our pages extend.

    ``LPSA_BASE_TEMPLATE`` if set, else the host's ``base.html``, else our own shell.
    """
    if chosen := get("LPSA_BASE_TEMPLATE"):
        return chosen
    try:
        django_engine().get_template("base.html")
    except TemplateDoesNotExist:
        return OWN_SHELL
    return "base.html"


def django_engine() -> DjangoTemplates:
    """The engine that renders our pages. Every host has one: Wagtail's admin needs it."""
    return next(engine for engine in engines.all() if isinstance(engine, DjangoTemplates))
