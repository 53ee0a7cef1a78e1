"""What of a text shows why it was found: a piece of it, with the words that were looked for."""

import re
import unicodedata
from html import unescape

from django.utils.html import strip_tags

from lpsa_wagtail.models.finding import WORD, folded

#: Characters of a piece, and of what stands before the first word in it.
LENGTH, BEFORE = 240, 70
#: Fields in which the words are looked for, before the text itself.
FIELDS = ("subtitle", "summary", "purpose")


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in the order in which they stand there."""
    return list(dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text))))


def marked(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words, accents and case aside."""
    text, pieces, last = unicodedata.normalize("NFC", text), [], 0
    for start, end in _places(text, words):
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [piece for piece in (*pieces, (text[last:], False)) if piece[0]]


def excerpt(page, words: list[str]) -> list[tuple[str, bool]]:
    """A piece of the page's text with one of the words in it, else the start of its first text.

    In pieces as ``marked`` gives them. No query.
    """
    first = ""
    for text in _texts(page):
        first = first or text
        if places := _places(text, words):
            return marked(_around(text, places[0][0]), words)
    return marked(_around(first, 0), words)


def _texts(page):
    for name in FIELDS:
        if text := _tidy(getattr(page, name, "")):
            yield text
    authors = getattr(page, "authors_shown", ())
    if names := ", ".join(
        f"{a.name} ({a.affiliation})" if a.affiliation else a.name for a in authors
    ):
        yield names
    for name in ("agenda", "body"):
        if text := _tidy(" … ".join(_strings(getattr(getattr(page, name, None), "raw_data", ())))):
            yield text


def _strings(value):
    """Texts in the stored form of blocks. (What has no space is an id, a link or a choice.)"""
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif value is not None and not isinstance(value, (int, float)):
        for one in value:
            yield from _strings(one)


def _tidy(html: str) -> str:
    text = unescape(strip_tags(re.sub(r"<(?:/p|/li|/h\d|br)\b", r" \g<0>", html or "")))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words begin and end in a text of composed characters."""
    wanted = sorted({folded(word).casefold() for word in words} - {""}, key=len, reverse=True)
    if not wanted or not text:
        return []
    plain, places = [], []
    for place, letter in enumerate(text):
        for one in folded(letter).casefold():
            plain.append(one)
            places.append(place)
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", "".join(plain))
    return [(places[one.start()], places[one.end() - 1] + 1) for one in found]


def _around(text: str, place: int) -> str:
    """As much of the text as is shown, from a little before this place."""
    start = 0
    if place > BEFORE:
        start = text.find(" ", place - BEFORE) + 1
        start = start if 0 < start <= place else place
    end = len(text)
    if end - start > LENGTH:
        end = text.rfind(" ", start + LENGTH // 2, start + LENGTH)
        end = end if end > 0 else start + LENGTH
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
