"""Race for the same page on PostgreSQL, and play at random, in large numbers.

What is not given goes to pytest: ``dev.py security -- --only races -k cancel``.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.security.figures import document
from tools.postgres import ServerDidNotStart, cluster


def options():
    parser = argparse.ArgumentParser(prog="dev.py security --", description=__doc__)
    parser.add_argument("--races", type=int, default=200, help="races for each pair (200)")
    parser.add_argument("--steps", type=int, default=300_000, help="steps of plays (300,000)")
    parser.add_argument("--only", choices=["races", "steps"], help="one of the two")
    cores = os.cpu_count() or 2
    parser.add_argument("--parts", type=int, default=cores, help="plays at once (one a core)")
    parser.add_argument("--seed", type=int, help="the same seed gives the same plays")
    parser.add_argument("--shrink", action="store_true", help="shorten a play that failed")
    parser.add_argument("--document", type=Path, metavar="FILE", help="write into this document")
    return parser.parse_known_args()


def run(*arguments, **settings) -> bool:
    """Run pytest; True if it failed."""
    environ = {**os.environ, **{name: str(value) for name, value in settings.items()}}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return bool(subprocess.run(command, env=environ).returncode)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted, rest = options()
    seed = random.randrange(1_000_000) if wanted.seed is None else wanted.seed
    failed = False
    with tempfile.TemporaryDirectory(prefix="lpsa-security-") as folder:
        kept = Path(folder) / "figures.json"
        if wanted.only != "steps":
            with cluster() as socket:
                environ = {"LPSA_TEST_POSTGRES": socket, "LPSA_TEST_RACES": wanted.races}
                tests = ("tests/security/test_races.py", "tests/security/test_following.py")
                failed |= run(*tests, *rest, **environ, LPSA_TEST_FIGURES=kept)
        if wanted.only != "races":
            print(f"→ The seed of the plays is {seed}.", flush=True)
            environ = {
                "LPSA_TEST_POSTGRES": "",
                "LPSA_TEST_STEPS": wanted.steps,
                "LPSA_TEST_PARTS": wanted.parts,
                "LPSA_TEST_SEED": seed,
                "LPSA_TEST_SHRINK": "1" if wanted.shrink else "",
            }
            parts = ("-n", str(wanted.parts), "tests/security/test_state_machine.py")
            failed |= run(*parts, *rest, **environ, LPSA_TEST_FIGURES=kept)
        found = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    if wanted.document and found:
        text = document(wanted.document.read_text(encoding="utf-8"), found, seed)
        wanted.document.write_text(text, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServerDidNotStart as reason:
        sys.exit(str(reason))
