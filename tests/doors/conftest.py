import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from wagtail.models import Site

from tests.doors.places import Door, build


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """The world of ``places``, made once; it goes when the last of these tests has run."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def door(world, settings):
    """``door(kind, state, actor)``: a page and somebody before it."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]

    world.put_files_back()

    def open_door(name, state, actor=None):
        user = actor and get_user_model().objects.filter(pk=world.actors[actor]).first()
        client = Client()
        if user:
            client.force_login(user)
        return Door(world, name, state, user, client)

    yield open_door
    Site.clear_site_root_paths_cache()
