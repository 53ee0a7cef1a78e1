"""One page of a list, by number."""

from dataclasses import dataclass

from django.db.models import Count, Window
from django.http import HttpRequest

from lpsa_wagtail.api import parameters
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings import Listing


@dataclass(frozen=True)
class Part:
    """A page of results, and the addresses of its neighbours."""

    rows: list
    count: int
    number: int
    size: int
    request: HttpRequest

    @property
    def envelope(self) -> dict:
        """What every list says beside its results."""
        last = last_page(self.count, self.size)
        return {
            "count": self.count,
            "next": self._address(self.number + 1) if self.number < last else None,
            "previous": self._address(self.number - 1) if self.number > 1 else None,
        }

    def _address(self, number: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(number)
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def last_page(count: int, size: int) -> int:
    return max(1, -(-count // size))


def part_of_listing(listing: Listing, request: HttpRequest, found_nothing=None) -> Part:
    """Read the page of a listing that the request asks for, without its long texts.

    One query for rows and count together. When the page asked for is not there a second one, to
    say what is allowed (``BadFilter``). ``found_nothing`` is called before an empty list is told.
    """
    size, number = parameters.page_size(request), parameters.page_number(request)
    rows = []
    if number:
        counted = listing.queryset.annotate(results_in_all=Window(Count("pk")))
        start = (number - 1) * size
        rows = list(counted.select_related(None).defer_streamfields()[start : start + size])
    if rows:
        count = rows[0].results_in_all
    else:
        count = 0 if number == 1 else listing.queryset.count()
        if not count and found_nothing:
            found_nothing()
        check_number(request, number, count, size)
    return Part(rows, count, number, size, request)


def part_of_items(items: list, request: HttpRequest) -> Part:
    """The same for a list that is in memory."""
    size, number = parameters.page_size(request), parameters.page_number(request)
    check_number(request, number, len(items), size)
    start = (number - 1) * size
    return Part(items[start : start + size], len(items), number, size, request)


def check_number(request: HttpRequest, number: int, count: int, size: int) -> None:
    """Refuse (``BadFilter``) a page that is not there."""
    last = last_page(count, size)
    if not 1 <= number <= last:
        allowed = ["1"] if last == 1 else [f"1 – {last}"]
        raise BadFilter("page", request.GET.get("page", "").strip(), allowed)
