"""One page of a list: by cursor, or by number where a program asks for it."""

from collections import namedtuple
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Window
from django.http import HttpRequest
from wagtail.models import Page

from lpsa_wagtail import conf
from lpsa_wagtail.api import cursors, parameters
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings import Listing
from lpsa_wagtail.models.prepared import Prepared

STATEMENTS = Prepared(Page)


@cache
def named_row(*columns: str):
    return namedtuple("Row", columns)


@dataclass(frozen=True)
class Part:
    """A page of results, and what an answer says around them."""

    rows: list
    envelope: dict


def part_of_listing(listing: Listing, request: HttpRequest, columns, found_nothing=None) -> Part:
    """Read the page of a listing that the request asks for, as rows with these columns.

    One query. By number, rows and count come together, and a page that is not there takes a
    second query, to say what is allowed (``BadFilter``). ``found_nothing`` is called first where
    there are no rows.
    """
    keys = listing.order
    columns = list(dict.fromkeys([*columns, *(key.removeprefix("-") for key in keys)]))
    if request.GET.get("page", "").strip():
        return _by_number(listing, request, columns, found_nothing)
    found = _by_cursor(listing, request, columns, keys)
    if not found.rows and found_nothing:
        found_nothing()
    return found


def _by_cursor(listing, request, columns, keys) -> Part:
    size, text = parameters.page_size(request), request.GET.get("cursor", "").strip()
    values = cursors.values_in(keys, text, listing.may_be_empty) if text else []

    def build(*values):
        queryset = listing.queryset
        if values:
            behind = cursors.condition(keys, values, listing.may_be_empty)
            queryset = queryset.filter(behind)
        return queryset.select_related(None).values_list(*columns)[: size + 1]

    if listing.key is None or None in values:
        found = list(build(*values))
    else:
        key = (*listing.key, size, *columns)
        found = STATEMENTS.rows(key, build, *values)
    row_type = named_row(*columns)
    rows = [row_type(*row) for row in found]
    following = None
    if len(rows) > size:
        rows = rows[:size]
        following = address_with(request, cursor=cursors.after(keys, rows[-1]))
    return Part(rows, {"next": following, "previous": None, "count": None})


def _by_number(listing, request, columns, found_nothing) -> Part:
    size, number = parameters.page_size(request), parameters.page_number(request)
    if request.GET.get("cursor", "").strip():
        raise BadFilter("cursor", request.GET["cursor"], ["either page or cursor"])
    rows = []
    if 1 <= number <= most_pages(size):
        counted = listing.queryset.annotate(results_in_all=Window(Count("pk")))
        start = (number - 1) * size
        rows = list(_rows(counted, [*columns, "results_in_all"])[start : start + size])
    count = rows[0].results_in_all if rows else 0
    if not rows and found_nothing:
        found_nothing()
    if not rows and number != 1:
        count = listing.queryset.count()
    return Part(rows, numbered(request, number, count, size))


def _rows(queryset, columns):
    return queryset.select_related(None).values_list(*columns, named=True)


def part_of_items(items: list, request: HttpRequest) -> Part:
    """The same for a list that is in memory, by number only."""
    size, number = parameters.page_size(request), parameters.page_number(request)
    envelope = numbered(request, number, len(items), size)
    start = (number - 1) * size
    return Part(items[start : start + size], envelope)


def most_pages(size: int) -> int:
    """How many pages can be asked for by number; further ones only by cursor."""
    return max(1, conf.get("LPSA_API_MAX_NUMBERED") // size)


def numbered(request: HttpRequest, number: int, count: int, size: int) -> dict:
    """What stands around page ``number``; refuses (``BadFilter``) one that is not there."""
    last = max(1, min(-(-count // size), most_pages(size)))
    if not 1 <= number <= last:
        allowed = ["1"] if last == 1 else [f"1 – {last}"]
        raise BadFilter("page", request.GET.get("page", "").strip(), allowed)
    return {
        "next": address_with(request, page=number + 1) if number < last else None,
        "previous": address_with(request, page=number - 1) if number > 1 else None,
        "count": count,
    }


def address_with(request: HttpRequest, **changes) -> str:
    """The address that was asked, with some parameters changed."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
