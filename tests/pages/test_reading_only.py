"""A visit writes nothing: some hosts serve visitors from a copy that can only be read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lpsa_wagtail.models import WorkingGroupSettings
from tests import factories as make

READING = ("SELECT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def addresses():
    group = make.group()
    pages = (group, make.post(group), make.webinar(group))
    lists = ("/working-groups/", "/blog/", "/webinars/")
    answers = ("groups", "posts", "webinars", "interests")
    return [
        *(page.url for page in pages),
        *lists,
        *(f"/api/lpsa/v1/{name}/" for name in answers),
    ]


def test_no_visit_writes(client, addresses):
    WorkingGroupSettings.objects.all().delete()

    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        statements = [row["sql"].lstrip("(") for row in queries]  # PostgreSQL: (SELECT …) UNION
        written = [sql for sql in statements if not sql.startswith(READING)]
        assert (address, written) == (address, [])
