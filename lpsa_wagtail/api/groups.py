"""Working groups."""

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_names, interest_references
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import Interest, Membership, WorkingGroupPage, public_record
from lpsa_wagtail.models.cards import attach_interests
from lpsa_wagtail.models.listings import GroupListing

router = Router(tags=["Groups"])


@readable(
    router,
    "/",
    response=schemas.GroupList,
    parameters=(*GroupListing.filters, *parameters.PAGING),
    operation_id="listGroups",
    summary="List groups",
    description="Active groups first, then forming, dormant and ended ones; by title.",
)
def list_groups(request: HttpRequest):
    parameters.check(request, *GroupListing.filters, *parameters.PAGING)
    visit = Visit(request)
    listing = GroupListing(site=visit.site, params=request.GET)
    part = part_of_listing(listing, request)
    attach_interests(part.rows, listing.vocabulary)
    results = [schemas.GroupSummary(**_summary(visit, group)) for group in part.rows]
    return schemas.GroupList(results=results, **part.envelope)


@readable(
    router,
    "/{slug}/",
    response=schemas.Group,
    gone=True,
    operation_id="getGroup",
    summary="One group",
    description="A group with its text, its partners and the people who may be shown.",
)
def get_group(request: HttpRequest, slug: str):
    parameters.check(request)
    visit = Visit(request)
    group = WorkingGroupPage.objects.public(visit.site).with_state().named(slug)
    if group is None:
        raise missing(WorkingGroupPage.objects.gone(visit.site).unrestricted().named(slug))
    group.interests_shown = Interest.objects.worn_by(group)
    return detail(visit, group)


def detail(visit: Visit, group: WorkingGroupPage) -> schemas.Group:
    """All of a group, stored or not. Its state, its first day and its interests have been read."""
    partners = list(group.partners.all())
    material = Material(
        visit,
        bodies=[group.body],
        images=[group.lead_image_id, *(partner.logo_id for partner in partners)],
        documents=[group.terms_of_reference_id],
    )
    return schemas.Group(
        **_summary(visit, group),
        lead_image=material.image(group.lead_image_id, group.lead_image_alt),
        body=material.blocks(group.body),
        roles=_roles(group),
        partners=[
            schemas.Partner(
                name=partner.name,
                link=partner.link or None,
                logo=material.image(partner.logo_id, partner.name),
            )
            for partner in partners
        ],
        contact_email=group.contact_email or None,
        how_to_join=group.how_to_join,
        terms_of_reference=material.document(group.terms_of_reference_id),
        decisions=_decisions(group),
    )


def _summary(visit: Visit, group: WorkingGroupPage) -> dict:
    return {
        **group_names(group),
        "focus": group.focus,
        "state": group.state,
        "established_on": group.established_on,
        "purpose": group.purpose,
        "interests": interest_references(group.interests_shown),
        "url": visit.address(group),
    }


def _decisions(group: WorkingGroupPage) -> list[schemas.GroupDecision]:
    return [
        schemas.GroupDecision(
            date=decision.decided_on,
            outcome=decision.outcome,
            role=decision.role,
            effective_on=decision.effective_on,
        )
        for decision in public_record(group, group.established_on)
    ]


def _roles(group: WorkingGroupPage) -> list[schemas.RoleHolder]:
    return [
        schemas.RoleHolder(
            name=membership.member.name,
            role=membership.role,
            organisation=membership.shown_organisation,
        )
        for membership in Membership.objects.in_group(group).on().shown()
    ]
