"""Blocks that name nothing outside of themselves, in the shape in which they leave."""

from collections.abc import Callable

from lpsa_wagtail.blocks.cells import Cells, ChartData
from lpsa_wagtail.blocks.named import items_of
from lpsa_wagtail.blocks.videos import embed_address, web_address


def text_of(value, name: str) -> str:
    """A text inside a stored block, "" for none."""
    return str((value or {}).get(name) or "")


def callout_kind(value) -> str:
    return "important" if text_of(value, "kind") == "important" else "note"


def _texts(value, *names: str) -> dict:
    return {name: text_of(value, name) for name in names}


def _quote(value) -> dict:
    return _texts(value, "text", "source")


def _table(value) -> dict:
    cells = Cells.of(text_of(value, "cells"))
    return {
        **_texts(value, "caption", "source"),
        "header": cells.header,
        "rows": cells.rows,
        "row_headings": bool(value.get("row_headings")),
    }


def _key_figures(value) -> dict:
    names = ("number", "unit", "label", "source")
    return {"figures": [_texts(item, *names) for item in items_of(value, "figures")]}


def _chart(value) -> dict:
    data = ChartData.of(text_of(value, "cells"))
    return {
        "kind": "line" if value.get("kind") == "line" else "bar",
        **_texts(value, "title", "description", "unit", "source"),
        "categories": data.categories,
        "series": [{"name": series.name, "values": series.values} for series in data.series],
        "header": data.cells.header,
        "rows": data.cells.rows,
    }


def _recording(value) -> dict:
    url = text_of(value, "url")
    return {
        "title": text_of(value, "title"),
        "url": web_address(url) or None,
        "embed_url": embed_address(url) or None,
    }


def _people(value) -> dict:
    names = ("name", "role", "affiliation")
    return {"people": [_texts(item, *names) for item in items_of(value, "people")]}


def _sources(value) -> dict:
    return {
        "sources": [
            {
                "text": text_of(item, "text"),
                "year": year if isinstance(year := item.get("year"), int) else None,
                "url": web_address(text_of(item, "link")) or None,
            }
            for item in items_of(value, "sources")
        ]
    }


#: Kind of block → what is told of its value.
PLAIN: dict[str, Callable] = {
    "quote": _quote,
    "table": _table,
    "key_figures": _key_figures,
    "chart": _chart,
    "recording": _recording,
    "people": _people,
    "sources": _sources,
}
