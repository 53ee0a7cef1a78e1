"""No way leads anything undecided before the public, whoever tries; on another page each would."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import TestCase
from wagtail.models import Page

from lpsa_wagtail.compat import WAGTAIL_8
from lpsa_wagtail.models import GovernedPage
from tests.doors import looking
from tests.doors.places import CANARY, UNDECIDED
from tests.doors.ways import ADMIN, API, CODE, load
from tests.doors.ways.editor import TYPED

pytestmark = pytest.mark.urls("tests.api.urls_of_wagtail")

WAYS = {name: one for name, one in load().items() if WAGTAIL_8 or one.by != API}
ACTORS = (
    *("co-chair", "co-chair until yesterday", "co-chair of another group", "Board member"),
    *("Board Chair", "secretary", "superuser", "nobody"),
)
#: Whom Wagtail's own API tells apart by more than the pages they may change.
WITH_TOKEN = ("co-chair", "co-chair until yesterday", "secretary", "superuser")
TRYING = {ADMIN: ACTORS, API: WITH_TOKEN, CODE: (None,)}


def tried():
    """Each way by everybody on one page type, and by a superuser on another one.

    Code, which knows nobody, on all page types.
    """
    for number, (name, one) in enumerate(WAYS.items()):
        first, *others = one.governed
        if one.by != CODE and others:
            others = [others[number % len(others)]]
        for kind in (first, *others):
            alone = (None,) if one.by == CODE else ("superuser",)
            for actor in TRYING[one.by] if kind == first else alone:
                yield pytest.param(
                    name, kind, actor, id="-".join(filter(None, (name, kind, actor)))
                )


def in_turn():
    """Each way on one page type, another one each time."""
    for number, (name, one) in enumerate(WAYS.items()):
        yield name, one.governed[number % len(one.governed)]


def go(door, one):
    """Try the way. A refusal is what we want; any other error is one.

    What was written before the refusal stays, as it would without a transaction around all, except
    where Django undoes it itself.
    """
    response, executed = None, TestCase.captureOnCommitCallbacks(execute=True)
    with executed, transaction.atomic(), suppress(PermissionDenied):
        response = one.tries(door)
    return response


@pytest.mark.parametrize(("name", "kind", "actor"), list(tried()))
def test_nothing_undecided_is_seen(door, settings, name, kind, actor):
    one = WAYS[name]
    settings.WAGTAIL_I18N_ENABLED = one.languages
    here = door(kind, one.on, actor)
    before = looking.what_is_live(here.kind.model)

    response = go(here, one)

    assert looking.newly_seen(before, looking.what_is_live(here.kind.model)) == []
    assert looking.seen_by_anybody(here) == []
    assert response is None or response.status_code < 500
    if one.on in UNDECIDED:
        assert CANARY in here.revision.content["title"]
    if here.typed:
        assert TYPED in titles(here) or TYPED in response.content.decode()


def titles(door) -> set[str]:
    """What all newest versions of pages of this type are called."""
    pages = door.kind.model.objects.select_related("latest_revision")
    return {page.latest_revision.content["title"] for page in pages if page.latest_revision}


@pytest.mark.parametrize("name", WAYS)
def test_the_same_way_works_on_another_page(door, settings, name):
    one = WAYS[name]
    settings.WAGTAIL_I18N_ENABLED = one.languages
    here = door("house", one.on, None if one.by == CODE else "publisher")
    before = looking.what_is_live(here.kind.model)

    with TestCase.captureOnCommitCallbacks(execute=True):
        one.tries(here)

    assert looking.newly_seen(before, looking.what_is_live(here.kind.model)) != []


@pytest.mark.parametrize(("name", "kind"), list(in_turn()))
def test_the_receiver_holds_alone(door, settings, monkeypatch, name, kind):
    one = WAYS[name]
    settings.WAGTAIL_I18N_ENABLED = one.languages
    for method in ("publish", "permissions_for_user"):
        monkeypatch.setattr(GovernedPage, method, getattr(Page, method))
    here = door(kind, one.on, None if one.by == CODE else "publisher")
    before = looking.what_is_live(here.kind.model)

    go(here, one)

    assert looking.newly_seen(before, looking.what_is_live(here.kind.model)) == []
