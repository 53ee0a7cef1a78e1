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


@every_host
def test_teardown_succeeds(stay):
    assert stay["leaving"]["teardown"]["failure"] == ""


@every_host
@pytest.mark.parametrize("step", ["leaving", "after"])
def test_the_places_of_the_hosts_admin_answer_after_teardown(stay, step):
    assert wrong(stay[step]["places"]) == {}
    assert list(stay[step]["places"]) == list(stay["here"]["places"])


@every_host
def test_no_row_of_ours_is_left(stay):
    census = stay["leaving"]["census"]
    ours = {label: count for label, count in census.items() if label.startswith("lpsa_wagtail.")}

    assert {label: count for label, count in ours.items() if count} == {}


@every_host
def test_the_hosts_tables_have_the_rows_that_they_had(stay):
    before, census = stay["before"]["census"], stay["leaving"]["census"]
    expected = {
        label: count
        for label, count in before.items()
        if label not in MAY_DIFFER and label in census
    }
    for label, count in stay.host.added:
        expected[label] += count

    assert {label: census[label] for label in expected} == expected


@every_host
@pytest.mark.parametrize("step", ["leaving", "after"])
def test_the_workflows_of_the_host_are_as_they_were_before_us(stay, step):
    before, now = stay["before"]["workflows"], stay[step]["workflows"]
    finished = {"in progress": []} if stay.host.name == "strict_home" else {}

    assert now == before | finished


@every_host
def test_no_table_migration_or_content_type_of_ours_is_left(stay):
    assert stay["leaving"]["zero"] == {"text": "", "failure": ""}
    assert stay["after"]["traces"] == {
        "tables": [],
        "migrations": 0,
        "content types": 0,
        "permissions": 0,
    }


@every_host
def test_without_us_the_host_has_no_pending_migration_and_no_new_message(stay):
    assert stay["after"]["drift"] == NO_DRIFT
    assert stay["after"]["checks"] == stay["before"]["checks"]
