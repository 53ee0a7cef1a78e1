"""Programs of others, made from the API's description and run against a server that runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TYPESCRIPT, PYTHON = HERE / "typescript", HERE / "python"
SECONDS = 300


def run(script: str, folder: Path, **environ: str) -> str:
    """Run a script in a folder, with the programs of this Python's environment at hand.

    Returns what it printed; fails with it if a line of the script failed.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-euc", script],
        cwd=folder,
        env={**os.environ, "PATH": path, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def packages() -> Path:
    """What npm installs for the front end: as the lock file says, once."""
    lock, installed = TYPESCRIPT / "package-lock.json", TYPESCRIPT / "node_modules"
    kept = installed / ".installed"
    if not kept.exists() or kept.read_bytes() != lock.read_bytes():
        run("npm ci --no-audit --no-fund", TYPESCRIPT)
        shutil.copy(lock, kept)
    return installed


@pytest.fixture(scope="session")
def front_end(packages, live_server, tmp_path_factory) -> Path:
    """A folder with the front end, its types made from the running server, compiled."""
    folder = tmp_path_factory.mktemp("front-end") / "typescript"
    shutil.copytree(TYPESCRIPT, folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(packages)
    types, compile, _build = (folder / "build.sh").read_text(encoding="utf-8").splitlines()
    run(f"{types}\n{compile}", folder, CMS=live_server.url)
    return folder


@pytest.fixture(scope="session")
def python_client(live_server, tmp_path_factory) -> Path:
    """A folder with the Python client, made from the running server, and what reads with it."""
    folder = tmp_path_factory.mktemp("client") / "python"
    shutil.copytree(PYTHON, folder)
    run((folder / "generate.sh").read_text(encoding="utf-8"), folder, CMS=live_server.url)
    return folder
