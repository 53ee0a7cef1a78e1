"""How long an approval lasts: until the page is taken down, changed or approved anew."""

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import Decision
from tests.doors import looking
from tests.doors.places import CANARY, CHANGED, DOWN, GOVERNED, LIVE, NEW, at_once
from tests.doors.ways.schedules import HOUR, plant, run_scheduler, run_scheduler_at
from tests.management.test_lpsa_doctor import run

pytestmark = pytest.mark.parametrize("kind", GOVERNED)
SCHEDULED = "wagtail.publish.scheduled"


@pytest.fixture
def published():
    """Pages that Wagtail said were published, in order."""
    found = []

    def note(instance, **kwargs):
        found.append(instance.pk)

    page_published.connect(note)
    yield found
    page_published.disconnect(note)


def approve(page, **fields):
    """Change the page, and let it be approved like that."""
    at_once(page, **fields).save_revision()
    return actions.install_page(actor=None, page=page)


def of_page(page, action):
    return PageLogEntry.objects.filter(page=page.pk, action=action)


# Taking down ends it.


def test_taking_down_ends_every_earlier_approval(door, kind):
    here = door(kind, LIVE)
    first = here.revision
    approve(here.page, title="Second")
    second = here.revision
    here.page.unpublish()

    for revision in (first, second):
        with pytest.raises(NotDecided):
            revision.publish()
        plant(revision)
        run_scheduler()

    assert (here.page.live, of_page(here.page, "wagtail.schedule.cancel").count()) == (False, 2)


@pytest.mark.parametrize("how", ["by the scheduler", "with the page above"])
def test_however_it_is_taken_down(door, kind, how):
    here = door(kind, LIVE)
    if how == "by the scheduler":
        Page.objects.filter(pk=here.page.pk).update(expire_at=timezone.now() - HOUR)
        run_scheduler()
    else:
        root = door(kind, LIVE, "superuser").actor
        above = Page.objects.get(pk=here.place.pk).specific
        action = UnpublishPageAction(above, user=root, include_descendants=True)
        action.execute(skip_permission_checks=True)

    assert here.page.live is False
    assert Decision.objects.filter(page_id=here.page.pk).first().outcome == Outcome.WITHDRAWN
    with pytest.raises(NotDecided):
        here.revision.publish()


def test_what_was_taken_down_comes_back_with_a_new_approval(door, kind):
    here = door(kind, DOWN)

    actions.install_page(actor=None, page=here.page)

    assert here.page.live is True


# A newer approval ends the one before.


def test_an_older_approved_version_does_not_come_back(door, kind):
    here = door(kind, LIVE)
    first = here.revision
    approve(here.page, title="Second")

    with pytest.raises(NotDecided):
        first.publish()
    plant(first)
    run_scheduler()

    assert (here.page.live, here.page.title) == (True, "Second")
    assert here.page.revisions.exclude(approved_go_live_at=None).count() == 0


# Dates.


@pytest.fixture
def dated(door, kind):
    """A draft that was approved with a date tomorrow."""
    here = door(kind, NEW)
    approve(here.page, title="As approved", go_live_at=timezone.now() + 24 * HOUR)
    return here


def test_dated_content_goes_live_on_its_date_and_not_before(dated, published):
    run_scheduler()
    before = dated.page.live

    run_scheduler_at(timezone.now() + 25 * HOUR)

    assert (before, dated.page.live, dated.page.title) == (False, True, "As approved")
    assert published.count(dated.page.pk) == 1


def test_what_was_edited_after_its_approval_does_not_go_out(dated):
    at_once(dated.page, title=f"A {CANARY}").save_revision()

    run_scheduler_at(timezone.now() + 25 * HOUR)

    assert (dated.page.live, dated.page.title) == (True, "As approved")
    assert dated.revision.content["title"] == f"A {CANARY}"


def test_an_approved_version_that_was_written_over_is_unscheduled(dated):
    revision = dated.page.scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(
        content={**revision.content, "title": f"A {CANARY}"}
    )

    run_scheduler_at(timezone.now() + 25 * HOUR)

    assert dated.page.live is False
    assert dated.page.scheduled_revision is None
    assert of_page(dated.page, "wagtail.schedule.cancel").count() == 1


def test_an_approved_version_does_not_go_out_at_another_date(dated):
    plant(dated.page.scheduled_revision)
    Revision.objects.filter(object_id=str(dated.page.pk)).update(
        content={**dated.revision.content, "go_live_at": None}
    )

    run_scheduler()

    assert dated.page.live is False


@pytest.mark.parametrize("first", ["ours", "the host's"])
def test_a_refused_item_is_unscheduled_and_the_hosts_go_live_in_the_same_run(door, kind, first):
    ours, hosts = door(kind, CHANGED), door("house", NEW)
    plant(ours.revision)
    plant(hosts.revision)
    early = ours if first == "ours" else hosts
    Revision.objects.filter(pk=early.revision.pk).update(
        approved_go_live_at=timezone.now() - 2 * HOUR
    )
    before = looking.what_is_live(ours.kind.model)

    run_scheduler()

    assert looking.what_is_live(ours.kind.model) == before
    assert hosts.page.live is True
    assert ours.page.revisions.exclude(approved_go_live_at=None).count() == 0
    [entry] = of_page(ours.page, "wagtail.schedule.cancel")
    assert entry.revision_id == ours.revision.pk


def test_a_second_run_of_the_scheduler_publishes_nothing_twice(dated, published):
    for _run in range(2):
        run_scheduler_at(timezone.now() + 25 * HOUR)

    assert published.count(dated.page.pk) == 1
    assert of_page(dated.page, SCHEDULED).count() == 1


def test_two_runs_of_the_scheduler_at_once_publish_nothing_twice(dated, published):
    """Both have read what is due before either publishes it."""
    pk = dated.page.scheduled_revision.pk
    first, second = (Revision.objects.get(pk=pk) for _run in range(2))

    with time_machine.travel(timezone.now() + 25 * HOUR, tick=False):
        first.publish(log_action=SCHEDULED)
        second.publish(log_action=SCHEDULED)

    assert published.count(dated.page.pk) == 1
    assert of_page(dated.page, SCHEDULED).count() == 1


# Nothing comes down by itself.


def test_a_page_whose_content_was_changed_past_the_models_stays_and_is_named(door, kind, client):
    here = door(kind, LIVE)
    Page.objects.filter(pk=here.page.pk).update(title="Changed by hand")

    call_command("lpsa_tick")
    run_scheduler()
    code, told = run()

    assert client.get(here.page.get_url()).status_code == 200
    assert (here.page.live, here.page.title) == (True, "Changed by hand")
    assert code != 0
    assert f"lpsa.E103: “Changed by hand” ({here.page.pk}) is live, but nobody decided" in told
