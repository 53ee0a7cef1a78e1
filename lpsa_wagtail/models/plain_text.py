"""Text that nothing breaks which reads it: feeds, calendars and what else is no page of ours."""

import re

#: What ends a line somewhere.
_ENDS_OF_LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
#: Characters that XML and calendars refuse, and those that turn round what stands behind them.
#: (The marks that only say how one word runs, U+200E, U+200F and U+061C, stay.)
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """The text on one or more lines, without harmful characters."""
    return _HARMFUL.sub("", _ENDS_OF_LINES.sub("\n", text)).strip()


def line(text: str) -> str:
    """The text on one line."""
    return " ".join(plain(text).split())


def address(text: str) -> str:
    """A web address without anything that ends a line; "" for what is none."""
    found = "".join(plain(text).split())
    return found if found.lower().startswith(("http://", "https://")) else ""
