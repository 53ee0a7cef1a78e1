"""Random plays by eight people, from the same beginning; how many steps is set from outside."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.security.machine import Play
from tests.security.stage import prepare

#: On PostgreSQL each step takes longer, and the rules that are tried are the same.
USUAL_STEPS = "600" if os.environ.get("LPSA_TEST_POSTGRES") else "3000"
STEPS = int(os.environ.get("LPSA_TEST_STEPS", USUAL_STEPS))
#: Parts run beside each other with pytest-xdist.
PARTS = int(os.environ.get("LPSA_TEST_PARTS", "3"))
#: The same seed gives the same plays.
SEED = int(os.environ.get("LPSA_TEST_SEED", "1"))
#: Shortening a play that failed takes minutes.
SHRINK = bool(os.environ.get("LPSA_TEST_SHRINK"))
STEPS_OF_A_PLAY = 50
#: What hypothesis remembers grows with the plays, so it begins anew now and then.
MOST_PLAYS = 200


def play(stage, number: int, wanted: int, steps: Counter) -> None:
    """Play from the seed ``number`` on until there were that many steps.

    How often what was tried, and let through, is counted in ``steps``.
    """
    while steps["steps"] < wanted:
        plays = -(-(wanted - steps["steps"]) // STEPS_OF_A_PLAY)
        this_play = type("ThisPlay", (Play,), {"stage": stage, "steps": steps})
        rules = settings(
            max_examples=min(plays, MOST_PLAYS),
            stateful_step_count=STEPS_OF_A_PLAY,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if SHRINK else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(seed(number)(this_play), settings=rules)
        number += 1


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_live_was_approved_by_others(part, noted):
    steps: Counter = Counter()
    try:
        play(prepare(), SEED * 1_000_000 + part * 10_000, -(-STEPS // PARTS), steps)
    finally:
        noted("steps", f"part {part}", steps=dict(steps))
    assert steps["approve: done"] > 0
