"""Apps and settings."""

from difflib import get_close_matches
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.management.base import SystemCheckError

from lpsa_wagtail import conf
from lpsa_wagtail.models.shell import head_block_is_missing

NEEDED_APPS = ("taggit", "wagtail_modeladmin", "wagtail.contrib.settings")
SIZES = (
    "LPSA_PAGE_SIZE",
    "LPSA_API_PAGE_SIZE",
    "LPSA_API_MAX_PAGE_SIZE",
    "LPSA_PREVIEW_MINUTES",
)


@register("lpsa")
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


@register("lpsa")
def check_base_page(app_configs, **kwargs):
    """The base page is Wagtail's own; our page types build on it.

    Raises ``SystemCheckError`` instead of returning a message: dozens of Django's own, which follow
    from this one, would bury it.
    """
    model = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")
    if model.lower() != "wagtailcore.page":
        raise SystemCheckError(
            "(lpsa.E002) lpsa_wagtail does not work with a swapped base page.\n"
            f"\tHINT: Remove WAGTAIL_PAGE_MODEL (now {model}) or do not install lpsa_wagtail."
        )
    return []


@register("lpsa")
def check_values(app_configs, **kwargs):
    """Our settings have values that can work."""
    found = [
        Error(f"{name} is {conf.get(name)!r}.", hint=f"Set {name} to {wanted}.", id="lpsa.E003")
        for name, wanted, fits in _expected_values()
        if not fits
    ]
    chosen = conf.get("LPSA_BASE_TEMPLATE")
    if chosen and not conf.has_content(chosen):
        there = conf.has_content(chosen) is not None
        lack = "has no block content" if there else "no Django template engine finds"
        found.append(
            Error(
                f"LPSA_BASE_TEMPLATE names {chosen!r}, which {lack}.",
                hint="Name a Django template with the blocks title and content, or remove the "
                "setting.",
                id="lpsa.E003",
            )
        )
    return found


def _expected_values():
    for name in SIZES:
        value = conf.get(name)
        yield name, "a whole number above 0", type(value) is int and value > 0
    age = conf.get("LPSA_API_MAX_AGE")
    yield "LPSA_API_MAX_AGE", "a whole number, 0 or more", type(age) is int and age >= 0
    size, most = conf.get("LPSA_API_PAGE_SIZE"), conf.get("LPSA_API_MAX_PAGE_SIZE")
    if type(size) is type(most) is int:
        yield "LPSA_API_MAX_PAGE_SIZE", f"at least LPSA_API_PAGE_SIZE ({size})", most >= size
    wanted = (
        "an address such as https://www.example.org, without query and fragment, or to a "
        "dictionary of host name → address"
    )
    yield "LPSA_FRONTEND_URL", wanted, _can_be_front_end(conf.get("LPSA_FRONTEND_URL"))
    path = conf.get("LPSA_FRONTEND_PREVIEW_PATH")
    yield "LPSA_FRONTEND_PREVIEW_PATH", "a path such as /preview/", _is_path(path)


def _can_be_front_end(value) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_address(value[name]) for name in value)
    return value == "" or _is_address(value)


def _is_address(value) -> bool:
    """True for an absolute http(s) address that a path can follow."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return False
    return bool(known) and "@" not in parts.netloc and _can_end(value)


def _is_path(value) -> bool:
    started = isinstance(value, str) and value.startswith("/") and not value.startswith("//")
    return started and _can_end(value)


def _can_end(text: str) -> bool:
    """True if nothing in it begins a query or a fragment, and nothing is blank."""
    return not any(mark in "?#\\" or mark.isspace() or not mark.isprintable() for mark in text)


@register("lpsa")
def check_head_block(app_configs, **kwargs):
    """The block that our head goes into is in the base template."""
    if not head_block_is_missing():
        return []
    return [
        Error(
            f"LPSA_HEAD_BLOCK names {conf.get('LPSA_HEAD_BLOCK')!r}, a block that the template "
            f"{conf.base_template()} does not have.",
            hint="Name a block in the head of that template, or put {% lpsa_head %} there and "
            "remove the setting.",
            id="lpsa.E003",
        )
    ]


@register("lpsa")
def check_time_zones(app_configs, **kwargs):
    """Moments are stored with their zone; without it every printed time would be wrong."""
    if settings.USE_TZ:
        return []
    return [
        Error(
            "lpsa_wagtail needs time zone support.",
            hint="Set USE_TZ = True.",
            id="lpsa.E004",
        )
    ]


@register("lpsa")
def check_names(app_configs, **kwargs):
    """Settings that begin like ours are ours; a typing mistake is silent otherwise."""
    unknown = [name for name in dir(settings) if name.startswith("LPSA_")]
    unknown = [name for name in unknown if name not in conf.DEFAULTS]
    return [
        Warning(
            f"{name} is no setting of lpsa_wagtail, so it does nothing.",
            hint=_did_you_mean(name),
            id="lpsa.W001",
        )
        for name in unknown
    ]


def _did_you_mean(name) -> str:
    close = get_close_matches(name, conf.DEFAULTS, n=1)
    return f"Did you mean {close[0]}?" if close else "Remove it."


@register("lpsa")
def check_base_template(app_configs, **kwargs):
    """Say in which template the pages appear, where that is not the host's own."""
    if conf.get("LPSA_BASE_TEMPLATE") or conf.base_template() != conf.OWN_SHELL:
        return []
    there = conf.has_content("base.html") is not None
    why = "base.html has no block content" if there else "Django finds no template base.html"
    return [
        Warning(
            f"Pages of lpsa_wagtail appear in a shell of their own: {why}.",
            hint="Set LPSA_BASE_TEMPLATE to a Django template with the blocks title and content, "
            f'or to "{conf.OWN_SHELL}" if this is what you want.',
            id="lpsa.W005",
        )
    ]
