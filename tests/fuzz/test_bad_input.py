"""What no program should send is refused with a sentence, in a few queries, in little memory."""

import json
import re
import tracemalloc
from http import HTTPStatus
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lpsa_wagtail.models.previewing import token_for
from tests import factories as make
from tests.api.conftest import PREFIX
from tests.fuzz.walking import operations

MIB = 2**20
MOST_QUERIES = 6  # of a refusal
DEEP = "[" * 300 + "]" * 300
#: Numbers, dates, cursors and texts that cannot be.
VALUES = (
    *("-1", "0", "9" * 5000, "99999999999999999999", "1e309", "NaN", "1.0", "²", "null"),
    *("0000-00-00", "2024-02-30", "9999-12-31", "10000-01-01", "2024-01-01T00:00:00+99:99"),
    *("a,b,,c", ",", "*", "-", "_", "'", '"', "../../x", "eyJhIjoxfQ", "AAAA", "=" * 50, DEEP),
    *("a" * 50_000, "\x0b", "\u202e", "\U0001f600" * 100),
)
#: Bytes that are no text: halves of surrogates, cut and overlong UTF-8, UTF-16, a zero.
NO_TEXTS = ("%ED%A0%80", "%ED%B0%80", "%C3", "%C0%80", "%FF%FE%61%00", "%F0%28%8C%28", "%00")
BODIES = {
    "deep": (DEEP, "application/json"),
    "cut off": ('{"a": ', "application/json"),
    "large": (json.dumps(["x" * 100] * 10_000), "application/json"),
    "no text": (b"\xff\xfe\xed\xa0\x80", "application/json; charset=utf-8"),
    "unknown encoding": ("{}", "application/json; charset=no-such-thing"),
    "unknown kind": ("{}", 'no/such; thing="'),
    "broken form": ("--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=y"),
    "no boundary": ("x", "multipart/form-data"),
}
HEADERS = {
    "Accept": "no/such",
    "Accept-Language": ",".join(f"x{n};q=0.{n}" for n in range(5000)),
    "Accept-Encoding": 'br;q=nan, "',
    "If-None-Match": ", ".join(f'W/"{n}"' for n in range(10_000)),
    "If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT",
    "Range": "bytes=9-1,x",
    "Origin": "null",
    "Cookie": "sessionid=" + "x" * 4000,
    "Authorization": "Bearer " + "x" * 4000,
    "X-Http-Method-Override": "DELETE",
}


@pytest.fixture
def asked(client):
    """Each operation with an address that answers, which ends in ``?`` or ``&``."""
    group = make.group(title="Finance", slug="finance")
    post = make.post(group)
    things = {
        "post_id": post.pk,
        "webinar_id": make.webinar(group).pk,
        "groups": group.slug,
        "interests": "kenya",
    }
    needed = {"q": "Finance", "token": token_for(post.latest_revision)}

    def fill(operation):
        noun = operation.path.removeprefix(PREFIX).partition("/")[0]
        values = {name: things.get(name) or things[noun] for name in operation.in_path}
        query = "".join(f"{name}={needed[name]}&" for name in operation.required)
        return f"{operation.path.format(**values)}?{query}"

    return {fill(operation): operation for operation in operations(client)}


@pytest.fixture
def parameters(asked):
    """All pairs of such an address and the name of a parameter that it can have besides."""
    return [
        (re.sub(f"{name}=[^&]*&", "", address), name)
        for address, operation in asked.items()
        for name in operation.in_query
    ]


@pytest.fixture
def ask(client):
    """The answer to any request; an address is taken as it is, byte for byte."""

    def ask(address, method="GET", **request):
        path, _mark, query = address.partition("?")
        return client.generic(method, path, QUERY_STRING=query, **request)

    return ask


@pytest.fixture
def frugally(ask):
    """The same, and what it took is noted: queries if refused, and MiB at the peak."""
    costs = []

    def frugally(*args, **request):
        ask(*args, **request)  # what is made once and kept is no matter
        tracemalloc.start()
        try:
            with CaptureQueriesContext(connection) as queries:
                answer = ask(*args, **request)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        costs.append((len(queries) if answer.status_code >= 400 else 0, peak / MIB))
        return answer

    yield frugally
    assert [cost for cost in costs if cost[0] > MOST_QUERIES or cost[1] > 4] == []


def is_refusal(answer, *statuses) -> bool:
    """True for a problem with a sentence for people, under one of these statuses."""
    if answer.status_code not in statuses:
        return False
    problem = answer.json()
    sentence = problem["detail"]
    return (
        answer["Content-Type"] == "application/problem+json"
        and problem["status"] == answer.status_code
        and sentence.endswith(".")
        and len(sentence) < 300
    )


def test_values_that_cannot_be_are_refused_or_find_nothing(ask, parameters):
    wrong = []
    for address, name in parameters:
        for value in VALUES:
            answer = ask(f"{address}{urlencode({name: value})}")
            if answer.status_code != 200 and not is_refusal(answer, 400, 403):
                wrong.append((address, name, value[:80], answer.status_code))

    assert wrong == []


def test_the_largest_values_take_little(frugally, parameters):
    for address, name in parameters:
        for value in ("9" * 5000, "a" * 50_000, "=" * 50_000):
            frugally(f"{address}{urlencode({name: value})}")


def test_bytes_that_are_no_text_are_refused_by_every_parameter(ask, parameters):
    said = {
        (address, name, value): ask(f"{address}{name}={value}")
        for address, name in parameters
        for value in NO_TEXTS
    }

    assert [what for what, answer in said.items() if not is_refusal(answer, 400)] == []
    told = {
        what: (answer.json()["parameter"], answer.json()["allowed"])
        for what, answer in said.items()
    }
    assert told == {what: (what[1], ["text in UTF-8"]) for what in said}


def test_every_parameter_is_refused_when_given_twice(ask, parameters):
    said = [ask(f"{address}{name}=1&{name}=1") for address, name in parameters]

    assert {is_refusal(answer, 400) for answer in said} == {True}
    assert {text for answer in said for text in answer.json()["allowed"]} == {
        "one value, given once"
    }


def test_nothing_is_at_an_address_that_cannot_be(ask, client):
    paths = [op.path for op in operations(client) if op.in_path]
    wrong = [
        f"{path.partition('{')[0]}{part}/"
        for path in paths
        for part in (*(quote(value, safe="") for value in VALUES), *NO_TEXTS)
    ]

    assert [address for address in wrong if not is_refusal(ask(address), 404)] == []


@pytest.mark.parametrize("debug", [True, False])
def test_ten_thousand_parameters_are_refused_everywhere(frugally, asked, settings, debug):
    settings.DEBUG = debug
    many = "&".join(f"p{number}=1" for number in range(10_000))

    said = {address: frugally(f"{address}{many}") for address in asked}

    assert [address for address, answer in said.items() if not is_refusal(answer, 400)] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"])
def test_whatever_is_written_is_refused_without_reading_it(frugally, asked, method):
    for address in asked:
        for body, kind in BODIES.values():
            answer = frugally(address, method, data=body, content_type=kind)
            assert is_refusal(answer, HTTPStatus.METHOD_NOT_ALLOWED)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_changes_nothing_of_what_is_read(ask, asked, name):
    body, kind = BODIES[name]

    for address in asked:
        answer = ask(address, data=body, content_type=kind)
        assert (answer.status_code, answer.content) == (200, ask(address).content)


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_cannot_be_changes_nothing(frugally, ask, asked, name):
    for address in asked:
        answer = frugally(address, headers={name: HEADERS[name]})
        assert (answer.status_code, answer.content) == (200, ask(address).content)
