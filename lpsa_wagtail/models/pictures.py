"""The pictures of our pages: in which sizes and formats browsers may choose them.

Every size is a rendition of Wagtail's. AVIF is made of pictures that fill the text, where the
imaging library can make it: it is a quarter smaller than WebP, and takes some tenths of a second
when somebody looks first.
"""

import logging
from dataclasses import dataclass
from functools import cache

from django.db import DatabaseError
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from PIL import Image as Imaging

logger = logging.getLogger("lpsa_wagtail.pictures")

#: Format → how Wagtail makes it. At this quality AVIF looks as WebP does at its usual one.
AVIF, WEBP = "|format-avif|avifquality-50", "|format-webp"
TYPES = {AVIF: "image/avif", WEBP: "image/webp"}


@dataclass(frozen=True)
class Shape:
    """Where a picture stands: the operations that make its sizes, the formats, the width there.

    The first size without any format is for browsers that know none, and what is left of all for
    an SVG. Without ``formats`` there is one size, in WebP.
    """

    sizes: tuple[str, ...]
    width: str = ""
    formats: tuple[str, ...] = ()

    @property
    def specs(self) -> list[str]:
        """All renditions that the shape asks for."""
        if not self.formats:
            return [f"{self.sizes[0]}{WEBP}"]
        known = [way for way in self.formats if way != AVIF or avif_is_made()]
        return [*(f"{size}{way}" for way in known for size in self.sizes), self.sizes[0]]


WIDTHS = ("width-720", "width-1440")
SHAPES = {
    "lead": Shape(WIDTHS, "(min-width: 72rem) 70rem, 100vw", (AVIF, WEBP)),
    "figure": Shape(WIDTHS, "(min-width: 60rem) 44rem, 100vw", (AVIF, WEBP)),
    "gallery": Shape(WIDTHS, "(min-width: 60rem) 22rem, (min-width: 40rem) 50vw, 100vw", (WEBP,)),
    "thumb": Shape(("fill-480x300",)),
    "logo": Shape(("max-320x120",)),
}
#: What networks show of a lead image where an address is shared.
SHARED = "fill-1200x630|format-jpeg"


@cache
def avif_is_made() -> bool:
    """True if the imaging library of this machine can write AVIF."""
    Imaging.init()
    return "AVIF" in Imaging.SAVE


def specs_of_all() -> list[str]:
    """The renditions that our templates ask for, as Wagtail names them."""
    plain = [size for shape in SHAPES.values() for size in shape.sizes]
    return list(
        dict.fromkeys([SHARED, *plain, *(s for shape in SHAPES.values() for s in shape.specs)])
    )


def picture(image, shape: Shape, **attributes) -> SafeString:
    """The picture in this shape. Of a file that cannot be shown, its alternative text.

    ``attributes`` are those of ``<img>``. Makes the sizes that nobody has seen yet.
    """
    if not image:
        return SafeString()
    plain = shape.sizes[0]
    specs = [plain] if image.is_svg() else shape.specs
    found = _renditions(image, specs)
    if not found:
        return _in_words(attributes.get("alt"))
    if len(found) == 1:
        return _img(found[specs[0]], attributes)
    sources = [
        {"srcset": _srcset(sizes), "sizes": shape.width, "type": TYPES[way]}
        for way in shape.formats
        if (sizes := [found[f"{size}{way}"] for size in shape.sizes if f"{size}{way}" in found])
    ]
    inside = mark_safe("".join(f"<source{flatatt(source)}>" for source in sources))  # noqa: S308
    return format_html("<picture>{}{}</picture>", inside, _img(found[plain], attributes))


def size_of(image, spec: str):
    """The picture in this size, or None if its file cannot be shown."""
    return _renditions(image, [spec]).get(spec)


def _renditions(image, specs) -> dict:
    """Spec → rendition; empty if the file is not there, or is no picture."""
    read = _read_before(image)
    if all(spec in read for spec in specs):
        return {spec: read[spec] for spec in specs}
    try:
        made = image.get_renditions(*specs)
    except DatabaseError:
        raise
    except Exception as error:  # what is wrong with a file, each library says in its own way
        logger.warning("Picture %s cannot be shown: %r", image.pk, error)
        return {}
    return dict(zip(specs, made.values(), strict=True))


def _read_before(image) -> dict:
    """Spec → rendition, of those read with the page that are the same wherever the focus is."""
    read = getattr(image, "prefetched_renditions", ())
    return {one.filter_spec: one for one in read if not one.filter_spec.startswith("fill")}


def _img(rendition, attributes) -> SafeString:
    size = {"src": rendition.url, "width": rendition.width, "height": rendition.height}
    return format_html("<img{}>", flatatt({**size, **attributes}))


def _srcset(renditions) -> str:
    """Each width once: a small picture is not made larger."""
    by_width = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())


def _in_words(text) -> SafeString:
    text = conditional_escape(text or "")
    return format_html('<span class="lpsa-no-picture">{}</span>', text) if text else SafeString()
