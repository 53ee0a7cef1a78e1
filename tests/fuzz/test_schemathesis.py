"""Made-up requests, one by one and in chains: no fault, and the same answers for everybody."""

import re

import pytest

from lpsa_wagtail.models import Interest
from tests.api.conftest import PREFIX, is_as_described
from tests.fuzz.fuzzing import fuzz
from tests.fuzz.walking import PASSING_HEADERS, operations, things
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
    return client.generic(asked.method, path, QUERY_STRING=query)


def said(response) -> tuple:
    headers = {name: value for name, value in response.items() if name not in PASSING_HEADERS}
    return response.status_code, headers, response.content


def test_nothing_that_is_asked_meets_a_fault(session, client, browsers):
    assert session.code == 0, session.printed

    different, answered = [], set()
    for asked in dict.fromkeys(session.asked):
        response = answer(client, asked)
        path = asked.address.partition("?")[0]
        if asked.method == "GET":
            is_as_described(path.removeprefix(PREFIX), response)
        if response.status_code == 200:
            answered.add(path)
        if any(said(answer(one, asked)) != said(response) for one in browsers.values()):
            different.append(asked.address)

    assert different == []
    silent = [
        operation.path
        for operation in operations(client)
        if not any(
            re.fullmatch(re.sub(r"{\w+}", "[^/]+", operation.path), path) for path in answered
        )
    ]
    assert silent == [f"{PREFIX}preview/"]  # nobody has a token
