"""Webinars and open meetings."""

import datetime as dt

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_reference, group_references, interest_references
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import ContributorRole
from lpsa_wagtail.models import Interest, Webinar, WorkingGroupPage
from lpsa_wagtail.models.cards import attach_groups, attach_interests
from lpsa_wagtail.models.listings import WebinarListing

router = Router(tags=["Webinars"])


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
    parameters=(*WebinarListing.filters, *parameters.PAGING),
    timed=True,
    operation_id="listWebinars",
    summary="List webinars",
    description="Latest first; with when=upcoming the next one first.",
)
def list_webinars(request: HttpRequest):
    parameters.check(request, *WebinarListing.filters, *parameters.PAGING)
    visit = Visit(request)
    listing = AskedWebinars(site=visit.site, params=request.GET)
    part = part_of_listing(listing, request, listing.check_series)
    attach_groups(part.rows, listing.groups)
    attach_interests(part.rows, listing.vocabulary)
    results = [schemas.WebinarSummary(**_summary(visit, webinar)) for webinar in part.rows]
    return schemas.WebinarList(results=results, **part.envelope)


@readable(
    router,
    "/{int:webinar_id}/",
    response=schemas.Webinar,
    gone=True,
    timed=True,
    operation_id="getWebinar",
    summary="One webinar",
    description="A webinar with its agenda, its text and the start in each of its cities.",
)
def get_webinar(request: HttpRequest, webinar_id: int):
    parameters.check(request)
    visit = Visit(request)
    webinar = Webinar.objects.public(visit.site).with_id(webinar_id)
    if webinar is None:
        raise missing(Webinar.objects.gone(visit.site).unrestricted().with_id(webinar_id))
    webinar.interests_shown = Interest.objects.worn_by(webinar)
    webinar.group, joint_groups = WorkingGroupPage.objects.public(visit.site).named_on(webinar)
    material = Material(
        visit,
        bodies=[webinar.body],
        images=[webinar.lead_image_id],
        documents=[webinar.slides_id],
    )
    return schemas.Webinar(
        **_summary(visit, webinar),
        joint_groups=group_references(joint_groups),
        co_hosts=[
            schemas.CoHost(name=host.name, link=host.link or None)
            for host in webinar.co_hosts.all()
        ],
        local_times=[
            schemas.LocalTime(city=city, time_zone=str(moment.tzinfo), starts_at=moment)
            for city, moment in webinar.city_times
        ],
        lead_image=material.image(webinar.lead_image_id, webinar.lead_image_alt),
        agenda=[_agenda_row(block["value"]) for block in webinar.agenda.raw_data],
        body=material.blocks(webinar.body),
        slides=material.document(webinar.slides_id),
    )


def _summary(visit: Visit, webinar: Webinar) -> dict:
    return {
        "id": webinar.pk,
        "title": webinar.title,
        "format": webinar.format,
        "series": webinar.series,
        "summary": webinar.summary,
        "status": webinar.status,
        "starts_at": webinar.starts_at and webinar.starts_at.astimezone(dt.UTC),
        "ends_at": webinar.ends_at and webinar.ends_at.astimezone(dt.UTC),
        "time_zone": webinar.time_zone,
        "mode": webinar.mode,
        "venue": webinar.venue,
        "languages": webinar.language_list,
        "registration_url": webinar.registration_url or None,
        "recording_url": webinar.recording_url or None,
        "attendance": webinar.attendance,
        "group": group_reference(webinar.group),
        "interests": interest_references(webinar.interests_shown),
        "url": visit.address(webinar),
    }


def _agenda_row(value: dict) -> schemas.AgendaRow:
    return schemas.AgendaRow(
        title=value.get("title") or "",
        contributors=[_contributor(item) for item in value.get("contributors") or []],
        recording_url=value.get("recording_url") or None,
    )


def _contributor(item: dict) -> schemas.Contributor:
    person = item.get("value", item)  # a list block keeps its items bare or with an id
    return schemas.Contributor(
        name=person.get("name") or "",
        affiliation=person.get("affiliation") or "",
        role=ContributorRole(person.get("role") or ContributorRole.SPEAKER),
    )
