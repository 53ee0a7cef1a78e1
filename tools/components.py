"""The browser and the database server of the tests: finding them, installing them on Debian."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.environments import say
from tools.postgres import binaries

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """Path of a Chromium: ``LPSA_TEST_BROWSER`` if set, else one of the system's."""
    if chosen := os.environ.get("LPSA_TEST_BROWSER"):
        return chosen if Path(chosen).exists() else None
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass(frozen=True)
class Component:
    """A program that some tests need; ``package`` is its name on Debian."""

    name: str
    package: str
    tests: str

    @property
    def found(self) -> bool:
        return bool(find_browser() if self is BROWSER else binaries())

    @property
    def missing(self) -> str:
        return f"{self.tests}: {self.name} is missing (on Debian: apt-get install {self.package})"


BROWSER = Component("Chromium", "chromium", "The journeys in a browser")
POSTGRES = Component("PostgreSQL", "postgresql", "Everything on PostgreSQL")


def install_missing(*components: Component) -> None:
    """Install what is missing from the system's packages, if this is root on Debian.

    The only thing that is ever installed outside the repository's folder.
    """
    packages = [component.package for component in components if not component.found]
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing from the system's packages: {', '.join(packages)}.")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "--quiet"], install):
        if subprocess.run(command, env=environ, stdin=subprocess.DEVNULL).returncode:
            say(f"“{' '.join(command)}” failed; the tests go on without.")
            return
