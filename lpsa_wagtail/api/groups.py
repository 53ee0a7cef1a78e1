"""Working groups."""

import datetime as dt
from collections import defaultdict

from django.http import Http404, HttpRequest
from ninja import Router

from lpsa_wagtail.api import parameters, schemas
from lpsa_wagtail.api.errors import missing
from lpsa_wagtail.api.lists import part_of_listing
from lpsa_wagtail.api.material import Material
from lpsa_wagtail.api.rich_text import HTML, asked_format
from lpsa_wagtail.api.routes import readable
from lpsa_wagtail.api.shapes import group_reference, interest_references
from lpsa_wagtail.api.sparse import Fields
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.models import Interest, Membership, WorkingGroupPage, public_records
from lpsa_wagtail.models.beside import GroupName
from lpsa_wagtail.models.cards import words_shown
from lpsa_wagtail.models.history import histories, state_on
from lpsa_wagtail.models.listings import GroupListing

router = Router(tags=["Groups"])

COLUMNS = (
    *("pk", "path", "slug", "title", "url_path", "translation_key", "locale__language_code"),
    *("first_published_at", "last_published_at", "designation", "designation_other", "focus"),
    *("purpose", "state", "established_on", "contact_email", "how_to_join"),
    *("lead_image_id", "lead_image_alt", "terms_of_reference_id"),
)
FIELDS = Fields(
    always=("id", "slug", "title", "url"),
    usual=(
        *("designation", "focus", "state", "established_on", "purpose", "language"),
        *("published_at", "updated_at", "interests", "lead_image", "contact_email", "how_to_join"),
    ),
    more=("terms_of_reference", "body", "roles", "partners", "decisions", "states"),
)


class AskedGroups(GroupListing):
    """With ``as_of``, a state is one of that day, which takes two queries more."""

    @property
    def key(self):
        return None if self.chosen["as_of"] else super().key

    def narrow(self, pages):
        state = self.chosen["state"] if self.chosen["as_of"] else None
        if state is None:
            return super().narrow(pages)
        columns = ("pk", "translation_key", "state", "established_on")
        rows = list(pages.order_by().values_list(*columns, named=True))
        then = histories(rows, self.today())
        day = self.chosen["as_of"]
        fitting = [pk for pk, states in then.items() if state_on(states, day) == state]
        self.chosen["state"] = None
        try:
            return super().narrow(pages.filter(pk__in=fitting))
        finally:
            self.chosen["state"] = state


@readable(
    router,
    "/",
    response=schemas.GroupList,
    orders=GroupListing.orders,
    parameters=(*GroupListing.filters, *parameters.LIST),
    operation_id="listGroups",
    summary="List groups",
    description="Active groups first, then forming, dormant and ended ones; by title.",
)
def list_groups(request: HttpRequest):
    parameters.check(request, *GroupListing.filters, *parameters.LIST)
    fields, form = FIELDS.asked(request), asked_format(request)
    visit = Visit(request)
    listing = AskedGroups(site=visit.site, params=request.GET)
    columns = (*COLUMNS, "body") if "body" in fields else COLUMNS
    part = part_of_listing(listing, request, columns)
    day = listing.chosen["as_of"]
    return {**tell(visit, part.rows, fields, form, listing.vocabulary, day), **part.envelope}


@readable(
    router,
    "/{slug}/",
    response=schemas.Group,
    parameters=("as_of", *parameters.ITEM),
    gone=True,
    operation_id="getGroup",
    summary="One group",
    description="A group with its text, its partners and the people who may be shown.",
)
def get_group(request: HttpRequest, slug: str):
    parameters.check(request, "as_of", *parameters.ITEM)
    form, visit = asked_format(request), Visit(request)
    day = GroupListing(site=visit.site, params={"as_of": request.GET.get("as_of", "")})
    groups = WorkingGroupPage.objects.public(visit.site).with_state()
    group = groups.row_named(slug, *COLUMNS, "body")
    if group is None:
        raise missing(WorkingGroupPage.objects.gone(visit.site).unrestricted().named(slug))
    return detail(visit, group, form, day.chosen["as_of"])


