"""The headings of a text, and the anchors by which addresses lead to them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.rich_text import RichText

#: So that no heading is called like an element of the site around.
PREFIX = "h-"
LONGEST = 60
#: Letters, what is written above, below and beside letters, and digits, in any script.
KEPT = ("L", "M", "N")
SUBHEADING = re.compile(r"<h3(?P<attributes>[^>]*)>(?P<inside>.*?)</h3>", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One line of a list of contents; level 2 or 3."""

    level: int
    anchor: str
    text: str


class Heading(str):
    """The text of a heading that knows its anchor."""

    anchor: str

    def __new__(cls, text, anchor):
        heading = super().__new__(cls, text)
        heading.anchor = anchor
        return heading


class Anchors:
    """Gives out anchors for the headings of one text, in their order.

    An anchor is made from the words of its heading, so it stays when other headings change. Of
    several with the same words all but the first get a number.
    """

    def __init__(self):
        self.taken: set[str] = set()

    def of(self, text: str) -> str:
        stem, number = PREFIX + anchor_words(text), 1
        anchor = stem
        while anchor in self.taken:
            number += 1
            anchor = f"{stem}-{number}"
        self.taken.add(anchor)
        return anchor

    def into(self, html: str) -> str:
        """The HTML of a rich text, its subheadings with anchors."""
        return SUBHEADING.sub(self._with_anchor, html)

    def _with_anchor(self, found) -> str:
        text = _said(found["inside"])
        if not text:
            return found[0]
        return f'<h3{found["attributes"]} id="{self.of(text)}">{found["inside"]}</h3>'


def anchor_words(text: str) -> str:
    """The words of a text in small letters, with hyphens between them, in its own script."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kept = (char if unicodedata.category(char)[0] in KEPT else " " for char in text)
    words = "-".join("".join(kept).split())
    return words[:LONGEST].strip("-") or "section"


def outline(body: Iterable[Any]) -> list[Entry]:
    """The headings of a body, and the subheadings in its texts, in their order."""
    anchors, found = Anchors(), []
    for block in body or ():
        if block.block_type == "heading":
            found.append(Entry(2, anchors.of(block.value), str(block.value)))
        elif isinstance(block.value, RichText):
            texts = [_said(match["inside"]) for match in SUBHEADING.finditer(block.value.source)]
            found += [Entry(3, anchors.of(text), text) for text in texts if text]
    return found


def _said(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
