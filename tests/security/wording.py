"""What a page says, read from columns, rows and revisions, and not by the product's own hash."""

import json
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from lpsa_wagtail.models import BlogPost, Webinar, WorkingGroupPage

#: Plain columns that the Board decides on; text in blocks and interests come beside.
COLUMNS = {
    BlogPost: ("title", "slug", "subtitle", "summary"),
    Webinar: ("title", "slug", "series", "summary"),
    WorkingGroupPage: ("title", "slug", "designation", "focus", "purpose"),
}
CHARTER = ("title", "designation", "focus", "purpose")


@dataclass(frozen=True)
class Wording:
    """Everything on a page that a tester would notice."""

    texts: tuple
    blocks: str
    words: frozenset
    goes_live_at: str

    @property
    def charter(self) -> tuple:
        return tuple(pair for pair in self.texts if pair[0] in CHARTER)

    def with_words(self, current):
        """The same with each word replaced by ``current(word)``."""
        return replace(self, words=frozenset(map(current, self.words)))


def of_revision(model, content) -> Wording:
    """What the revision with this content says."""
    return Wording(
        texts=tuple((name, content[name]) for name in COLUMNS[model]),
        blocks=_blocks(content["body"]),
        words=frozenset(row["tag"] for row in content["interest_items"]),
        goes_live_at=_instant(content["go_live_at"] and parse_datetime(content["go_live_at"])),
    )


def of_live_pages() -> dict:
    """Map the id of every live page of ours → (what it says, id of its parent)."""
    places = dict(Page.objects.values_list("path", "pk"))
    found = {}
    for model, columns in COLUMNS.items():
        pages = model.objects.filter(live=True)
        rows = pages.values("pk", "path", "go_live_at", *columns, text=Cast("body", TextField()))
        words = _words(model) if rows else {}
        for row in rows:
            wording = Wording(
                texts=tuple((name, row[name]) for name in columns),
                blocks=_blocks(row["text"]),
                words=frozenset(words[row["pk"]]),
                goes_live_at=_instant(row["go_live_at"]),
            )
            found[row["pk"]] = (wording, places[row["path"][: -Page.steplen]])
    return found


def _words(model):
    words = defaultdict(set)
    rows = model.interests.through.objects.filter(content_object__live=True)
    for page, word in rows.values_list("content_object", "tag"):
        words[page].add(word)
    return words


def _blocks(text: str) -> str:
    blocks = json.loads(text or "[]")
    return json.dumps([[block["type"], block["value"]] for block in blocks], sort_keys=True)


def _instant(date) -> str:
    return date.isoformat(timespec="seconds") if date else ""
