"""Rounds, medians and ratios. Two things are compared only within one round, in turn."""

import json
import multiprocessing
import statistics
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks import worker
from benchmarks.surfaces import BESIDE, EMPTY, SURFACES, UNLIKE, Surface


@dataclass(frozen=True)
class Spread:
    """The median of some rounds, with the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values) -> "Spread":
        values = list(values)
        return cls(statistics.median(values), min(values), max(values))


@dataclass
class Measured:
    """What was seen of one surface in one database, round by round."""

    queries: int
    bytes: int
    durations: list[float] = field(default_factory=list)
    #: How many times as long as the empty page, round by round.
    to_empty: list[float] = field(default_factory=list)
    #: The same to each surface that it stands beside.
    to_beside: dict[str, list[float]] = field(default_factory=dict)


class DifferentContent(Exception):
    """Two surfaces that are compared show different things."""


@contextmanager
def processes(environs: dict):
    """Start a process for each database, and yield a map of the same keys to ``call``.

    ``call(function, *arguments)`` runs a function of ``benchmarks.worker`` in that process and
    returns a future.
    """
    context = multiprocessing.get_context("spawn")
    pools = {
        key: ProcessPoolExecutor(
            max_workers=1, mp_context=context, initializer=worker.start, initargs=(environ,)
        )
        for key, environ in environs.items()
    }
    try:
        yield {key: pool.submit for key, pool in pools.items()}
    finally:
        for pool in pools.values():
            pool.shutdown(cancel_futures=True)


def measure(calls: dict, rounds: int, times: int, say) -> dict:
    """Map (kind, size) → surface → ``Measured``."""
    found, asked = {}, {}
    for key, call in calls.items():
        addresses = call(worker.addresses).result()
        found[key], asked[key] = _look(call, addresses)
    for number in range(1, rounds + 1):
        say(f"Round {number} of {rounds}.")
        for surface in SURFACES:
            for key, call in calls.items():
                _one_round(found[key][surface], surface, call, asked[key], times)
    return found


def _look(call, addresses: dict) -> tuple[dict, dict]:
    """Look at all surfaces once, and see that those compared tell about the same.

    Gives surface → ``Measured``, and surface → what to ask: address and ETag.
    """
    answers = {s: call(worker.look, addresses[s.key], s.unchanged).result() for s in SURFACES}
    measured = {}
    for surface, seen in answers.items():
        for name in surface.beside:
            _compare(surface, name, seen["body"], answers[BESIDE[name]]["body"])
        size = len(seen["body"])
        measured[surface] = Measured(
            seen["queries"], size, to_beside={n: [] for n in surface.beside}
        )
    return measured, {s: (addresses[s.key], seen["tag"]) for s, seen in answers.items()}


def _compare(surface: Surface, name: str, own: bytes, other: bytes) -> None:
    if surface.unchanged or (surface.name, name) in UNLIKE:
        return
    if surface.same_bytes == name:
        if own != other:
            raise DifferentContent(f"{surface.name}, {name}: {own!r} {other!r}")
        return
    titles, others = _titles(json.loads(own)), _titles(json.loads(other))
    if not titles or titles != others:
        raise DifferentContent(f"{surface.name}, {name}: {titles ^ others}")


def _titles(told) -> set[str]:
    items = [told] if "title" in told else told.get("results", told.get("items"))
    return {item["title"] for item in items}


def _one_round(kept: Measured, surface: Surface, call, asked: dict, times: int) -> None:
    places = [surface, *(BESIDE[name] for name in (EMPTY, *surface.beside))]
    own, empty, *others = call(worker.milliseconds, [asked[p] for p in places], times).result()
    kept.durations.append(own)
    kept.to_empty.append(own / empty)
    for name, other in zip(surface.beside, others, strict=True):
        kept.to_beside[name].append(own / other)


def growth(small: Measured, large: Measured) -> Spread:
    """How many times as long as in the small database; these follow each other in a round."""
    return Spread.of(b / a for a, b in zip(small.durations, large.durations, strict=True))
