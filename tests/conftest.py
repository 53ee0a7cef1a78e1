import pytest
from wagtail.models import Site

from lpsa_wagtail import actions


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test starts from a site where ``lpsa_setup`` ran once."""
    with django_db_blocker.unblock():
        actions.install(actor=None, site=Site.objects.get(), say=lambda line: None)


@pytest.fixture
def site(db):
    return Site.objects.select_related("root_page").get()


@pytest.fixture(autouse=True)
def _everything_uses_the_database(db):
    """Nearly every test reads the site; the few that do not lose nothing."""
