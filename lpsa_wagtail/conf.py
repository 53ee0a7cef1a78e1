"""Settings of the host, all called ``LPSA_*``, read when asked for and never at import."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader_tags import BlockNode, ExtendsNode

DEFAULTS = {
    "LPSA_BASE_TEMPLATE": "",
    "LPSA_HEAD_BLOCK": "",
    "LPSA_SHARE_FONT": "",
    "LPSA_PAGE_SIZE": 12,
    "LPSA_API_PAGE_SIZE": 20,
    "LPSA_API_MAX_PAGE_SIZE": 100,
    "LPSA_API_MAX_NUMBERED": 10_000,
    "LPSA_API_MAX_AGE": 60,
    "LPSA_HTML_BY_CLOCK": None,
    "LPSA_HTML_CACHE_CONTROL": "no-cache",
    "LPSA_HTML_KEPT_SECONDS": 3600,
    "LPSA_MAIL_TIMEOUT": 10,
    "LPSA_MAILS_PER_RUN": 100,
    "LPSA_DECISION_LINK_DAYS": 14,
    "LPSA_INVITATION_DAYS": 30,
    "LPSA_FRONTEND_URL": "",
    "LPSA_FRONTEND_PREVIEW_PATH": "/preview/",
    "LPSA_PREVIEW_MINUTES": 60,
}

OWN_SHELL = "lpsa_wagtail/shell.html"
TEMPLATES = Path(__file__).resolve().parent / "templates"
#: Whose templates make the content of our pages, below ``lpsa_wagtail/``.
OF_CONTENT = ("*.html", "blocks/*.html", "includes/*.html")


def get(name: str):
    """Return the host's value of the setting ``name``, or our default.

    Raises ``KeyError`` for a name that is not ours, so a typing mistake shows at once.
    """
    return getattr(settings, name, DEFAULTS[name])


def front_end(hostname: str) -> str:
    """Address of the front end of the site with this host name, without a slash; "" for none."""
    chosen = get("LPSA_FRONTEND_URL")
    found = chosen.get(hostname, "") if isinstance(chosen, dict) else chosen
    return found.rstrip("/")


def front_ends() -> set[str]:
    """Addresses of all front ends, without a slash at the end."""
    chosen = get("LPSA_FRONTEND_URL")
    found = chosen.values() if isinstance(chosen, dict) else [chosen]
    return {address.rstrip("/") for address in found if address}


def base_template() -> str:
    """Name the template that our pages extend.

    ``LPSA_BASE_TEMPLATE`` if set, else the host's ``base.html`` if it has a place for our content,
    else our own shell.
    """
    return get("LPSA_BASE_TEMPLATE") or ("base.html" if has_content("base.html") else OWN_SHELL)


def has_content(name: str) -> bool | None:
    """True if the template has a block ``content``; None if there is no such template.

    True also where only rendering decides which blocks there are.
    """
    try:
        django_engine().get_template(name)
    except TemplateDoesNotExist:
        return None
    blocks = blocks_of(name)
    return blocks is None or "content" in blocks


def blocks_of(name: str) -> set[str] | None:
    """Names of the blocks in a template and in those it extends; None if that cannot be told.

    (One of them is not there, or is chosen only while rendering.)
    """
    blocks: set[str] = set()
    names: list[str] = []
    while isinstance(name, str) and name not in names:
        names.append(name)
        try:
            nodes: Any = django_engine().get_template(name).template.nodelist
        except TemplateDoesNotExist:
            return None
        blocks |= {node.name for node in nodes.get_nodes_by_type(BlockNode)}
        parents = nodes.get_nodes_by_type(ExtendsNode)
        if not parents:
            return blocks
        name = parents[0].parent_name.var
    return None


def django_engine() -> DjangoTemplates:
    """The engine that renders our pages. Every host has one: Wagtail's admin needs it."""
    return next(engine for engine in engines.all() if isinstance(engine, DjangoTemplates))


def content_is_ours() -> bool:
    """True if the host has put no template of its own in the place of one of ours."""
    return _none_is_replaced(*engines.all())


def page_is_ours() -> bool:
    """True if our own shell is around our content, too."""
    return base_template() == OWN_SHELL and content_is_ours()


@lru_cache(maxsize=4)
def _none_is_replaced(*asked) -> bool:
    folder = TEMPLATES / "lpsa_wagtail"
    paths = [path for kind in OF_CONTENT for path in folder.glob(kind)]
    names = [path.relative_to(TEMPLATES).as_posix() for path in paths]
    return all(Path(_found_by(asked, name)).is_relative_to(TEMPLATES) for name in names)


def _found_by(asked, name: str) -> str:
    """Where the first of the engines has this template; nothing is put together for it."""
    for engine in asked:
        if not isinstance(engine, DjangoTemplates):
            with suppress(TemplateDoesNotExist):
                return str(engine.get_template(name).origin.name)
            continue
        loaders: Any = engine.engine.template_loaders
        for loader in loaders:
            for origin in loader.get_template_sources(name):
                with suppress(TemplateDoesNotExist):
                    loader.get_contents(origin)
                    return str(origin.name)
    return ""
