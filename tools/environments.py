"""Virtual environments inside the repository. Standard library only, nothing installed globally."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PIP = (22, 3)  # the first that installs into another environment


class Environment:
    """A virtual environment, made when first needed and kept as long as it fits.

    ``pins`` are requirements that narrow what pyproject.toml allows.
    """

    def __init__(self, name: str = ".venv", pins: tuple[str, ...] = ()):
        self.folder = ROOT / name
        self.pins = pins
        self.python = self.folder / "bin" / "python"

    def ready(self, *extras: str) -> "Environment":
        """Install the package (editable) with its ``extras``, unless that is done already."""
        wanted = sorted(extras)
        stamp = self._stamp()
        if stamp and stamp["for"] == self._fingerprint() and set(wanted) <= set(stamp["extras"]):
            return self
        if stamp and stamp["python"] == self._version():
            wanted = sorted({*wanted, *stamp["extras"]})
        else:
            self._make()
        self._install(wanted)
        record = {"for": self._fingerprint(), "python": self._version(), "extras": wanted}
        self._stamp_file.write_text(json.dumps(record), encoding="utf-8")
        return self

    def run(self, *command, **environ: str) -> int:
        """Run a Python command of this environment in the repository's folder; its exit code.

        When this is interrupted, the command ends first, in its own way.
        """
        child = subprocess.Popen([self.python, *command], cwd=ROOT, env=self._environ(environ))
        try:
            return child.wait()
        except KeyboardInterrupt:  # the command has got it, too
            child.wait()
            raise
        except BaseException:
            child.terminate()
            child.wait()
            raise

    def become(self, *command, **environ: str) -> NoReturn:
        """Replace this process with a Python command of this environment."""
        os.chdir(ROOT)
        os.execve(self.python, [str(self.python), *command], self._environ(environ))

    def _environ(self, changes: dict) -> dict:
        path = os.pathsep.join([str(self.folder / "bin"), os.environ.get("PATH", os.defpath)])
        return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(self.folder), **changes}

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "installed.json"

    def _stamp(self) -> dict | None:
        if not (self.python.exists() and self._stamp_file.exists()):
            return None
        return json.loads(self._stamp_file.read_text(encoding="utf-8"))

    def _fingerprint(self) -> str:
        """Changes when other packages, or the same for another Python, have to be installed."""
        parts = [str(ROOT), self._version(), *self.pins]
        content = (ROOT / "pyproject.toml").read_bytes() + "\n".join(parts).encode()
        return hashlib.sha256(content).hexdigest()

    @staticmethod
    def _version() -> str:
        return "{}.{}".format(*sys.version_info)

    def _make(self) -> None:
        say(f"Making the virtual environment {self.folder.name} with Python {self._version()}.")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        options = ["--without-pip"] if _own_pip() >= OLDEST_PIP else []
        made = subprocess.run([sys.executable, "-m", "venv", *options, self.folder])
        if made.returncode:
            sys.exit("That failed. This Python needs pip; on Debian: apt-get install python3-pip")

    def _install(self, extras: list[str]) -> None:
        say("Installing the package and what it needs. This takes a minute or two.")
        if _own_pip() >= OLDEST_PIP:
            pip = [sys.executable, "-m", "pip", "--python", self.python]
        else:
            pip = [self.python, "-m", "pip"]
        package = f".[{','.join(extras)}]" if extras else "."
        quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
        done = subprocess.run(
            [*pip, "install", *quiet, "--editable", package, *self.pins], cwd=ROOT
        )
        if done.returncode:
            sys.exit("The installation failed; the reason is above. Run the same command again.")


def _own_pip() -> tuple[int, ...]:
    """Version of the pip of the Python that runs this; (0,) without one."""
    found = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True
    )
    version = re.match(r"pip (\d+)\.(\d+)", found.stdout)
    return tuple(int(part) for part in version.groups()) if version else (0,)


def say(line: str) -> None:
    print(f"→ {line}", flush=True)
