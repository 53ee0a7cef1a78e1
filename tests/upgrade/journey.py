"""One upgrade and its way back: ``python -m tests.upgrade.journey STATE FILE``.

In a database of its own. Notes what it sees as JSON in FILE; judging is the tests' business.
"""

import io
import json
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command


def go(name: str) -> dict:
    """From the kept state to the newest, back, forward again, and out altogether."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    from tests.upgrade.facts import board_decides, facts, health, not_on_the_desk
    from tests.upgrade.states import APP, State

    state = State.of(name)
    state.fill()
    seen = {"rows filled": state.rows_of_ours_now()}
    migrate()
    seen |= {"facts": facts(), "health": health()}
    seen["not on the desk"] = not_on_the_desk()
    migrate(APP, name)
    seen["rows after going back"] = state.rows_of_ours_now()
    migrate()
    seen |= {"facts again": facts(), "health again": health()}
    seen["setups"] = [said("lpsa_setup"), said("lpsa_setup")]
    seen["facts after setup"] = facts()
    seen["decided"] = board_decides(get_user_model().objects.get(username="boardchair"))
    migrate(APP, "zero")
    tables = connection.introspection.table_names()
    seen["tables left"] = [table for table in tables if table.startswith(f"{APP}_")]
    return seen


def migrate(*target) -> None:
    call_command("migrate", *target, verbosity=0, interactive=False)


def said(command) -> str:
    output = io.StringIO()
    call_command(command, stdout=output)
    return output.getvalue()


def use_an_empty_database(name: str) -> None:
    """On PostgreSQL: make it. On SQLite the settings name a file that is not there yet."""
    socket_folder = os.environ.get("LPSA_TEST_POSTGRES")
    if not socket_folder:
        return
    import psycopg
    from django.db import connection

    with psycopg.connect(host=socket_folder, user="lpsa", dbname="postgres") as server:
        server.autocommit = True
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name


def main(name: str, file: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    use_an_empty_database(f"upgrade_{name}")
    Path(file).write_text(json.dumps(go(name)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
