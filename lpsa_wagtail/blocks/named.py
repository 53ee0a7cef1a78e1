"""What the blocks of a body name, so that all of it is read together: pictures and texts."""

from dataclasses import dataclass
from typing import Any

from wagtail.rich_text import RichText


def items_of(value, name: str) -> list[dict]:
    """The stored items of a list inside a stored block, with or without their frame."""
    items = (value or {}).get(name) or []
    framed = (item.get("value") if item.get("type") == "item" else item for item in items)
    return [item for item in framed if item]


def image_ids(kind: str, value) -> list:
    """Ids of the pictures that a stored block names."""
    if kind == "figure":
        return [value.get("image")]
    if kind == "gallery":
        return [picture.get("image") for picture in items_of(value, "pictures")]
    return []


def images_of(block) -> list:
    """The pictures of a bound block; None among them for one that is gone."""
    if block.block_type == "figure":
        return [block.value.get("image")]
    if block.block_type == "gallery":
        return [picture.get("image") for picture in block.value.get("pictures") or ()]
    return []


def rich_text(kind: str, value) -> str:
    """The rich text of a stored block; "" for blocks without."""
    if kind == "paragraph":
        return value or ""
    return (value.get("text") or "") if kind == "callout" else ""


@dataclass(frozen=True)
class Text:
    """A rich text in a bound block."""

    block: Any
    inside: str = ""

    @property
    def source(self) -> str:
        return self._value.source

    @property
    def _value(self):
        return self.block.value[self.inside] if self.inside else self.block.value

    def put(self, text: RichText) -> None:
        """Put another one in its place."""
        if self.inside:
            self.block.value[self.inside] = text
        else:
            self.block.value = text


def texts_of(block) -> list[Text]:
    """The rich texts of a bound block."""
    if isinstance(block.value, RichText):
        return [Text(block)]
    inside = getattr(block, "block_type", "") == "callout" and block.value.get("text")
    return [Text(block, "text")] if isinstance(inside, RichText) else []
