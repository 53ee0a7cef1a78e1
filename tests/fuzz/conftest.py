import logging
import os

import pytest
from django.test import Client

from tests import factories as make
from tests.worlds import public_world

#: It takes minutes, so it runs when asked for.
collect_ignore = [] if os.environ.get("LPSA_TEST_FUZZ") else ["test_schemathesis.py"]


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals need no line each in the log."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world():
    return public_world()


@pytest.fixture
def browsers(world, django_user_model):
    """One each for people who know more: name of the role → a client that is logged in."""
    people = {
        "co-chair": make.leader(of=world.group, accepted_at=None),
        "member of the Board": make.board_member(),
        "superuser": django_user_model.objects.create_superuser("root"),
    }
    browsers = {role: Client() for role in people}
    for role, browser in browsers.items():
        browser.force_login(people[role])
    return browsers
