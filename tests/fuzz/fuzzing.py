"""Runs schemathesis against a server that runs already, and reads what it asked."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Not these: a value can be right by its type and still name nothing, which is 400 with what is
#: allowed; and nothing here needs or knows a login.
LEFT_OUT = ("positive_data_acceptance", "ignored_auth")
EXAMPLES = int(os.environ.get("LPSA_TEST_FUZZ_EXAMPLES") or 25)
MINUTES = float(os.environ.get("LPSA_TEST_FUZZ_MINUTES") or 0)
SEED = os.environ.get("LPSA_TEST_SEED") or "1"


@dataclass(frozen=True)
class Asked:
    """A request that was made: how, where to, and what came back."""

    method: str
    address: str
    status: int

    @classmethod
    def of(cls, entry: dict) -> "Asked":
        parts = urlsplit(entry["request"]["url"])
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return cls(entry["request"]["method"], address, entry["response"]["status"])


@dataclass
class Session:
    """How schemathesis ended, what it printed and what it asked."""

    code: int
    printed: str
    asked: list[Asked]


def fuzz(description: str, folder: Path, texts, numbers) -> Session:
    """Ask everything that ``description`` (an address) describes, with all checks.

    ``texts`` and ``numbers`` are values that lead somewhere; others are made up. The same requests
    each time, unless ``LPSA_TEST_FUZZ_MINUTES`` gives it time for others.
    """
    (folder / "schemathesis.toml").write_text(_settings(texts, numbers), encoding="utf-8")
    cassette = folder / "asked.har"
    command = [sys.executable, "-m", "schemathesis.cli", "run", description, *_amount()]
    options = ("--checks=all", f"--exclude-checks={','.join(LEFT_OUT)}", "--continue-on-failure")
    report = ("--report=har", f"--report-har-path={cassette}", "--no-color")
    with (folder / "printed.txt").open("w+", encoding="utf-8") as printed:
        done = subprocess.run(
            [*command, *options, *report], cwd=folder, stdout=printed, stderr=subprocess.STDOUT
        )
        printed.seek(0)
        text = printed.read()
    entries = json.loads(cassette.read_text(encoding="utf-8"))["log"]["entries"]
    return Session(done.returncode, text, [Asked.of(entry) for entry in entries])


def _amount() -> list[str]:
    if MINUTES:
        time = ["--max-time", str(int(MINUTES * 60)), "--seed", SEED]
        return [*time, "--max-examples=1000", "--generation-database=none"]
    return ["--max-examples", str(EXAMPLES), "--generation-deterministic"]


def _settings(texts, numbers) -> str:
    """Half of all values made up, half of these words and ids."""
    lines = ["[generation.dictionaries]"]
    lines += [f'{kind} = {{ dictionary = "{kind}", probability = 0.5 }}' for kind in KINDS]
    for kind, values in zip(KINDS, (texts, numbers), strict=True):
        lines += [f"[dictionaries.{kind}]", f"values = {json.dumps(list(values))}"]
    return "\n".join(lines)


KINDS = ("string", "integer")
