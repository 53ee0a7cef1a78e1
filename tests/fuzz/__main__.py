"""Ask the API what nobody would ask, for as long as you like.

What is not given goes to pytest: ``dev.py fuzz -- --minutes 30 -x``.
"""

import argparse
import os
import random
import subprocess
import sys


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py fuzz --", description=__doc__)
    parser.add_argument("--minutes", type=float, help="so long, each time other requests")
    parser.add_argument("--examples", type=int, help="for each address, the same each time (25)")
    parser.add_argument("--seed", type=int, help="with --minutes: the same seed, the same requests")
    wanted, rest = parser.parse_known_args()
    environ = {"LPSA_TEST_FUZZ": "1", "LPSA_TEST_POSTGRES": ""}
    if wanted.examples:
        environ["LPSA_TEST_FUZZ_EXAMPLES"] = str(wanted.examples)
    if wanted.minutes:
        seed = random.randrange(1_000_000) if wanted.seed is None else wanted.seed
        print(f"→ The seed is {seed}.", flush=True)
        environ |= {"LPSA_TEST_FUZZ_MINUTES": str(wanted.minutes), "LPSA_TEST_SEED": str(seed)}
    command = [sys.executable, "-m", "pytest", "tests/fuzz/test_schemathesis.py", *rest]
    return subprocess.run(command, env={**os.environ, **environ}).returncode


if __name__ == "__main__":
    sys.exit(main())
