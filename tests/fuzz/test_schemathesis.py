"""Made-up requests, one by one and in chains: no fault, and the same answers for everybody."""

import re

import pytest

from lpsa_wagtail.models import Interest
from tests.api.conftest import PREFIX
from tests.fuzz import shapes
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.walking import PASSING_HEADERS, things
from tests.worlds import hide_things_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(live_server, world, tmp_path):
    """What schemathesis asked a running server, half of it with words and ids that there are."""
    hide_things_in(world)
    texts = [*things(), *Interest.objects.values_list("slug", flat=True)[:20], "Bridges"]
    numbers = [int(text) for text in texts if text.isdigit()]
    return fuzz(f"{live_server.url}{PREFIX}openapi.json", tmp_path, texts, numbers)


def answer(client, asked):
    """What is said to the same request here, in this process."""
    path, _mark, query = asked.address.partition("?")
    said = client.generic(asked.method, path, QUERY_STRING=query)
    headers = {name: value for name, value in said.items() if name not in PASSING_HEADERS}
    return said.status_code, headers, said.content


def kinds_of(adapters):
    """A function: address → the path that describes it, and the shape of its answers."""
    patterns = {re.compile(re.sub(r"{\w+}", "[^/]+", path)): path for path in adapters}

    def find(address):
        path = address.partition("?")[0]
        return next(name for pattern, name in patterns.items() if pattern.fullmatch(path))

    return find


def test_nothing_that_is_asked_meets_a_fault(session, client, browsers):
    assert session.code == 0, session.printed

    adapters = shapes.of_operations(client.get(f"{PREFIX}openapi.json").json())
    kind_of, answered, wrong, different = kinds_of(adapters), set(), {}, []
    for asked in dict.fromkeys(session.asked):
        status, headers, body = answer(client, asked)
        if status == 200:
            answered.add(kind := kind_of(asked.address))
            if faults := shapes.faults(adapters[kind], body):
                wrong[asked.address] = faults
        if any(answer(person, asked) != (status, headers, body) for person in browsers.values()):
            different.append(asked.address)
    assert (wrong, different) == ({}, [])
    assert set(adapters) - answered == set()
