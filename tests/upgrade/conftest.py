"""Each kept state is upgraded once, in a process and a database of its own."""

import fcntl
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _everything_uses_the_database():
    """Not here: each upgrade has a database of its own."""


@pytest.fixture(scope="session")
def journey(tmp_path_factory):
    """A function that tells what was seen on the way of a state to the newest and back.

    With pytest-xdist the first worker that asks goes there; the others wait and read.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder

    @cache
    def seen(name) -> dict:
        file = folder / f"{name}.json"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                go(name, file)
        return json.loads(file.read_text(encoding="utf-8"))

    return seen


def go(name: str, file: Path) -> None:
    command = [sys.executable, "-m", "tests.upgrade.journey", name, file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        file.write_text("null", encoding="utf-8")  # nobody else needs to try
        pytest.fail(done.stderr[-6000:], pytrace=False)
