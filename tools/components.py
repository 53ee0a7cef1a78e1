"""What tests need besides Python packages: finding it, installing it on Debian."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.environments import say
from tools.postgres import binaries

OLDEST_NODE = 18
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """Path of a Chromium: ``LPSA_TEST_BROWSER`` if set, else one of the system's."""
    if chosen := os.environ.get("LPSA_TEST_BROWSER"):
        return chosen if Path(chosen).exists() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def find_node() -> str | None:
    """Path of a Node.js that is new enough and has npm beside it."""
    node = shutil.which("node")
    if not (node and shutil.which("npm")):
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return node if int(version.lstrip("v").partition(".")[0] or 0) >= OLDEST_NODE else None


@dataclass(frozen=True)
class Component:
    """A program that some tests need; ``package`` is what it is called on Debian."""

    name: str
    package: str
    tests: str
    find: Callable[[], object]

    @property
    def found(self) -> bool:
        return bool(self.find())

    @property
    def missing(self) -> str:
        return f"{self.tests}: {self.name} is missing (on Debian: apt-get install {self.package})"


BROWSER = Component("Chromium", "chromium", "The journeys in a browser", find_browser)
POSTGRES = Component("PostgreSQL", "postgresql", "Everything on PostgreSQL", binaries)
NODE = Component(f"Node.js {OLDEST_NODE} with npm", "nodejs npm", "The clients", find_node)


def install_missing(*components: Component) -> None:
    """Install what is missing from the system's packages, if this is root on Debian.

    The only thing that is ever installed outside the repository's folder.
    """
    missing = [component for component in components if not component.found]
    packages = [package for component in missing for package in component.package.split()]
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing from the system's packages: {', '.join(packages)}.")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "--quiet"], install):
        if subprocess.run(command, env=environ, stdin=subprocess.DEVNULL).returncode:
            say(f"“{' '.join(command)}” failed; the tests go on without.")
            return
