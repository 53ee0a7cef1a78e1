"""What search finds beside the fields as they are written: words without accents, and names.

PostgreSQL tells "Côte" from "Cote" unless a superuser installs an extension. So the words that have
accents are indexed a second time without them, and a search asks for both spellings. Whatever
backend a site has can do that.
"""

import re
import unicodedata
from functools import cache

from wagtail.search import index
from wagtail.search.query import PlainText

#: Letters that Unicode does not take apart.
LETTERS = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"},
        **{"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"},
        "\u0640": "",  # stretches an Arabic word, and means nothing
    }
)
#: Signs above and below letters that Arabic and Hebrew can do without.
POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]+[^\W_]*)*")
OF_OTHER_SCRIPTS = ("LATIN", "GREEK")


def folded(text: str) -> str:
    """The text without accents, for Latin and Greek letters, and without Arabic and Hebrew points.

    Marks of other scripts are part of their letters, and stay. Upper and lower case stay, too.
    """
    if text.isascii():
        return text
    text = POINTS.sub("", unicodedata.normalize("NFC", text))
    return "".join(map(_bare, text)).translate(LETTERS)


@cache
def _bare(letter: str) -> str:
    if letter.isascii():
        return letter
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) > 1 and unicodedata.name(parts[0], "").startswith(OF_OTHER_SCRIPTS):
        return parts[0]
    return letter


def searched_for(text: str):
    """What to ask the search backend for: all words, as they are written or without accents."""
    plain = folded(text)
    query = PlainText(text, operator="and")
    return query if plain == text else query | PlainText(plain, operator="and")


def with_accents_only(text: str) -> str:
    """Those words of the text that have accents, without them, each once."""
    if text.isascii():
        return ""
    words = dict.fromkeys(WORD.findall(text))
    plain = {word: folded(word) for word in words}
    return " ".join(dict.fromkeys(bare for word, bare in plain.items() if bare != word))


class Findable:
    """For pages that search finds by more than is in their fields.

    A host has to run ``update_index`` for what was indexed before this was there.
    """

    def words_without_accents(self) -> str:
        """Words with accents of all searched fields, without them."""
        own = ("words_without_accents", "title_without_accents")
        fields = type(self).get_searchable_search_fields()  # type: ignore[attr-defined]
        texts = (_texts(field.get_value(self)) for field in fields if field.field_name not in own)
        return with_accents_only(" ".join(texts))

    def title_without_accents(self) -> str:
        return with_accents_only(self.title)  # type: ignore[attr-defined]


def _texts(value) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(_texts, value))
    if isinstance(value, dict):
        return " ".join(map(_texts, value.values()))
    return str(value or "")


#: To be added to the ``search_fields`` of a type.
FOUND_BY = [
    index.SearchField("words_without_accents"),
    index.AutocompleteField("title_without_accents"),
]