def detail(visit: Visit, group, form: str = HTML, day: dt.date | None = None) -> dict:
    """All of one group, a row or a ``Draft``; with ``day`` as it was then."""
    everything = frozenset((*FIELDS.always, *FIELDS.usual, *FIELDS.more))
    vocabulary = Interest.objects.words()
    [shape] = tell(visit, [group], everything, form, vocabulary, day)["results"]
    if day and shape["state"] is None:  # it was not established then
        raise Http404
    return shape


def tell(visit: Visit, groups: list, fields, form: str, vocabulary, day=None) -> dict:
    """The results of a list, with ``day`` as they were then. Queries only for what is asked."""
    bodies = [group.body for group in groups] if "body" in fields else []
    material = Material(visit, WorkingGroupPage, groups, vocabulary, bodies=bodies, form=form)
    roles = _roles(groups, day) if "roles" in fields else {}
    states = histories(groups, GroupListing.today()) if day or "states" in fields else {}
    decisions = _decisions(groups, day) if "decisions" in fields else {}
    results = []
    for group in groups:
        shape = _shape(visit, group, material, vocabulary)
        if day:
            shape["state"] = state_on(states[group.pk], day)
        if "terms_of_reference" in fields:
            shape["terms_of_reference"] = material.document(group.terms_of_reference_id)
        if "body" in fields:
            shape["body"] = material.blocks(group.body)
        if "roles" in fields:
            shape["roles"] = roles.get(group.translation_key, [])
        if "partners" in fields:
            shape["partners"] = _partners(group, material)
        if "decisions" in fields:
            shape["decisions"] = decisions[group.translation_key]
        if "states" in fields:
            shape["states"] = [
                {"state": one.state.value, "since": one.since}
                for one in states[group.pk]
                if day is None or one.since <= day
            ]
        results.append(FIELDS.of(shape, fields))
    return {"results": results}


def _shape(visit: Visit, group, material: Material, vocabulary) -> dict:
    words = words_shown(vocabulary, material.beside.words.get(group.pk, ()))
    return {
        **group_reference(visit, GroupName.of(group)),
        "focus": group.focus,
        "state": group.state,
        "established_on": group.established_on,
        "purpose": group.purpose,
        "language": group.locale__language_code,
        "published_at": group.first_published_at,
        "updated_at": group.last_published_at,
        "interests": interest_references(words),
        "lead_image": material.image(group.lead_image_id, group.lead_image_alt),
        "contact_email": group.contact_email or None,
        "how_to_join": group.how_to_join,
    }


def _partners(group, material: Material) -> list[dict]:
    return [
        {
            "name": row.first,
            "link": row.second or None,
            "logo": material.image(row.image_id, row.first),
        }
        for row in material.beside.rows_of("partners", group)
    ]


def _decisions(groups, day) -> dict:
    """Map translation key → the public decisions up to today, or up to that day. One query."""
    found = public_records({group.translation_key: group.established_on for group in groups})
    return {
        key: [
            {
                "date": decision.decided_on,
                "outcome": decision.outcome.value,
                "role": decision.role and decision.role.value,
                "effective_on": decision.effective_on,
            }
            for decision in decisions
            if day is None or decision.decided_on <= day
        ]
        for key, decisions in found.items()
    }


def _roles(groups, day) -> dict:
    """Map translation key → the roles that visitors may see, today or on that day. One query."""
    keys = [group.translation_key for group in groups]
    found = defaultdict(list)
    for membership in Membership.objects.in_groups(keys).on(day).shown():
        found[membership.group.translation_key].append(
            {
                "name": membership.member.name,
                "role": membership.role,
                "organisation": membership.shown_organisation,
            }
        )
    return found
