"""Every cell of the table of rights, by doing the thing; and every address of ours is in it."""

import pytest
from django.db import transaction

from lpsa_wagtail.models import Decision
from lpsa_wagtail.permissions import token_of
from lpsa_wagtail.permissions.matrix import ADDRESSES, CONTENT, REST, ROLES, STATES
from tests import factories as make
from tests.permissions import acting
from tests.permissions.addresses import walk


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Made once for the module, and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield acting.build()
        transaction.set_rollback(True)


def done(site, row, role, page) -> bool:
    """True if this person can; what was done is taken back."""
    with transaction.atomic():
        could = getattr(acting, row.code)(acting.Doer(site, role), make.fresh(page))
        transaction.set_rollback(True)
    return could


@pytest.mark.parametrize("row", CONTENT, ids=lambda row: row.code)
def test_who_does_what_with_content_in_which_state(row, site):
    found = {
        state: {role for role in ROLES if done(site, row, role, page)}
        for state, page in site.pages.items()
    }

    assert found == row.who


@pytest.mark.parametrize("row", REST, ids=lambda row: row.code)
def test_who_does_what_else(row, site):
    page = site.pages["draft"]

    assert {role for role in ROLES if done(site, row, role, page)} == row.who[""]


def test_the_table_has_no_holes(site):
    assert {tuple(row.who) for row in CONTENT} == {tuple(STATES)} == {tuple(site.pages)}
    assert {tuple(row.who) for row in REST} == {("",)}
    assert set(site.people) == set(ROLES)
    named = {role for row in CONTENT + REST for who in row.who.values() for role in who}
    assert named <= set(ROLES)


def ours():
    """Our addresses, whatever the host put before them.

    Wagtail's own that we narrow are tested with Wagtail's others.
    """
    mine = [a for a in walk() if a.module.startswith("lpsa_wagtail") or "lpsa" in a.route]
    return [address for address in mine if not address.name.startswith("wagtailadmin_api:")]


def test_every_address_of_ours_is_declared():
    named = [address for address in ours() if not address.name.endswith(":") and address.name]
    unnamed = {address.route for address in ours() if address not in named}

    assert {address.name.removesuffix("_bare") for address in named} == set(ADDRESSES)
    assert unnamed == {"api/lpsa/v1/^$", "api/lpsa/v1/"}  # both say that there is nothing


def url_of(address, site, odd=None) -> str:
    """The address with what it names; ``odd`` stands in for every number and word."""
    url = "/" + address.route.replace("^", "").replace("$", "")
    things = {
        r"(?P<instance_pk>[-\w]+)": _record(address.name, site),
        r"(?P<pk>\d{1,18})": site.pages["changed"].pk,
        r"(?P<revision_id_a>live|earliest|\d{1,18})": "live",
        "<int:pk>": site.word.pk,
        "<int:group_id>": site.group.pk,
        "<int:proposal_id>": site.proposal.pk,
        "<int:page_id>": site.pages["changed"].pk,
        "<slug>": site.group.slug,
        "<path:slug>": site.word.slug,
        "<int:post_id>": site.pages["live"].pk,
        "<int:matter_id>": site.matter.pk,
        "<int:revision_id>": site.matter.task_state.revision_id,
        "<int:webinar_id>": site.webinar.pk,
        "<str:token>": _token(address.name, site),
    }
    for mark, value in things.items():
        url = url.replace(mark, str(value if odd is None else odd))
    assert not set("<(?[") & set(url), url
    return url


def _token(name, site) -> str:
    return token_of(site.invitation) if name.endswith("invitation") else site.link.token


def _record(name, site):
    if "_members_" in name:
        return site.member.pk
    if "_memberships_" in name:
        return site.membership.pk
    if "_mandates_" in name:
        return site.mandate.pk
    return Decision.objects.first().pk if "_decisions_" in name else site.delivery.pk


#: What an address asks for besides.
ASKED = {"lpsa_api:search": "?q=budget"}
OPENED = sorted({a for a in ours() if a.name in ADDRESSES}, key=lambda a: (a.name, a.route))


@pytest.mark.parametrize("address", OPENED, ids=lambda address: address.name)
def test_who_opens_which_address(address, site):
    url = url_of(address, site) + ASKED.get(address.name, "")

    with transaction.atomic():
        if address.name == "lpsa_pages:lift_restriction":
            site.pages["changed"].view_restrictions.create(restriction_type="login")
        found = {role for role in ROLES if acting.Doer(site, role).opens(url)}
        transaction.set_rollback(True)

    assert found == ADDRESSES[address.name]


ODD = ("abc", "0", "-1", "9" * 30, "%00", "1%00", "..", "%F0%9F%8C%8D")


@pytest.mark.parametrize("role", ["administrator", "leader"])
def test_odd_parameters_are_no_errors_of_ours(role, site):
    client = acting.Doer(site, role).client
    named = {address.route: address for address in ours() if address.parameters}
    urls = [url_of(address, site, odd) for address in named.values() for odd in ODD]
    plain = {address.route: url_of(address, site) for address in ours() if not address.parameters}
    keys = ("q", "p", "o", "id", "group", "standing", "interest", "kind", "state", "member")
    keys += ("on", "when", "role")
    asked = ["&".join(f"{key}={odd}" for key in keys) for odd in ODD[:5]]
    urls += [f"{url}?{query}" for url in plain.values() for query in asked]

    assert [url for url in urls if client.get(url).status_code >= 500] == []
