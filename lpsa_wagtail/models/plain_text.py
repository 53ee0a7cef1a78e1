"""Text that nothing breaks which reads it: feeds, calendars and what else is no page of ours."""

import re

from django.utils.html import strip_tags

#: Characters that XML and calendars refuse, and those that turn round what stands behind them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """The text on one or more lines, without harmful characters."""
    text = _HARMFUL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip()


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(plain(text).split())


def address(text: str) -> str:
    """An address without anything that ends a line."""
    return "".join(plain(text).split())


def without_tags(html: str) -> str:
    """What rich text says, without its marks."""
    return line(strip_tags(html))
