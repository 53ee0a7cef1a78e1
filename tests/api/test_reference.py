"""docs/reference/api.md says what the API does: its examples run, and nothing is missing."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import time_machine
from django.db.models import QuerySet

from lpsa_wagtail import actions, conf, models
from lpsa_wagtail.api import errors
from lpsa_wagtail.api.rich_text import TAGS
from lpsa_wagtail.choices import Designation, GroupState
from tests import factories as make

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```text\nGET (\S+)\n```\n\n```json\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall(TEXT)


@pytest.fixture
@time_machine.travel("2024-03-01 09:00Z", tick=False)
def ids():
    """Make the content of the examples; gives the ids that the page calls 16, 17 and 18."""
    kenya = models.Interest.objects.filter(slug="kenya")
    group = make.group(
        title="Local Finance",
        slug="local-finance",
        designation=Designation.EXPERT_WORKING_GROUP,
        purpose="To share how local governments pay for what they do.",
        contact_email="finance@example.org",
        interests=kenya,
        partners=[models.WorkingGroupPartner(name="A partner", link="https://example.org/partner")],
    )
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(
        state=GroupState.ACTIVE, established_on=dt.date(2022, 10, 3)
    )
    make.MembershipFactory(
        member=make.MemberFactory(name="A. Sample"),
        group=group.record,
        organisation="City of Sample",
        accepted_at=dt.datetime(2022, 10, 4, tzinfo=dt.UTC),
    )
    post = make.post(
        group,
        title="Money follows function",
        slug="money-follows-function",
        subtitle="And rarely the other way",
        summary="What three cities did.",
        published_on=dt.date(2024, 2, 29),
        authors=[models.BlogPostAuthor(name="A. Sample", affiliation="City of Sample")],
        interests=kenya,
        body=[("paragraph", f'<p>See <a linktype="page" id="{group.pk}">the group</a>.</p>')],
    )
    person = {"name": "A. Sample", "affiliation": "", "role": "moderator"}
    webinar = make.webinar(
        group,
        title="Who pays for water?",
        slug="who-pays-for-water",
        format="open-meeting",
        series="Open meetings",
        starts_at=dt.datetime(2024, 3, 13, 13, tzinfo=dt.UTC),
        ends_at=dt.datetime(2024, 3, 13, 14, 30, tzinfo=dt.UTC),
        time_zone="America/New_York",
        languages="English, French (interpretation)",
        registration_url="https://example.org/register",
        agenda=[("row", {"title": "Opening", "contributors": [person]})],
        cities=[models.WebinarCity(time_zone="Africa/Nairobi")],
        co_hosts=[models.WebinarCoHost(name="A host")],
    )
    for model in (models.Change, models.Publication, models.PublicClock):
        QuerySet(model).delete()
    actions.note_public_changes(actor=None, paths=[group.path])
    return {16: group.pk, 17: post.pk, 18: webinar.pk}


@pytest.mark.parametrize(("path", "printed"), EXAMPLES, ids=[path for path, _json in EXAMPLES])
def test_examples_answer_as_printed(client, ids, path, printed):
    for called, pk in ids.items():
        path = path.replace(f"/{called}/", f"/{pk}/")
        printed = printed.replace(f'"id": {called},', f'"id": {pk},')

    assert client.get(f"/api/lpsa/v1/{path}").json() == json.loads(printed)


def sections():
    """Map heading → text below it."""
    parts = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


TABLE = re.compile(r"^\| parameter \| meaning \|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)


def parameters_in(section: str) -> set:
    """The parameters that the tables of a section describe."""
    rows = [row for table in TABLE.findall(section) for row in table.splitlines()]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split(" | ")[0])}


def test_every_address_and_parameter_is_described(client):
    described = sections()
    shared = parameters_in(described["Lists"])
    assert shared == {"fields", "rich_text", "cursor", "page", "page_size"}
    for path, methods in client.get("/api/lpsa/v1/openapi.json").json()["paths"].items():
        text = described[f"GET {path.removeprefix('/api/lpsa/v1/')}"]
        names = {p["name"] for p in methods["get"].get("parameters", []) if p["in"] == "query"}
        assert (path, parameters_in(text)) == (path, names - shared)


def test_every_kind_of_problem_is_described(client):
    rows = re.findall(r"^\| (\d+) \| `([\w-]+)` \|", sections()["Errors"], flags=re.MULTILINE)
    source = Path(errors.__file__).read_text(encoding="utf-8")

    said = re.findall(r'problem\(\s*(\d+), "([\w-]+)"', source)

    assert sorted(rows) == sorted(set(said))


def test_elements_and_settings_are_as_described():
    [elements] = re.findall(r"HTML has the elements `([^`]+)`", TEXT)
    settings = re.findall(r"^\| `(LPSA_\w+)` \| `(\d+)` \|", TEXT, flags=re.MULTILINE)

    assert set(elements.split()) == TAGS
    assert {name: int(value) for name, value in settings} == {
        name: value for name, value in conf.DEFAULTS.items() if name.startswith("LPSA_API_")
    }
