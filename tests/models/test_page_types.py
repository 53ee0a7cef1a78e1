"""What all page types of ours have in common."""

import pytest
from django.apps import apps
from wagtail.models import Page

from lpsa_wagtail.models import GovernedPage

TYPES = [m for m in apps.get_app_config("lpsa_wagtail").get_models() if issubclass(m, Page)]
GOVERNED = [model for model in TYPES if issubclass(model, GovernedPage)]


def joins(pages) -> int:
    return str(pages.query).count("JOIN")


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_query_joins_the_table_of_pages_once(model):
    assert joins(model.objects.filter(live=True)) == 1


@pytest.mark.parametrize("model", GOVERNED, ids=lambda model: model.__name__)
def test_what_is_public_is_asked_without_another_join(model, site):
    """A database that joins the tree of pages again may read all of it for each page."""
    assert joins(model.objects.public(site)) == 1
