"""What a page of ours says in its head: style, description, its own address, its translations."""

from dataclasses import dataclass
from functools import cached_property
from html import unescape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from wagtail.models import Site

from lpsa_wagtail.models.addresses import public_address
from lpsa_wagtail.models.following import FEEDS, feeds_of
from lpsa_wagtail.models.sharing import Picture, meta_of, picture_of

DESCRIPTIONS = ("search_description", "summary", "purpose", "introduction")
DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class HeadLink:
    """One link of the head: a ``<link>``, or an HTTP header where no template prints it."""

    rel: str
    href: str
    hreflang: str = ""
    type: str = ""

    @property
    def header(self) -> str:
        language = f'; hreflang="{self.hreflang}"' if self.hreflang else ""
        media = f'; type="{self.type}"' if self.type else ""
        return f'<{self.href}>; rel="{self.rel}"{language}{media}'


class Head:
    """What belongs into the head of one page of ours.

    Printed once, by whoever asks first: a base template with ``{% lpsa_head %}``, in Jinja2
    ``{{ lpsa_head }}``. Where nobody did before the content begins, the content asks for the
    ``stylesheet``. Without ``page`` there is nothing to tell but our style.
    """

    def __init__(self, request, page=None, robots=""):
        self.request, self.page, self.robots = request, page, robots
        self.printed = self.styled = False

    def __html__(self) -> SafeString:
        if self.printed:
            return SafeString()
        self.printed = True
        revisit = getattr(self.request, "_lpsa_revisit", None)
        if revisit is None or self.page is None:
            return self._rendered()
        name = "head without style" if self.styled else "head"
        head = revisit.part(name, self._rendered)
        self.styled = True
        return head

    def _rendered(self) -> SafeString:
        return render_to_string(
            "lpsa_wagtail/includes/head.html",
            {
                "request": self.request,
                "page": self.page,
                "stylesheet": self.stylesheet(),
                "description": self.description,
                "links": self.links,
                "meta": meta_of(self) if self.links else [],
                "linked_data": self.linked_data() if self.links else "",
                "robots": self.robots,
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
    def picture(self) -> Picture | None:
        """What stands for the page where it is shared; None if there is nothing to show."""
        return picture_of(self.page, self.request)

    def linked_data(self) -> SafeString:
        """What search engines read of the page, as JSON-LD."""
        from lpsa_wagtail.models.linked_data import LinkedData, as_script

        picture = self.picture.url if self.picture else ""
        return as_script(LinkedData(self.request, self.page, picture=picture).data)

    @cached_property
    def links(self) -> list[HeadLink]:
        """The page's own address, and those of its translations if there are any.

        Nothing for previews and where no pages are served. One query in a site with several
        languages.
        """
        if self.page is None or getattr(self.request, "is_preview", False):
            return []
        address = public_address(self.page, self.request)
        if not address:
            return []
        query = self.page.canonical_query(self.request)
        canonical = HeadLink("canonical", f"{address}{query}")
        return [canonical, *([] if query else self._alternates()), *self._feeds()]

    def _feeds(self) -> list[HeadLink]:
        """Where to follow what the page shows; nothing without our addresses."""
        return [
            HeadLink("alternate", self.request.build_absolute_uri(address), type=FEEDS[name][1])
            for name, address in feeds_of(self.page).items()
        ]

    def _alternates(self) -> list[HeadLink]:
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return []
        pages = type(self.page).for_everybody(Site.find_for_request(self.request))
        pages = pages.filter(translation_key=self.page.translation_key)
        pages = list(pages.select_related("locale").order_by("locale_id"))
        if own := next((page for page in pages if page.pk == self.page.pk), None):
            self.page.locale = own.locale  # asked for again below
        links = [
            HeadLink("alternate", public_address(page, self.request), page.locale.language_code)
            for page in pages
        ]
        return links if len(links) > 1 else []


def with_links(response):
    """Send the links of the head as an HTTP header if no template printed them."""
    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(_add_header)
    return response


def _add_header(response) -> None:
    head = (response.context_data or {}).get("lpsa_head")
    if head and head.robots:
        response.headers["X-Robots-Tag"] = head.robots
    if head and not head.printed and head.links:
        others = filter(None, [response.headers.get("Link")])
        response.headers["Link"] = ", ".join([*others, *(link.header for link in head.links)])
