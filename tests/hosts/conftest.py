"""Starts the hosts: each in a temporary folder, in processes of its own, some at once.

With pytest-xdist one worker starts them and all of them read what they saw.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import lpsa_wagtail
from tests.hosts.hosts import HOSTS, Host

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(lpsa_wagtail.__file__).resolve().parent.parent
AT_ONCE = min(4, os.cpu_count() or 1)
SECONDS = 900


@pytest.fixture(autouse=True)
def _everything_uses_the_database():
    """Not here: the hosts have databases of their own."""


class HostFailed(Exception):
    """A step of a stay ended with a traceback; the message is what it printed."""


@dataclass
class Stay:
    """What was seen in one host, step by step."""

    host: Host
    folder: Path

    def __getitem__(self, step: str) -> dict:
        return json.loads((self.folder / f"{step}.json").read_text(encoding="utf-8"))

    def run(self):
        """Go through all steps in a copy of the project. Raises ``HostFailed``."""
        ignored = shutil.ignore_patterns("__pycache__", "*.sqlite3", "*.db")
        shutil.copytree(self.host.folder, self.folder / "project", ignore=ignored)
        self.step("before")
        if edit := self.host.edit:
            self.step("refused", "settings_lpsa")
            self.replace(edit.file, edit.old, edit.new)
        self.step("here", "settings_lpsa")
        last = "settings_lpsa"
        if self.moves:
            last = self.host.moves_to
            self.step("moved", last)
        self.step("leaving", last)
        if edit := self.host.edit:
            self.replace(edit.file, edit.new, edit.old)
        self.step("after")

    def replace(self, file, old, new):
        path = self.folder / "project" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def moves(self) -> bool:
        """True if the host changes its settings while we are there."""
        return bool(self.host.moves_to) and is_installed(self.host.moving_needs)

    def step(self, name, settings="settings"):
        project = self.folder / "project"
        paths = dict.fromkeys(map(str, (project, PACKAGE, ROOT)))
        arguments = [self.host.name, name, self.folder / f"{name}.json"]
        done = subprocess.run(
            [sys.executable, "-m", "tests.hosts.stay", *arguments],
            cwd=project,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": f"{self.host.package}.{settings}",
                "PYTHONPATH": os.pathsep.join(paths),
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        if done.returncode:
            raise HostFailed(f"{self.host.name}, {name}:\n{done.stderr[-6000:]}")


def is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def missing(host: Host) -> list[str]:
    return [name for name in host.needs if not is_installed(name)]


@pytest.fixture(scope="session")
def stays(request, tmp_path_factory):
    """Start all hosts that the chosen tests ask for; a function that waits for one of them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hosts"
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        folder.mkdir()
    except FileExistsError:  # another worker is at it
        pass
    else:
        for host in asked_for(request.session.items):
            pool.submit(run, Stay(host, folder / host.name))
    yield lambda host: wait(Stay(host, folder / host.name))
    pool.shutdown()


def asked_for(items) -> list[Host]:
    names = [item.callspec.params.get("stay") for item in items if hasattr(item, "callspec")]
    return [HOSTS[name] for name in dict.fromkeys(names) if name and not missing(HOSTS[name])]


def run(stay: Stay):
    """Run a stay and leave a note how it ended."""
    stay.folder.mkdir()
    try:
        stay.run()
        failure = ""
    except Exception as error:
        failure = str(error) or repr(error)
    (stay.folder / "writing").write_text(failure, encoding="utf-8")
    (stay.folder / "writing").rename(stay.folder / "ended")


def wait(stay: Stay) -> Stay:
    patience = time.monotonic() + SECONDS
    while not (stay.folder / "ended").exists():
        if time.monotonic() > patience:
            raise HostFailed(f"{stay.host.name} did not come to an end.")
        time.sleep(0.2)
    if failure := (stay.folder / "ended").read_text(encoding="utf-8"):
        raise HostFailed(failure)
    return stay


@pytest.fixture
def stay(request):
    """What was seen in the host that the test is about, by name."""
    if os.environ.get("LPSA_TEST_POSTGRES"):
        pytest.skip("The hosts have databases of their own; the run on SQLite looks at them.")
    host = HOSTS[request.param]
    if lacking := missing(host):
        pytest.skip(f"{host.name} needs {', '.join(lacking)}")
    return request.getfixturevalue("stays")(host)
