import pytest
from django.core.cache import cache

PREFIX = "/api/lpsa/v1/"


@pytest.fixture
def ask(client):
    """Ask the API as a visitor does: ``ask("posts/", topic="health")`` gives the response."""

    def ask(path, **parameters):
        cache.clear()  # nothing is answered from what an earlier request left
        return client.get(PREFIX + path, parameters)

    return ask
