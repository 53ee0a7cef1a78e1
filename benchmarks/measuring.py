"""Rounds, medians and ratios. Two things are compared only within one round, in turn."""

import multiprocessing
import statistics
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks import worker
from benchmarks.surfaces import EMPTY, OTHERS, SURFACES, Surface


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
    addresses = {key: call(worker.addresses).result() for key, call in calls.items()}
    found = {key: _look(call, addresses[key]) for key, call in calls.items()}
    for number in range(1, rounds + 1):
        say(f"Round {number} of {rounds}.")
        for surface in SURFACES:
            for key, call in calls.items():
                _one_round(found[key][surface], surface, call, addresses[key], times)
    return found


def _look(call, addresses: dict) -> dict:
    """Look at all surfaces once, and see that those compared tell about the same."""
    answers = {place: call(worker.look, address).result() for place, address in addresses.items()}
    for surface in (s for s in SURFACES if s.beside):
        own = _titles(answers[surface.section, surface.name]["json"])
        for name in surface.beside:
            other = _titles(answers[OTHERS, name]["json"])
            if not own or own != other:
                raise DifferentContent(f"{surface.name}, {name}: {own ^ other}")
    return {
        surface: Measured(
            answers[surface.section, surface.name]["queries"],
            answers[surface.section, surface.name]["bytes"],
            to_beside={name: [] for name in surface.beside},
        )
        for surface in SURFACES
    }


def _titles(told) -> set[str]:
    items = [told] if "title" in told else told.get("results", told.get("items"))
    return {item["title"] for item in items}


def _one_round(kept: Measured, surface: Surface, call, addresses: dict, times: int) -> None:
    beside = [addresses[OTHERS, name] for name in (EMPTY, *surface.beside)]
    asked = [addresses[surface.section, surface.name], *beside]
    own, empty, *others = call(worker.milliseconds, asked, times).result()
    kept.durations.append(own)
    kept.to_empty.append(own / empty)
    for name, other in zip(surface.beside, others, strict=True):
        kept.to_beside[name].append(own / other)


def growth(small: Measured, large: Measured) -> Spread:
    """How many times as long as in the small database; these follow each other in a round."""
    return Spread.of(b / a for a, b in zip(small.durations, large.durations, strict=True))
