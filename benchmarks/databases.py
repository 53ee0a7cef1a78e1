"""The databases to measure in, each new and thrown away afterwards."""

import json
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.components import POSTGRES
from tools.postgres import cluster

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
#: As in the example site; what is written need not outlive the machine.
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
}


@contextmanager
def databases(folder: Path, kinds, sizes):
    """Yield a map (kind, size) → environment of a process that works in that database.

    A kind that is not at hand is said to be missing, and left out.
    """
    found = {}
    with ExitStack() as stack:
        if SQLITE in kinds:
            found |= {(SQLITE, size): _sqlite(folder, size) for size in sizes}
        if POSTGRESQL in kinds and not POSTGRES.found:
            print(f"NOT MEASURED: {POSTGRES.missing}", file=sys.stderr)
        elif POSTGRESQL in kinds:
            server = stack.enter_context(cluster())
            found |= {(POSTGRESQL, size): _postgres(server, folder, size) for size in sizes}
        yield found


def _environ(folder: Path, name: str, **database) -> dict:
    database["CONN_MAX_AGE"] = None
    media = str(folder / f"media-{name}")
    return {"LPSA_BENCH_DATABASE": json.dumps(database), "LPSA_BENCH_MEDIA": media}


def _sqlite(folder: Path, size: int) -> dict:
    return _environ(
        folder,
        f"sqlite-{size}",
        ENGINE="django.db.backends.sqlite3",
        NAME=str(folder / f"{size}.sqlite3"),
        OPTIONS=_SQLITE_OPTIONS,
    )


def _postgres(server: str, folder: Path, size: int) -> dict:
    import psycopg

    name, account = f"bench_{size}", {"USER": "lpsa", "HOST": server}
    with psycopg.connect(
        host=server, user="lpsa", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _environ(
        folder, f"postgres-{size}", ENGINE="django.db.backends.postgresql", NAME=name, **account
    )
