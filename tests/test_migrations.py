"""Migrations fit every host, and take no lock that a site in use would feel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent
HOST = ROOT / "tests" / "hosts" / "members_portal"
FIRST = "0001_initial"

FEW_ROWS = "some twenty rows, which only setup and teardown read and write"
SHORT = "an index of one table of posts: 10,000 rows take a moment, and reading goes on"
#: (migration, what the linter calls it) → why it is all right.
ACCEPTED = {
    ("0002_install_records_of_sites", "ADD_UNIQUE"): FEW_ROWS,
    ("0002_install_records_of_sites", "CREATE_INDEX"): FEW_ROWS,
    ("0002_install_records_of_sites", "CREATE_INDEX_EXCLUSIVE"): FEW_ROWS,
    ("0002_install_records_of_sites", "DROP_INDEX"): FEW_ROWS,
    ("0008_posts_by_date", "CREATE_INDEX"): SHORT,
}


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_say_so_too_where_the_host_has_its_own_user_image_and_document(tmp_path):
    project = shutil.copytree(HOST, tmp_path / "project")
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=project,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings_lpsa",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
    )

    assert (done.stdout, done.returncode) == ("No changes detected\n", 0), done.stderr


def new_migrations() -> list:
    """Our migrations after the first, which makes tables that nobody uses yet."""
    ours = MigrationLoader(connection).disk_migrations.items()
    return [migration for (app, name), migration in ours if app == "lpsa_wagtail" and name != FIRST]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="locks are judged on PostgreSQL")
def test_new_migrations_neither_lock_tables_nor_break_the_version_before():
    from django_migration_linter import MigrationLinter, analyse_sql_statements

    linter = MigrationLinter(no_cache=True, no_output=True)
    found = {}
    for migration in new_migrations():
        sql = linter.get_sql("lpsa_wagtail", migration.name)
        about_sql = analyse_sql_statements(linter.sql_analyser_class, sql)
        about_code = linter.analyse_data_migration(migration)
        for issue in (issue for part in (*about_sql, *about_code) for issue in part):
            found[migration.name, issue.code] = f"{issue.message}, table {issue.table or '?'}"

    new = [f"{key}: {found[key]}" for key in found if key not in ACCEPTED]
    assert new == [], "make it otherwise, or accept it here with the reason"
    assert set(ACCEPTED) - set(found) == set(), "accepted, but not there"
