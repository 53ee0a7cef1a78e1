"""Teardown leaves every host as it was: its admin answers, and no row of ours is left."""

import pytest

from tests.hosts.hosts import HOSTS
from tests.hosts.test_hosts import NO_DRIFT, wrong

pytestmark = pytest.mark.hosts
every_host = pytest.mark.parametrize("stay", HOSTS, indirect=True)

#: Tables of the host's whose rows may be more or less than before: accounts and files that people
#: added meanwhile, and what Django and Wagtail note by themselves.
MAY_DIFFER = {
    *("auth.User", "accounts.User", "wagtailusers.UserProfile", "auth.Permission"),
    *("contenttypes.ContentType", "sessions.Session"),
    *("wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry"),
    *("wagtailimages.Image", "wagtailimages.Rendition", "wagtaildocs.Document"),
    *("library.PortalImage", "library.PortalRendition", "library.PortalDocument"),
    *("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.ReferenceIndex"),
    *("wagtailadmin.EditingSession", "wagtailcore.PageSubscription"),
}


@pytest.fixture
def left(stay):
    """The stay, if there was a teardown."""
    if stay["leaving"]["teardown"] is None:
        pytest.skip("There is no command lpsa_teardown yet.")
    return stay


@every_host
def test_teardown_succeeds(left):
    assert left["leaving"]["teardown"]["failure"] == ""


@every_host
@pytest.mark.parametrize("step", ["leaving", "after"])
def test_the_places_of_the_hosts_admin_answer_after_teardown(left, step):
    assert wrong(left[step]["places"]) == {}
    assert list(left[step]["places"]) == list(left["here"]["places"])


@every_host
def test_no_row_of_ours_is_left(left):
    census = left["leaving"]["census"]
    ours = {label: count for label, count in census.items() if label.startswith("lpsa_wagtail.")}

    assert {label: count for label, count in ours.items() if count} == {}


@every_host
def test_the_hosts_tables_have_the_rows_that_they_had(left):
    before, census = left["before"]["census"], left["leaving"]["census"]
    expected = {
        label: count
        for label, count in before.items()
        if label not in MAY_DIFFER and label in census
    }
    for label, count in left.host.added:
        expected[label] += count

    assert {label: census[label] for label in expected} == expected


@every_host
@pytest.mark.parametrize("step", ["leaving", "after"])
def test_the_workflows_of_the_host_are_as_they_were_before_us(left, step):
    before, now = left["before"]["workflows"], left[step]["workflows"]
    finished = {"in progress": []} if left.host.name == "strict_home" else {}

    assert now == before | finished


@every_host
def test_without_us_the_host_has_no_pending_migration_and_no_new_message(left):
    assert left["after"]["drift"] == NO_DRIFT
    assert left["after"]["checks"] == left["before"]["checks"]
