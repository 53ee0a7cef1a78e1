"""How our pages stand in a site: the template around them, and what they say in its head."""

from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from django.conf import settings
from django.template.backends.django import Template
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from wagtail.models import Page, Site

from lpsa_wagtail import conf
from lpsa_wagtail.models.querysets import GovernedQuerySet

#: Puts our head into a block of the host's base template, after what the host has there.
IN_BETWEEN = (
    '{%% extends "%s" %%}{%% load lpsa_tags %%}'
    "{%% block %s %%}{{ block.super }}{%% lpsa_head %%}{%% endblock %%}"
)
DESCRIPTIONS = ("search_description", "summary", "purpose", "introduction")
DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class HeadLink:
    """One link of the head: a ``<link>``, or an HTTP header where no template prints it."""

    rel: str
    href: str
    hreflang: str = ""

    @property
    def header(self) -> str:
        language = f'; hreflang="{self.hreflang}"' if self.hreflang else ""
        return f'<{self.href}>; rel="{self.rel}"{language}'


class Head:
    """What belongs into the head of one page of ours.

    Printed once, by whoever asks first: a base template with ``{% lpsa_head %}``, in Jinja2
    ``{{ lpsa_head }}``. Where nobody did before the content begins, the content asks for the
    ``stylesheet``. Without ``page`` there is nothing to tell but our style.
    """

    def __init__(self, request, page=None):
        self.request, self.page = request, page
        self.printed = self.styled = False

    def __html__(self) -> SafeString:
        if self.printed:
            return SafeString()
        self.printed = True
        return render_to_string(
            "lpsa_wagtail/includes/head.html",
            {
                "request": self.request,
                "page": self.page,
                "stylesheet": self.stylesheet(),
                "description": self.description,
                "links": self.links,
            },
        )

    def stylesheet(self) -> SafeString:
        """The link to our style sheet; nothing if the page has it already."""
        if self.styled:
            return SafeString()
        self.styled = True
        return render_to_string("lpsa_wagtail/includes/stylesheet.html")

    @property
    def description(self) -> str:
        """What search engines print below the title: the first text that the page has."""
        texts = (getattr(self.page, name, "") for name in DESCRIPTIONS)
        text = unescape(strip_tags(next(filter(None, texts), "")))
        return Truncator(" ".join(text.split())).chars(DESCRIPTION_LENGTH)

    @cached_property
    def links(self) -> list[HeadLink]:
        """The page's own address, and those of its translations if there are any.

        Nothing for previews and where no pages are served. One query in a site with several
        languages.
        """
        if self.page is None or getattr(self.request, "is_preview", False):
            return []
        address = self._address(self.page)
        if not address:
            return []
        query = self.page.canonical_query(self.request)
        canonical = HeadLink("canonical", f"{address}{query}")
        return [canonical, *([] if query else self._alternates())]

    def _alternates(self) -> list[HeadLink]:
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return []
        pages = type(self.page).for_everybody(Site.find_for_request(self.request))
        pages = pages.filter(translation_key=self.page.translation_key)
        links = [
            HeadLink("alternate", self._address(page), page.locale.language_code)
            for page in pages.select_related("locale").order_by("locale_id")
        ]
        return links if len(links) > 1 else []

    def _address(self, page) -> str:
        address = page.get_full_url(self.request) or ""
        # A site behind a proxy often has port 80 in Wagtail and is read by https.
        if self.request.is_secure() and address.startswith(f"http://{self.request.get_host()}/"):
            address = f"https{address[4:]}"
        return address


def context_of(request, page=None) -> dict:
    """What every template that extends ``lpsa_base_template`` needs."""
    return {"lpsa_base_template": base_template(), "lpsa_head": Head(request, page)}


def with_links(response):
    """Send the links of the head as an HTTP header if no template printed them."""
    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(_add_header)
    return response


def _add_header(response) -> None:
    head = (response.context_data or {}).get("lpsa_head")
    if head and not head.printed and head.links:
        others = filter(None, [response.headers.get("Link")])
        response.headers["Link"] = ", ".join([*others, *(link.header for link in head.links)])


class ShellPage(Page):
    """Renders in the host's base template or in our own shell."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **context_of(request, self)}

    def serve(self, request, *args, **kwargs):
        return with_links(super().serve(request, *args, **kwargs))

    def canonical_query(self, request) -> str:
        """What of the query belongs to the address by which search engines know the page."""
        return ""

    @classmethod
    def for_everybody(cls, site):
        """The pages of this type that anybody may read in the site."""
        return GovernedQuerySet(cls).live().unrestricted().in_site(site)


# The template around our pages.


def base_template() -> str | Template:
    """What our pages extend: the name of a template, or one made to fill ``LPSA_HEAD_BLOCK``."""
    name, block = conf.base_template(), conf.get("LPSA_HEAD_BLOCK")
    if not block or name == conf.OWN_SHELL:
        return name
    return conf.django_engine().from_string(IN_BETWEEN % (name, block))


def blocks_of(name: str) -> set[str] | None:
    """Names of the blocks in a template and in those it extends.

    None if that is decided only while rendering. Raises ``TemplateDoesNotExist``.
    """
    blocks: set[str] = set()
    names: list[str] = []
    while isinstance(name, str) and name not in names:
        names.append(name)
        nodes: Any = conf.django_engine().get_template(name).template.nodelist
        blocks |= {node.name for node in nodes.get_nodes_by_type(BlockNode)}
        parents = nodes.get_nodes_by_type(ExtendsNode)
        if not parents:
            return blocks
        name = parents[0].parent_name.var
    return None


def head_block_is_missing() -> bool:
    """True if ``LPSA_HEAD_BLOCK`` names a block that the base template does not have.

    Our pages then do as if it were not set: style with the content, links as a header.
    """
    block, base = conf.get("LPSA_HEAD_BLOCK"), conf.base_template()
    blocks = blocks_of(base) if block and base != conf.OWN_SHELL else None
    return blocks is not None and block not in blocks
