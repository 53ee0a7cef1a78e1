"""The picture that stands for a page where its address is shared, drawn from its words."""

import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont, features

from lpsa_wagtail import conf
from lpsa_wagtail.models.sharing import HEIGHT, WIDTH

#: Changes when the same words are drawn in another way.
STYLE = 1
PAPER, INK, SOFT, BRAND, CORE = "#ffffff", "#16211e", "#53625d", "#0a5f56", "#d9822b"
#: Each focus of groups has the colour that it has on pages.
ACCENTS = {
    "regional": "#0a5f56",
    "country": "#2a5b94",
    "sectoral": "#8a5208",
    "thematic": "#7a3a72",
    "topic": "#4d6516",
}
MARGIN, TOP, FOOT = 80, 160, 530
#: Sizes of a title, the height that it has, and of a line in parts of its size.
SIZES, ROOM, LEADING = (84, 72, 60, 52), 260, 1.16
#: What a font may lack without a word being written wrong.
PLAINER = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})
RIGHT_TO_LEFT = ("R", "AL")
NOWHERE = "\U0010ffff"


@dataclass(frozen=True)
class Words:
    """What is written: the title, above it a group or list, below it the site; and a focus."""

    title: str
    above: str = ""
    site_name: str = ""
    focus: str = ""


def draw(words: Words) -> bytes:
    """A PNG of 1200 × 630 pixels, the same for the same words.

    A text that the font cannot write is left out: no empty boxes, no letters in a wrong order.
    """
    accent = ACCENTS.get(words.focus, BRAND)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _dots(pen, accent)
    pen.rectangle((0, 0, WIDTH, 18), fill=accent)
    _mark(pen, MARGIN, FOOT)
    _line(pen, words.site_name, 34, (MARGIN + 84, FOOT + 32), SOFT, 640)
    if writable(words.title):
        _line(pen, words.above, 34, (MARGIN, 104), accent, WIDTH - 2 * MARGIN)
        _title(pen, words.title)
    else:
        _mark(pen, WIDTH // 2 - 110, 170, size=220)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def writable(text: str) -> bool:
    """True if the font has all letters of the text, and they can be put in their order."""
    text = text.translate(PLAINER)
    shaped = features.check("raqm")
    if not shaped and any(unicodedata.category(c)[0] == "M" or _turned(c) for c in text):
        return False
    return bool(text) and all(_has(conf.get("LPSA_SHARE_FONT"), char) for char in set(text))


def _turned(char: str) -> bool:
    return unicodedata.bidirectional(char) in RIGHT_TO_LEFT


def _goes_left(text: str) -> bool:
    """True if the text begins in a script that goes from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", *RIGHT_TO_LEFT)), "L") != "L"


@lru_cache(maxsize=16)
def _font(path: str, size: int) -> Any:
    """The host's font, else the one that Pillow brings; None if it brings none."""
    try:
        return ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
    except (OSError, TypeError, ImportError):  # no such file; an old Pillow; one without FreeType
        return ImageFont.load_default(size) if path else None


@lru_cache(maxsize=4096)
def _has(path: str, char: str) -> bool:
    font = _font(path, 32)
    if char.isspace():
        return font is not None
    return font is not None and _shape(font, char) != _shape(font, NOWHERE)


def _shape(font, char: str) -> tuple:
    mask = font.getmask(char)
    return mask.size, bytes(mask)


def _title(pen, title: str) -> None:
    width, title = WIDTH - 2 * MARGIN, title.translate(PLAINER)
    for size in SIZES:
        font = _font(conf.get("LPSA_SHARE_FONT"), size)
        most = int(ROOM / (size * LEADING))
        lines = _wrapped(title, font, width, most)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], font, width, more=True)]
    for number, text in enumerate(lines):
        y = TOP + int(number * size * LEADING)
        _put(pen, text, font, (MARGIN, y), INK, width, anchor="a", stroke_width=1)


def _line(pen, text: str, size: int, at, colour: str, room: int) -> None:
    """One line, or nothing if the font cannot write it. ``at`` is its middle on the left."""
    if writable(text):
        font = _font(conf.get("LPSA_SHARE_FONT"), size)
        _put(pen, _shortened(text.translate(PLAINER), font, room), font, at, colour, room)


def _put(pen, text, font, at, colour, room, *, anchor="m", **more) -> None:
    x, y = at
    if _goes_left(text):
        pen.text((x + room, y), text, colour, font, anchor=f"r{anchor}", direction="rtl", **more)
    else:
        pen.text((x, y), text, colour, font, anchor=f"l{anchor}", **more)


def _wrapped(text: str, font, room: int, most: int) -> list[str]:
    """The text in lines, one more than ``most`` at most. Words longer than a line are broken."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while font.getlength(word) > room and len(lines) <= most:
            length = _fitting(word, font, room)
            lines.append(word[:length])
            word = word[length:]
        line = word
        if len(lines) > most:
            return lines
    return [*lines, line] if line else lines


def _fitting(text: str, font, room: int) -> int:
    """So many characters of the text have room; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _shortened(text: str, font, room: int, *, more: bool = False) -> str:
    if not more and font.getlength(text) <= room:
        return text
    dots = "…" if _has(conf.get("LPSA_SHARE_FONT"), "…") else "..."
    return text[: _fitting(text, font, room - font.getlength(dots))].rstrip() + dots


def _dots(pen, accent: str) -> None:
    """The pattern that our pages have in a corner; here where no text is."""
    for x in range(WIDTH - 354, WIDTH, 36):
        for y in range(TOP + ROOM + 36, HEIGHT, 36):
            near = 1 - (((x - 1120) / 340) ** 2 + ((y - 640) / 220) ** 2)
            if near > 0:
                _dot(pen, x, y, 5, _mixed(accent, 0.1 + 0.25 * near))


def _mixed(colour: str, part: float) -> tuple[int, ...]:
    """So much of the colour on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return tuple(round(255 - (255 - value) * part) for value in parts)


def _dot(pen, x, y, radius, colour) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _mark(pen, left: int, top: int, size: int = 64) -> None:
    """The mark of the app, as in ``mark.svg``."""
    scale = size / 32
    points = [(6, 8), (26, 8), (5, 20), (27, 20), (16, 28)]
    places = [(left + x * scale, top + y * scale) for x, y in points]
    middle = (left + 16 * scale, top + 16 * scale)
    for place in places:
        pen.line((middle, place), fill=BRAND, width=round(1.6 * scale))
    for place in places:
        _dot(pen, *place, 3 * scale, BRAND)
    _dot(pen, *middle, 4.5 * scale, CORE)
