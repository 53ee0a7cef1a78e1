"""What became public, changed and went, for programs that follow."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path, override
from ninja import Router

from lpsa_wagtail.api import parameters
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.schemas.following import ChangeList
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import ChangeKind, Noun
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import Change
from lpsa_wagtail.models.moments import clock_of

router = Router(tags=["Changes"])

#: Parameter → (description, JSON schema).
PARAMETERS = {
    "after": (
        "The number that was read last. Without it, from the beginning.",
        {"type": "integer", "minimum": 0},
    ),
    "type": ("Type of the things.", {"enum": Noun.values}),
    "kind": ("What happened to them.", {"enum": ChangeKind.values}),
    "page_size": parameters.DESCRIPTIONS["page_size"],
}
#: Type → name of the address of one thing, and the column by which it is asked for.
ADDRESSES = {
    Noun.GROUP: ("get_group", "slug_now"),
    Noun.POST: ("get_post", "object_id"),
    Noun.WEBINAR: ("get_webinar", "object_id"),
    Noun.INTEREST: ("get_interest", "slug_now"),
}


@readable(
    router,
    "/",
    response=ChangeList,
    operation_id="listChanges",
    summary="List changes",
    description=(
        "What was published, changed, taken down, dissolved or erased after a number, oldest "
        "first. Ask `next` again and again to follow; nothing is missed."
    ),
    openapi_extra={
        "parameters": [
            {"in": "query", "name": name, "required": False, "description": text, "schema": schema}
            for name, (text, schema) in PARAMETERS.items()
        ]
    },
)
def list_changes(request: HttpRequest):
    parameters.check(request, *PARAMETERS)
    visit, size = Visit(request), parameters.page_size(request)
    clock = clock_of(request)
    last = clock.number if clock else 0
    after = _number(request, last)
    changes = Change.objects.in_site(visit.site).after(after).with_slug_now(visit.site)
    for name, column, choices in (("type", "noun", Noun), ("kind", "kind", ChangeKind)):
        if wanted := _choice(request, name, choices.values):
            changes = changes.filter(**{column: wanted})
    rows = list(changes[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    number = rows[-1].number if rows else after
    return {
        "results": _shaped(request, rows),
        "next": _next(request, number if more else max(number, last)),
        "more": more,
    }


def _number(request: HttpRequest, last: int) -> int:
    """The number to go on from; one that was never given out is refused (``BadFilter``)."""
    text = request.GET.get("after", "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= last):
        raise BadFilter("after", text, [f"0 – {last}"])
    return int(text)


def _choice(request: HttpRequest, name: str, allowed: list[str]) -> str:
    text = request.GET.get(name, "").strip()
    if text and text not in allowed:
        raise BadFilter(name, text, allowed)
    return text


def _next(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["after"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _shaped(request: HttpRequest, rows: list[Change]) -> list[dict]:
    """As they leave. Addresses are in the same mount of the API, in the language of its path."""
    match = request.resolver_match
    places = match.namespaces if match else ["lpsa_api"]
    with override(get_language_from_path(request.path_info) or get_language()):
        return [
            {
                "number": row.number,
                "type": row.noun,
                "kind": row.kind,
                "at": row.at,
                "id": row.object_id,
                "slug": row.slug,
                "address": _address(request, places, row),
            }
            for row in rows
        ]


def _address(request: HttpRequest, places: list[str], row) -> str | None:
    if row.slug_now is None:
        return None
    name, column = ADDRESSES[row.noun]
    address = reverse(":".join([*places, name]), args=[getattr(row, column)])
    return request.build_absolute_uri(address)
