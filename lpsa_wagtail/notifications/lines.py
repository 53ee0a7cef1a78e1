"""What people typed, as harmless lines of a message."""

import unicodedata

#: Categories of characters that do not belong in a line, and signs that turn its direction round.
NOT_IN_A_LINE = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
DIRECTION_SIGNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
#: How long a title and a name may be.
TITLE, NAME = 150, 60


def line(text, length: int) -> str:
    """What somebody typed as one harmless line of at most ``length`` characters."""
    words = " ".join(_readable(text).split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def header_line(text, length: int) -> str:
    """The same for a header, where "=?" would begin words in a code of their own."""
    return line(text, length).replace("=?", "= ?")


def lines(text, length: int) -> list[str]:
    """The same for a text of several lines."""
    kept = str(text)[:length].splitlines()
    return [line(row, length) for row in kept]


def _readable(text) -> str:
    return "".join(
        " " if unicodedata.category(sign) in NOT_IN_A_LINE else sign
        for sign in str(text)
        if sign not in DIRECTION_SIGNS
    )
