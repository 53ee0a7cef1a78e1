"""People who chose to be public, and those who lead groups."""

from collections import defaultdict

from django.http import HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_reference
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import Membership
from lpsa_wagtail.models.beside import GroupName
from lpsa_wagtail.models.listings import PeopleListing

router = Router(tags=["People"])

PAGING = ("cursor", *parameters.PAGING)
COLUMNS = (
    *("pk", "name", "affiliation", "country", "expertise"),
    *("in_directory", "show_affiliation", "show_country", "show_expertise"),
)


@readable(
    router,
    "/",
    response=schemas.PeopleList,
    orders=PeopleListing.orders,
    parameters=(*PeopleListing.filters, *PAGING),
    operation_id="listPeople",
    summary="List people",
    description="By name: who is listed in the directory, and who leads a group.",
)
def list_people(request: HttpRequest):
    parameters.check(request, *PeopleListing.filters, *PAGING)
    visit = Visit(request)
    listing = PeopleListing(site=visit.site, params=request.GET)
    part = part_of_listing(listing, request, COLUMNS)
    roles = _roles(visit, listing, part.rows)
    return {"results": [_shape(row, roles[row.pk]) for row in part.rows], **part.envelope}


def _shape(person, roles) -> dict:
    """By allow-list: what the person ticked, and nothing of those who are not in the directory."""
    listed = person.in_directory
    return {
        "name": person.name,
        "affiliation": person.affiliation if listed and person.show_affiliation else "",
        "country_code": (person.country if listed and person.show_country else "") or None,
        "expertise": person.expertise if listed and person.show_expertise else "",
        "roles": roles,
    }


def _roles(visit, listing, people) -> dict:
    """Map member id → the roles that visitors may see, in public groups. One query."""
    groups = {group.translation_key: group for group in listing.groups.values()}
    rows = Membership.objects.in_groups(groups).on().shown()
    found = defaultdict(list)
    for membership in rows.filter(member__in=[person.pk for person in people]):
        group = groups[membership.group.translation_key]
        found[membership.member_id].append(
            {
                "group": group_reference(visit, GroupName.of(group)),
                "role": membership.role,
                "organisation": membership.shown_organisation,
            }
        )
    return found
