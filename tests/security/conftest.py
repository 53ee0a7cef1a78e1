import os

import pytest
from django.db import connection

from tests.security import figures

#: Only PostgreSQL lets two write at once.
RACES = ["test_races.py", "test_following.py"]
collect_ignore = [] if os.environ.get("LPSA_TEST_POSTGRES") else RACES


@pytest.fixture
def noted(record_property):
    """Keep the figures of a test for the summary and for the document."""

    def note(kind, name, **numbers):
        database = figures.database(connection)
        record_property(figures.NAME, {"kind": kind, "name": name, "database": database, **numbers})

    return note


def pytest_terminal_summary(terminalreporter):
    """Print what was noted, and keep it as JSON where ``LPSA_TEST_FIGURES`` says."""
    reports = [
        report for key in ("passed", "failed") for report in terminalreporter.getreports(key)
    ]
    found = figures.of_reports(reports)
    if found:
        terminalreporter.section("security")
        terminalreporter.write_line(figures.tables(found))
    if file := os.environ.get("LPSA_TEST_FIGURES"):
        figures.keep(found, file)
