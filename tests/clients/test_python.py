"""A Python client by generation: typed, without a warning, against a server that runs."""

import sys

import pytest

from lpsa_wagtail.models import BlogPost, WorkingGroupPage
from tests.clients.conftest import run
from tests.worlds import public_world

pytestmark = [pytest.mark.clients, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def read(python_client, live_server):
    """Evaluate an expression of the module that reads, with a client of the server."""

    def read(expression):
        lines = (
            "from lpsa_api import Client",
            "from reading import *",
            f"client = Client('{live_server.url}')",
            f"print({expression})",
        )
        program = python_client / "program.py"
        program.write_text("\n".join(lines), encoding="utf-8")
        return run(f"{sys.executable} {program.name}", python_client).strip()

    return read


def test_all_of_it_is_typed(python_client):
    run("mypy --strict reading.py", python_client)


def test_groups_posts_and_events_are_read(read, settings):
    settings.LPSA_API_PAGE_SIZE = 2
    world = public_world()

    groups = WorkingGroupPage.objects.public().with_state().in_directory_order()
    assert read("titles_of_groups(client)") == str([group.title for group in groups])
    posts = list(BlogPost.objects.public().in_listing_order())
    assert len(posts) > 4
    assert read("[post.id for post in every_post(client)]") == str([post.pk for post in posts])
    times = "{city: time.isoformat() for city, time in clocks(client, %d).items()}"
    assert read(times % world.webinars[0].pk) == str(
        {"New York": "2024-03-31T18:30:00-04:00", "Tokyo": "2024-04-01T07:30:00+09:00"}
    )
