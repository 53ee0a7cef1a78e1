"""One step of our stay in a host: ``python -m tests.hosts.stay HOST STEP FILE``.

Runs in the host's folder with the host's settings, and writes what it saw as JSON into FILE.
"""

import json
import sys
from pathlib import Path

import django

from tests.hosts.hosts import HOSTS


def main(name: str, step: str, file: str) -> None:
    django.setup()
    from tests.hosts import steps  # needs Django to be ready

    found = getattr(steps, step)(HOSTS[name])
    Path(file).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
