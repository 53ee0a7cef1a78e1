"""Whoever asks whatever, what is hidden makes no difference to any answer."""

import re

import pytest

from tests.fuzz.walking import addresses, ask, few, leaks, secrets_planted, things
from tests.worlds import hide_things_in

# Committed, since only what was committed is noted for those who follow.
pytestmark = pytest.mark.django_db(transaction=True)

#: Where an answer tells how far the clock of the public record is.
CLOCK = re.compile("(after=|0 – )[0-9]+")
MOVED_BY_IT = {"ETag", "Content-Length"}


def without_clock(answer: tuple) -> tuple:
    """An answer without what the clock says: it rises when what was public is hidden."""
    status, headers, body = answer
    rest = {name: value for name, value in headers.items() if name not in MOVED_BY_IT}
    return status, rest, CLOCK.sub("after=N", body.decode())


def differing(before: dict, after: dict) -> list[str]:
    return [address for address in before if before[address] != after[address]]


def test_what_is_hidden_changes_no_answer_and_is_in_none(client, world):
    asked = {address: ask(client, address) for address in addresses(client, things())}

    hide_things_in(world)

    assert secrets_planted() == {"people": 9, "pages": 8, "revisions": 20}
    more = dict.fromkeys([*asked, *addresses(client, things())])
    again = {address: ask(client, address) for address in more}
    assert [address for address, answer in again.items() if leaks(address, answer)] == []
    before, after = (
        {address: without_clock(answers[address]) for address in asked}
        for answers in (asked, again)
    )
    assert differing(before, after) == []
    new = set(again) - set(asked)
    assert {again[address][0] for address in new if "?" not in address} == {404}


def test_everybody_gets_the_same_bytes(client, world, browsers):
    hide_things_in(world)
    wanted = few(addresses(client, things()))
    anonymous = {address: ask(client, address) for address in wanted}

    asked = {role: {at: ask(browser, at) for at in wanted} for role, browser in browsers.items()}

    assert {role: differing(anonymous, asked[role]) for role in asked} == {
        role: [] for role in browsers
    }
