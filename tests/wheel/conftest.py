"""The package as others get it: built, and installed by the README into empty environments."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from dev import CELLS
from tests.wheel import readme

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
#: What is asked of pip beside the package: nothing, or an older Wagtail.
VERSIONS = {"7.4": CELLS["oldest"].pins, "8": ("wagtail==8.*",)}


@pytest.fixture(autouse=True)
def _everything_uses_the_database():
    """Not here: a new project has a database of its own."""


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A folder with the wheel and the sdist of which it was made."""
    folder = tmp_path_factory.mktemp("built")
    ran(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(built) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def sdist(built) -> Path:
    (found,) = built.glob("*.tar.gz")
    return found


def ran(*command, **options) -> str:
    """Run a command and return what it printed; if it fails, the test fails with all of it."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        told = f"{' '.join(map(str, command))}\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
        pytest.fail(told, pytrace=False)
    return done.stdout


class Project:
    """A project of ``wagtail start`` in an environment with our package and nothing else."""

    def __init__(self, folder: Path):
        self.folder = folder / "mysite"
        self.bin = folder / "environment" / "bin"
        left_out = {"PYTHONPATH", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV", "LPSA_TEST_POSTGRES"}
        self.environ = {name: os.environ[name] for name in os.environ if name not in left_out}
        self.environ["PATH"] = f"{self.bin}{os.pathsep}{os.environ['PATH']}"

    def start(self, *requirements) -> None:
        ran(sys.executable, "-m", "venv", "--without-pip", self.bin.parent)
        self.pip("install", "--quiet", *requirements)
        self.folder.mkdir()
        ran(self.bin / "wagtail", "start", "mysite", self.folder, env=self.environ)

    def pip(self, *arguments) -> str:
        return ran(sys.executable, "-m", "pip", "--python", self.bin / "python", *arguments)

    def run(self, *arguments) -> str:
        return ran(self.bin / "python", *arguments, cwd=self.folder, env=self.environ)

    def manage(self, *arguments) -> str:
        return self.run("manage.py", *arguments)

    def insert(self, file: str, block: str) -> None:
        """Put what the README shows into the list of this name."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        path.write_text(readme.with_addition(text, block), encoding="utf-8")


@pytest.fixture(scope="session", params=VERSIONS, ids=lambda version: f"wagtail-{version}")
def project(request, wheel, tmp_path_factory) -> Project:
    """A new project that went through the README's steps."""
    project = Project(tmp_path_factory.mktemp("project"))
    assert readme.is_to_install("lpsa_wagtail")
    project.start(wheel, *VERSIONS[request.param])
    project.insert("mysite/settings/base.py", readme.block(2))
    project.insert("mysite/urls.py", readme.block(3))
    for command in readme.commands(4):
        project.manage(*command)
    return project


class Visitor:
    def __init__(self, address: str):
        self.address = address

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of the answer, redirects followed."""
        try:
            with urlopen(self.address + path, timeout=30) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as refusal:
            return refusal.code, refusal.read().decode(errors="replace")


@pytest.fixture(scope="session")
def visitor(project):
    """Somebody at a server that runs the project, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = "127.0.0.1:{1}".format(*probe.getsockname())
    command = [project.bin / "python", "manage.py", "runserver", "--noreload", address]
    log = project.folder / "server.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=project.folder, env=project.environ, stdout=output, stderr=output
        )
    try:
        wait_for(server, f"http://{address}", log)
        yield Visitor(f"http://{address}")
    finally:
        server.terminate()
        server.wait()


def wait_for(server, address, log):
    patience = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < patience:
        try:
            urlopen(address, timeout=30).close()
        except HTTPError:
            return
        except URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The server did not start.\n{log.read_text()[-6000:]}", pytrace=False)
