"""What no model code sees: undecided pages are shown nowhere, changed content is named."""

import pytest
from django.test import Client
from wagtail.models import Page

from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make
from tests.doors.places import CANARY, GOVERNED, LIVE, NEW, WAITING
from tests.management.test_lpsa_doctor import run

INDEXES = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)
API = [f"/api/lpsa/v1/{name}/" for name in ("groups", "posts", "webinars", "interests")]


def surfaces(here):
    """Every address of ours where a page of any kind could show."""
    pages = [make.index_page(model).get_url() for model in INDEXES if model.objects.count() == 1]
    pages += ["/working-groups/", here.place.get_url(), here.elsewhere.get_url()]
    words = [f"{url}?interest=kenya" for url in pages] + [f"{url}?q={CANARY}" for url in API]
    one = {"post": "posts", "webinar": "webinars", "group": "groups"}[here.name]
    key = here.page.slug if here.name == "group" else here.page.pk
    return [here.page.get_url(), *pages, *words, *API, f"/api/lpsa/v1/{one}/{key}/"]


@pytest.mark.parametrize("state", [NEW, WAITING])
@pytest.mark.parametrize("kind", GOVERNED)
def test_an_undecided_page_made_live_by_a_query_is_nowhere(door, kind, state):
    here = door(kind, state)
    Page.objects.filter(pk=here.page.pk).update(live=True)
    visitor = Client()

    answers = {url: visitor.get(url) for url in surfaces(here)}

    assert answers[here.page.get_url()].status_code == 404
    assert [url for url, answer in answers.items() if CANARY in answer.content.decode()] == []
    assert f"“A {CANARY}” ({here.page.pk}) is live, but nobody decided" in run()[1]


CHANGES = {
    "its title": lambda here: Page.objects.filter(pk=here.page.pk).update(title="By hand"),
    "its own column": lambda here: here.kind.model.objects.filter(pk=here.page.pk).update(
        **{here.kind.text: "By hand"}
    ),
    "its address": lambda here: Page.objects.filter(pk=here.page.pk).update(slug="by-hand"),
    "a row": lambda here: here.kind.part.objects.filter(page=here.page).update(name="By hand"),
    "a new row": lambda here: here.kind.part.objects.bulk_create(
        [here.kind.part(page=here.page, name="By hand")]
    ),
    "rows changed in bulk": lambda here: here.kind.part.objects.bulk_update(
        [with_name(here.part)], ["name"]
    ),
    "its picture": lambda here: here.kind.model.objects.filter(pk=here.page.pk).update(
        lead_image=here.world.images[here.name][1]
    ),
    "the file of its picture": lambda here: (
        type(here.page.lead_image)
        .objects.filter(pk=here.world.images[here.name][0])
        .update(file_hash="0" * 40)
    ),
}


def with_name(part):
    part.name = "By hand"
    return part


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", GOVERNED)
def test_what_was_changed_by_a_query_is_named_by_the_doctor(door, kind, change):
    here = door(kind, LIVE)
    before = [line for line in run()[1].splitlines() if "E103" in line]

    CHANGES[change](here)

    told = [line for line in run()[1].splitlines() if "E103" in line]
    expected = f"“{here.page}” ({here.page.pk}) is live, but nobody decided on what it says now."
    assert before == []
    assert f"error lpsa.E103: {expected}" in told
