"""What may be asked: names of parameters, paging, and their description for OpenAPI."""

from django.http import HttpRequest

from lpsa_wagtail import conf
from lpsa_wagtail.api.errors import UnknownParameter
from lpsa_wagtail.api.rich_text import FORMATS
from lpsa_wagtail.choices import Focus, InterestKind, Role, WebinarFormat
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings import (
    MOST_IDS,
    SEARCH_LENGTH,
    VISIBLE_STATES,
)

PAGING = ("page", "page_size")
#: What all lists of pages have besides their filters, and what one of them has.
LIST, ITEM = ("fields", "rich_text", "cursor", *PAGING), ("rich_text",)

_DAY = {"type": "string", "format": "date"}
_INTEREST = "A word of the kind {}: slug, name, label or other spelling. Covers narrower words."

#: Parameter → (description, JSON schema).
DESCRIPTIONS: dict[str, tuple[str, dict]] = {
    "group": (
        "Slug of a group: what lies in it, and what is credited to it as a joint group.",
        {"type": "string"},
    ),
    **{kind: (_INTEREST.format(kind), {"type": "string"}) for kind in InterestKind.values},
    "exact": ("1: interests do not cover narrower words.", {"enum": ["0", "1"]}),
    "focus": ("What the group is about.", {"enum": Focus.values}),
    "state": ("Where the group is in its life.", {"enum": [str(s) for s in VISIBLE_STATES]}),
    "year": ("A year, such as 2024.", {"type": "integer", "minimum": 1900, "maximum": 9999}),
    "when": ("Not over yet, or over.", {"enum": ["upcoming", "past"]}),
    "format": ("Kind of event.", {"enum": WebinarFormat.values}),
    "series": ("Label of a series, exactly as written.", {"type": "string"}),
    "country": ("Two letters (ISO 3166-1) of a country of the vocabulary.", {"type": "string"}),
    "language": ("Code of the language of the page, such as en.", {"type": "string"}),
    "from": ("Nothing before this day, such as 2024-03-01.", _DAY),
    "to": ("Nothing after this day.", _DAY),
    "ids": (f"Ids with commas between them, {MOST_IDS} at most.", {"type": "string"}),
    "order": ("The order; a minus turns it round.", {"type": "string"}),
    "as_of": ("State and roles as they were on this day.", _DAY),
    "type": ("Kinds of things with commas between them.", {"type": "string"}),
    "role": ("A role in a group.", {"enum": Role.values}),
    "fields": (
        "Names with commas between them: added to the usual ones, or with a minus taken away; "
        "after “_” only these, after “*” all.",
        {"type": "string"},
    ),
    "rich_text": ("How text with emphasis, lists and links is written.", {"enum": list(FORMATS)}),
    "cursor": ("Where to go on, as “next” of the page before says it.", {"type": "string"}),
    "q": (f"Words to search for; the first {SEARCH_LENGTH} characters count.", {"type": "string"}),
    "kind": ("Kind of interest.", {"enum": InterestKind.values}),
    "page": ("Number of the page, from 1.", {"type": "integer", "minimum": 1}),
    "token": ("What the preview in the editor hands to the front end.", {"type": "string"}),
    "content_type": (
        "Only with a token of wagtail-headless-preview: the type of page, as its client gets it.",
        {"type": "string"},
    ),
    "page_size": ("Results on a page.", {"type": "integer", "minimum": 1}),
}


def described(names, *, orders=(), required=()) -> dict:
    """OpenAPI's description of these query parameters, with the orders that a list has."""
    known = {**DESCRIPTIONS, "order": (DESCRIPTIONS["order"][0], {"enum": list(orders)})}
    return {
        "parameters": [
            {
                "in": "query",
                "name": name,
                "required": name in required,
                "allowEmptyValue": name not in required,  # the same as not given
                "description": known[name][0],
                "schema": {"type": "string"} | known[name][1],
            }
            for name in names
        ]
    }


def check(request: HttpRequest, *allowed: str) -> None:
    """Refuse parameters that mean nothing here, are given twice, or are no text."""
    for name, values in request.GET.lists():
        if name not in allowed:
            raise UnknownParameter(name, values[-1] if values else "", allowed)
        if len(values) > 1:
            raise BadFilter(name, ", ".join(values), ["one value, given once"])
        if any(mark in values[0] for mark in ("\x00", "\ufffd")):
            raise BadFilter(name, values[0], ["text in UTF-8"])


def page_size(request: HttpRequest) -> int:
    """How many results the caller wants on a page; raises ``BadFilter``."""
    largest = conf.get("LPSA_API_MAX_PAGE_SIZE")
    text = request.GET.get("page_size", "").strip()
    if not text:
        return min(conf.get("LPSA_API_PAGE_SIZE"), largest)
    if not 1 <= _digits(text) <= largest:
        raise BadFilter("page_size", text, [f"1 – {largest}"])
    return _digits(text)


def page_number(request: HttpRequest) -> int:
    """The page the caller wants; 0 for what is no number, as for a page that cannot be."""
    return _digits(request.GET.get("page", "").strip() or "1")


def _digits(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
