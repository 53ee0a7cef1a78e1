"""How long our pages and our API take with many posts, beside Wagtail's own, and start-up.

Everything is made in a temporary folder. What counts are the ratios of one run on one machine.
"""

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import starting, worker
from benchmarks.databases import POSTGRESQL, SQLITE, databases
from benchmarks.measuring import measure, processes
from benchmarks.report import as_data, facts, report, written_into


def say(line: str) -> None:
    print(f"→ {line}", file=sys.stderr, flush=True)


def _posts(text: str) -> int:
    number = int(text)
    if number < 40 or number % 20:
        raise argparse.ArgumentTypeError("lists have 20 posts: give a multiple, 40 at least")
    return number


def _options():
    parser = argparse.ArgumentParser(prog="dev.py bench --", description=__doc__)
    parser.add_argument("--posts", type=_posts, nargs="+", default=[1000, 10000], metavar="N")
    parser.add_argument("--only", choices=["sqlite", "postgres"], help="one database only")
    parser.add_argument("--rounds", type=int, default=7, help="rounds (7)")
    parser.add_argument("--times", type=int, default=3, help="requests in each round (3)")
    parser.add_argument("--starts", type=int, default=7, help="pairs of processes to start (7)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round as JSON")
    parser.add_argument("--document", type=Path, metavar="FILE", help="write into this document")
    return parser.parse_args()


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = _options()
    kinds = {"sqlite": [SQLITE], "postgres": [POSTGRESQL]}.get(options.only, [SQLITE, POSTGRESQL])
    versions: dict = {}
    with tempfile.TemporaryDirectory(prefix="lpsa-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with databases(folder, kinds, sorted(options.posts)) as environs:
            if not environs:
                sys.exit("There is no database to measure in.")
            with processes(environs) as calls:
                say("Making the sites. This takes some minutes.")
                waiting = {key: call(worker.prepare, key[1]) for key, call in calls.items()}
                for (kind, size), seconds in waiting.items():
                    say(f"{kind}, {size:,} posts: made in {seconds.result():.0f} seconds.")
                    versions |= calls[kind, size](worker.versions).result()
                found = measure(calls, options.rounds, options.times, say)
            started = starting.runs(next(iter(environs.values())), folder, options.starts, say)
    told = facts(versions, options)
    text = report(told, found, started)
    print(text)
    if options.json:
        data = as_data(told, found, started)
        options.json.write_text(json.dumps(data, indent=1), encoding="utf-8")
    if options.document:
        document = written_into(options.document.read_text(encoding="utf-8"), text)
        options.document.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    main()
