import copy
import os

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page, Site

from lpsa_wagtail import actions
from tests.core import is_core

#: They take minutes, so they run when asked for: the sites of other owners, the package itself in
#: empty environments, and programs of others that read the API.
ON_REQUEST = {
    "LPSA_TEST_HOSTS": "hosts",
    "LPSA_TEST_WHEEL": "wheel",
    "LPSA_TEST_CLIENTS": "clients",
}
collect_ignore = [folder for name, folder in ON_REQUEST.items() if not os.environ.get(name)]


def pytest_collection_modifyitems(items):
    for item in items:
        if is_core(item.path):
            item.add_marker(pytest.mark.core)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from a site where ``lpsa_setup`` ran once.

    Tests that commit leave an empty database behind; what setup made is kept for those after them.
    """
    with django_db_blocker.unblock():
        actions.install(actor=None, site=Site.objects.get(), say=lambda line: None)
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture
def site(db):
    return Site.objects.select_related("root_page").get()


@pytest.fixture
def other_site(db, settings):
    """A second site on this server, with nothing of ours in it."""
    settings.ALLOWED_HOSTS = ["*"]
    home = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    return Site.objects.create(hostname="other.example.org", root_page=home)


@pytest.fixture
def committed(django_capture_on_commit_callbacks, clock):
    """What is done inside is committed, and two seconds pass on the ``clock`` of the module."""

    def done(act):
        with django_capture_on_commit_callbacks(execute=True):
            found = act()
        clock.shift(2)
        return found

    return done


@pytest.fixture(autouse=True)
def _no_site_is_remembered():
    """Wagtail keeps the sites there were; when a test is undone, nobody tells it."""
    yield
    Site.clear_site_root_paths_cache()


@pytest.fixture(autouse=True)
def _everything_uses_the_database(db, django_db_serialized_rollback):
    """Nearly every test reads the site; the few that do not lose nothing."""


@pytest.fixture
def forget_types():
    """For tests in which content types come and go: what Django knew of them before is put back.

    Knowing nothing would not do. When the rows of a test that commits are put back, a task is
    loaded before its content type, looks for it, and makes it a second time.
    """
    known = {alias: dict(types) for alias, types in ContentType.objects._cache.items()}
    yield
    ContentType.objects.clear_cache()
    ContentType.objects._cache.update(known)


@pytest.fixture
def host_has(settings):
    """Give the host templates of its own, found before ours: ``host_has({name: source})``.

    Our pages extend what they find, as if ``LPSA_BASE_TEMPLATE`` were not set.
    """

    def templates(sources):
        settings.LPSA_BASE_TEMPLATE = ""
        engines = copy.deepcopy(settings.TEMPLATES)
        for engine in engines:
            engine.pop("APP_DIRS", None)
            engine["OPTIONS"]["loaders"] = [
                ("django.template.loaders.locmem.Loader", sources),
                "django.template.loaders.app_directories.Loader",
            ]
        settings.TEMPLATES = engines

    return templates
