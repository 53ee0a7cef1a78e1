"""Two people at the same moment: threads with connections of their own, let go by a barrier."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle

from django.db import DatabaseError, connection

#: Races for each pair; ``dev.py security`` runs more.
RACES = int(os.environ.get("LPSA_TEST_RACES", "20"))
SECONDS_TO_WAIT = 60
#: Seconds by which the second (or, below zero, the first) begins later: the barrier alone would
#: let both meet at the same few lines each time.
HEAD_STARTS = (0, 0, 0.002, -0.002, 0, 0.005, -0.005, 0, 0.01, -0.01, 0.02, -0.02)


@dataclass(frozen=True)
class Result:
    """What came of one side: what it returned, or the exception."""

    value: object = None
    error: Exception | None = None

    @property
    def word(self) -> str:
        """ "done", what was returned if it was text, or the name of the exception."""
        if self.error:
            return type(self.error).__name__
        return self.value if isinstance(self.value, str) else "done"


class Pair:
    """Two threads that wait for each other before each race."""

    def __enter__(self):
        self._sides = [ThreadPoolExecutor(1), ThreadPoolExecutor(1)]
        self._barrier = threading.Barrier(2)
        return self

    def __exit__(self, *_):
        for side in self._sides:
            side.submit(lambda: connection.close()).result()
            side.shutdown()

    def run(self, first, second, head_start: float) -> tuple[Result, Result]:
        delays = (max(0, -head_start), max(0, head_start))
        acts = zip(self._sides, (first, second), delays, strict=True)
        running = [side.submit(self._act, act, delay) for side, act, delay in acts]
        one, other = (future.result() for future in running)
        return one, other

    def _act(self, act, delay) -> Result:
        self._barrier.wait(SECONDS_TO_WAIT)
        time.sleep(delay)
        try:
            return Result(act())
        except Exception as error:
            return Result(error=error)


def is_error(result) -> bool:
    """True for what a person would see as an error of the site."""
    return isinstance(result.error, DatabaseError) or result.word.startswith("5")


@dataclass
class Tally:
    """How the races of one pair went."""

    races: int = 0
    endings: Counter = field(default_factory=Counter)
    surprises: Counter = field(default_factory=Counter)
    contradictions: Counter = field(default_factory=Counter)
    errors: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """Sentence → in how many races."""
        return dict(self.surprises + self.contradictions)


def race(
    items: Iterable,
    first: Callable,
    second: Callable,
    *,
    endings: set[tuple[str, str]],
    judge: Callable,
    before: Callable | None = None,
) -> Tally:
    """Race ``first(item)`` against ``second(item)`` once for each item.

    ``endings`` are the pairs of words in which a race may end, ``judge(item)`` returns what is
    wrong in the database afterwards, as sentences.
    """
    tally = Tally()
    with Pair() as pair:
        for item, head_start in zip(items, cycle(HEAD_STARTS), strict=False):
            if before:
                before(item)
            results = pair.run(lambda: first(item), lambda: second(item), head_start)  # noqa: B023
            ending = (results[0].word, results[1].word)
            tally.races += 1
            tally.endings[ending] += 1
            tally.errors += sum(map(is_error, results))
            if ending not in endings:
                said = [str(result.error).partition("\n")[0] for result in results if result.error]
                tally.surprises[" / ".join([*ending, *said])] += 1
            tally.contradictions.update(f"{' / '.join(ending)}: {why}" for why in set(judge(item)))
    return tally
