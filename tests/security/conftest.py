import os

import pytest

#: Only PostgreSQL lets two write at once.
collect_ignore = [] if os.environ.get("LPSA_TEST_POSTGRES") else ["test_races.py"]


@pytest.fixture
def noted(record_property):
    """Keep the figures of a test for the summary and for the document."""

    def note(kind, name, **figures):
        record_property("security", {"kind": kind, "name": name, **figures})

    return note
