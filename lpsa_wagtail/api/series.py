"""Series: labels that several events share."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.lists import part_of_items
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import Webinar

router = Router(tags=["Webinars"])


@readable(
    router,
    "/",
    response=schemas.SeriesList,
    parameters=parameters.PAGING,
    timed=True,
    operation_id="listSeries",
    summary="List series",
    description="By name. A list of webinars can be narrowed by the name.",
)
def list_series(request: HttpRequest):
    parameters.check(request, *parameters.PAGING)
    found = Webinar.objects.public(Visit(request).site).series_told()
    part = part_of_items(found, request)
    return {"results": part.rows, **part.envelope}
