"""Webinars and open meetings."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.rich_text import HTML, asked_format
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import hosts_of, interest_references
from lpsa_wagtail.api.sparse import Fields
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import ContributorRole
from lpsa_wagtail.models import Interest, Webinar
from lpsa_wagtail.models.cards import words_shown
from lpsa_wagtail.models.listings import WebinarListing
from lpsa_wagtail.models.webinars import language_list, local_times, phase_of

router = Router(tags=["Webinars"])

COLUMNS = (
    *("pk", "path", "slug", "title", "url_path", "locale__language_code"),
    *("first_published_at", "last_published_at", "format", "series", "summary", "status"),
    *("starts_at", "ends_at", "time_zone", "mode", "venue", "languages", "registration_url"),
    *("recording_url", "attendance", "slides_id", "agenda", "lead_image_id", "lead_image_alt"),
)
FIELDS = Fields(
    always=("id", "slug", "title", "url"),
    usual=(
        *("format", "series", "summary", "status", "phase", "starts_at", "ends_at", "time_zone"),
        *("local_times", "mode", "venue", "languages", "registration_url", "recording_url"),
        *("slides", "attendance", "agenda", "group", "joint_groups", "co_hosts", "interests"),
        *("lead_image", "language", "published_at", "updated_at"),
    ),
    more=("body",),
)


class AskedWebinars(WebinarListing):
    """Asks whether a series exists only where nothing was found: one query less."""

    def clean_series(self, text):
        return text

    def check_series(self) -> None:
        """Raise ``BadFilter`` if there is no series of the name asked for. One query."""
        if series := self.chosen["series"]:
            super().clean_series(series)


@readable(
    router,
    "/",
    response=schemas.WebinarList,
    orders=WebinarListing.orders,
    parameters=(*WebinarListing.filters, *parameters.LIST),
    timed=True,
    operation_id="listWebinars",
    summary="List webinars",
    description="Latest first; with when=upcoming the next one first.",
)
def list_webinars(request: HttpRequest):
    parameters.check(request, *WebinarListing.filters, *parameters.LIST)
    fields, form = FIELDS.asked(request), asked_format(request)
    visit = Visit(request)
    listing = AskedWebinars(site=visit.site, params=request.GET)
    columns = (*COLUMNS, "body") if "body" in fields else COLUMNS
    part = part_of_listing(listing, request, columns, listing.check_series)
    return {**tell(visit, part.rows, fields, form, listing.vocabulary), **part.envelope}


@readable(
    router,
    "/{int:webinar_id}/",
    response=schemas.Webinar,
    parameters=parameters.ITEM,
    gone=True,
    timed=True,
    operation_id="getWebinar",
    summary="One webinar",
    description="A webinar with its agenda, its text and the start in each of its cities.",
)
def get_webinar(request: HttpRequest, webinar_id: int):
    parameters.check(request, *parameters.ITEM)
    form, visit = asked_format(request), Visit(request)
    webinar = Webinar.objects.public(visit.site).row(webinar_id, *COLUMNS, "body")
    if webinar is None:
        raise missing(Webinar.objects.gone(visit.site).unrestricted().with_id(webinar_id))
    return detail(visit, webinar, form)


def detail(visit: Visit, webinar, form: str = HTML) -> dict:
    """All of one webinar: a row, or a ``Draft``."""
    vocabulary = Interest.objects.words()
    material = Material(visit, Webinar, [webinar], vocabulary, bodies=[webinar.body], form=form)
    body = {"body": material.blocks(webinar.body)}
    return _shape(visit, webinar, material, vocabulary) | body


def tell(visit: Visit, webinars: list, fields, form: str, vocabulary) -> dict:
    """The results of a list."""
    bodies = [webinar.body for webinar in webinars] if "body" in fields else []
    material = Material(visit, Webinar, webinars, vocabulary, bodies=bodies, form=form)
    results = []
    for webinar in webinars:
        shape = _shape(visit, webinar, material, vocabulary)
        if "body" in fields:
            shape["body"] = material.blocks(webinar.body)
        results.append(FIELDS.of(shape, fields))
    return {"results": results}


def _shape(visit: Visit, webinar, material: Material, vocabulary) -> dict:
    beside = material.beside
    words = words_shown(vocabulary, beside.words.get(webinar.pk, ()))
    return {
        "id": webinar.pk,
        "slug": webinar.slug,
        "title": webinar.title,
        "url": visit.address_of(webinar.url_path),
        "format": webinar.format,
        "series": webinar.series,
        "summary": webinar.summary,
        "status": webinar.status,
        "phase": phase_of(webinar.starts_at, webinar.ends_at, timezone.now()),
        "starts_at": _in_utc(webinar.starts_at),
        "ends_at": _in_utc(webinar.ends_at),
        "time_zone": webinar.time_zone,
        "local_times": _local_times(webinar, beside),
        "mode": webinar.mode,
        "venue": webinar.venue,
        "languages": language_list(webinar.languages),
        "registration_url": webinar.registration_url or None,
        "recording_url": webinar.recording_url or None,
        "slides": material.document(webinar.slides_id),
        "attendance": webinar.attendance,
        "agenda": [_agenda_row(block["value"]) for block in webinar.agenda.raw_data],
        **hosts_of(visit, beside, webinar),
        "co_hosts": [
            {"name": row.first, "link": row.second or None}
            for row in beside.rows_of("co_hosts", webinar)
        ],
        "interests": interest_references(words),
        "lead_image": material.image(webinar.lead_image_id, webinar.lead_image_alt),
        "language": webinar.locale__language_code,
        "published_at": webinar.first_published_at,
        "updated_at": webinar.last_published_at,
    }


def _in_utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and moment.astimezone(dt.UTC)


def _local_times(webinar, beside) -> list[dict]:
    zones = [webinar.time_zone, *(row.first for row in beside.rows_of("cities", webinar))]
    return [
        {"city": city, "time_zone": zone, "starts_at": moment.isoformat()}
        for city, zone, moment in local_times(webinar.starts_at, zones)
    ]


def _agenda_row(value: dict) -> dict:
    return {
        "title": value.get("title") or "",
        "contributors": [_contributor(item) for item in value.get("contributors") or []],
        "recording_url": value.get("recording_url") or None,
    }


def _contributor(item: dict) -> dict:
    person = item.get("value", item)  # a list block keeps its items bare or with an id
    return {
        "name": person.get("name") or "",
        "affiliation": person.get("affiliation") or "",
        "role": ContributorRole(person.get("role") or ContributorRole.SPEAKER).value,
    }
