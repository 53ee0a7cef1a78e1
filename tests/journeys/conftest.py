"""A real browser against a live server, for the journeys.

The browser is the system's Chromium (``LPSA_TEST_BROWSER`` names another one); nothing is
downloaded. As root it runs without its sandbox, which refuses root. ``LPSA_TEST_BROWSER_OPTIONS``
replaces the command line options. Screens of failed journeys lie in ``tests/screenshots/``.
"""

import os
import threading
import time
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from playwright.sync_api import sync_playwright

from tests.journeys.people import Colleague, Visitor
from tools.components import BROWSER, find_browser

SCREENSHOTS = Path(__file__).resolve().parent.parent / "screenshots"
HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if call.when == "call":
        item.stash[FAILED] = report.failed


FAILED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _nobody_is_served_any_more():
    """After the windows are closed: wait for requests that still run, before the tables go.

    One that ends later writes into the empty database of the next test.
    """
    running: set[int] = set()

    def start(sender, environ=None, **kwargs):
        running.add(threading.get_ident())

    def finish(sender, **kwargs):
        running.discard(threading.get_ident())

    request_started.connect(start)
    request_finished.connect(finish)
    yield
    patience = time.monotonic() + 30
    while running and time.monotonic() < patience:
        time.sleep(0.05)
    request_started.disconnect(start)
    request_finished.disconnect(finish)


@pytest.fixture(scope="module")
def chromium(django_db_setup, django_db_blocker):
    path = find_browser()
    if path is None:
        pytest.fail(BROWSER.missing)
    default = "--no-sandbox" if os.geteuid() == 0 else ""
    options = os.environ.get("LPSA_TEST_BROWSER_OPTIONS", default).split()
    contents = connection._test_serialized_contents
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread. Beside it Django would refuse to read the
        # database, and it has a connection of its own.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        connection._test_serialized_contents = contents
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def people(chromium, live_server, request):
    """Everybody in a journey; their screens are kept when it fails."""
    people = []
    yield people
    for number, person in enumerate(people, 1):
        if request.node.stash.get(FAILED, False):
            SCREENSHOTS.mkdir(exist_ok=True)
            name = f"{request.node.name}-{number}-{person.name}.png"
            person.page.screenshot(path=SCREENSHOTS / name, full_page=True)
        person.leave()


@pytest.fixture
def log_in(chromium, live_server, people):
    """Log a user in, in a browser of their own: ``log_in(user)``."""

    def log_in(user) -> Colleague:
        people.append(Colleague(chromium, live_server.url, user))
        return people[-1]

    return log_in


@pytest.fixture
def visitor(chromium, live_server, people) -> Visitor:
    people.append(Visitor(chromium, live_server.url))
    return people[-1]
