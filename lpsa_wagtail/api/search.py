"""Search over groups, posts and webinars."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import groups, parameters, posts, schemas, webinars
from lpsa_wagtail.api.lists import numbered
from lpsa_wagtail.api.rich_text import HTML
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings import SEARCHED, types_asked

router = Router(tags=["Search"])

#: How the API tells of each type that is searched.
NOUNS = {"group": groups, "post": posts, "webinar": webinars}
FILTERS = ("q", "type", "topic", "region", "sector", "exact", "country", "language")


@readable(
    router,
    "/",
    response=schemas.SearchResults,
    parameters=(*FILTERS, *parameters.PAGING),
    required=("q",),
    timed=True,
    operation_id="search",
    summary="Search",
    description="Groups first, then posts and webinars, each in the order of its list.",
)
def search(request: HttpRequest):
    parameters.check(request, *FILTERS, *parameters.PAGING)
    types = types_asked(request.GET.get("type", ""))
    if not request.GET.get("q", "").strip():
        raise BadFilter("q", "", ["words to search for"])
    visit = Visit(request)
    size, number = parameters.page_size(request), parameters.page_number(request)
    params = {name: request.GET.get(name, "") for name in FILTERS if name != "type"}
    listings = {name: SEARCHED[name](site=visit.site, params=params) for name in types}
    counts = {name: listing.queryset.order_by().count() for name, listing in listings.items()}
    envelope = numbered(request, number, sum(counts.values()), size)
    start = (number - 1) * size
    results = []
    for name, listing in listings.items():
        first, last = max(start, 0), start + size
        if last > 0 and first < counts[name]:
            results += _told(visit, name, listing, first, last)
        start -= counts[name]
    return {"results": results, **envelope}


def _told(visit, name, listing, first, last) -> list[dict]:
    noun = NOUNS[name]
    keys = [key.removeprefix("-") for key in listing.order]
    columns = dict.fromkeys([*noun.COLUMNS, *keys])
    rows = listing.queryset.select_related(None).values_list(*columns, named=True)[first:last]
    usual = frozenset((*noun.FIELDS.always, *noun.FIELDS.usual))
    told = noun.tell(visit, list(rows), usual, HTML, listing.vocabulary)
    return [{"type": name, **shape} for shape in told["results"]]
