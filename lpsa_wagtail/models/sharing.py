"""How a page shows itself where its address is shared: Open Graph, and a picture."""

from dataclasses import dataclass
from typing import Any

from babel.core import get_global
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from lpsa_wagtail.models.pictures import SHARED, size_of
from lpsa_wagtail.models.places import name_of, site_of
from lpsa_wagtail.models.plain_text import line

#: Width and height of the pictures that we draw, and of what is cut from lead images.
WIDTH, HEIGHT = 1200, 630
#: A smaller lead image would be blown up.
SMALLEST = (600, 315)


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str
    type: str


def picture_of(page, request) -> Picture | None:
    """The lead image cut to size, else the picture that we draw; None without our addresses."""
    image = getattr(page, "lead_image", None)
    if image and _is_large(image) and (size := size_of(image, SHARED)):
        url = request.build_absolute_uri(size.url)
        return Picture(url, size.width, size.height, line(page.lead_image_alt), "image/jpeg")
    try:
        path = reverse("lpsa_wagtail:share_picture", args=[page.pk])
    except NoReverseMatch:
        return None
    alt = _("The name of this page, and of the site")
    return Picture(request.build_absolute_uri(path), WIDTH, HEIGHT, alt, "image/png")


def _is_large(image) -> bool:
    small = image.width < SMALLEST[0] or image.height < SMALLEST[1]
    return not (small or image.is_svg())


def meta_of(head) -> list[tuple[str, str, str]]:
    """The ``<meta>`` elements of a page that is served: attribute, name, content."""
    page, request, picture = head.page, head.request, head.picture
    address, *others = head.links
    names = ", ".join(line(row.name) for row in getattr(page, "authors_shown", ()))
    told: list[tuple[str, str, Any]] = [
        ("name", "author", names),
        ("name", "twitter:card", "summary_large_image" if picture else "summary"),
        ("property", "og:type", "article" if names or hasattr(page, "subtitle") else "website"),
        ("property", "og:title", line(page.seo_title or page.title)),
        ("property", "og:description", head.description),
        ("property", "og:url", address.href),
        ("property", "og:site_name", line(name_of(site_of(request)))),
        ("property", "og:locale", locale_of(page.language)),
        *(
            ("property", "og:locale:alternate", locale_of(link.hreflang))
            for link in others
            if link.hreflang and link.hreflang != page.language
        ),
    ]
    if picture:
        told += [
            ("property", "og:image", picture.url),
            ("property", "og:image:type", picture.type),
            ("property", "og:image:width", picture.width),
            ("property", "og:image:height", picture.height),
            ("property", "og:image:alt", picture.alt),
        ]
    if hasattr(page, "subtitle"):
        told += _of_article(page)
    return [(attribute, name, str(content)) for attribute, name, content in told if content]


def _of_article(post) -> list[tuple]:
    first = post.published_on or post.first_published_at
    last = post.last_published_at
    return [
        ("property", "article:published_time", first and first.isoformat()),
        ("property", "article:modified_time", last and last.isoformat()),
        ("property", "article:section", line(post.group.title) if post.group else ""),
        *(("property", "article:tag", line(word.label)) for word in post.interests_shown),
    ]


def locale_of(language: str) -> str:
    """A language as Open Graph names it: "fr_FR" for "fr", "pt_BR" for "pt-br"."""
    code = to_locale(language)
    if "_" in code:
        return code
    parts = get_global("likely_subtags").get(code, "").split("_")
    return f"{code}_{parts[-1]}" if len(parts) > 1 else code
