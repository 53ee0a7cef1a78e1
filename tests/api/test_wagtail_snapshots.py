"""All that Wagtail's own APIs tell of a group, a post and a webinar, kept per version of Wagtail.

A field that appears by itself, ours or Wagtail's, is a difference here. To write the files anew
after a change that is meant, run these tests with ``LPSA_TEST_SNAPSHOTS=write``; then read them.
"""

import datetime as dt
import json
import os
import re
from pathlib import Path

import pytest
import time_machine

from lpsa_wagtail import actions, models
from lpsa_wagtail.compat import WAGTAIL_8
from tests import factories as make

pytestmark = pytest.mark.urls("tests.api.urls_of_wagtail")

FOLDER = Path(__file__).parent / "snapshots"
WAGTAIL = "8" if WAGTAIL_8 else "7.4"
VERSIONS = ["v2", pytest.param("v3", marks=pytest.mark.skipif(not WAGTAIL_8, reason="8 only"))]
ROW = {
    "title": "Opening",
    "contributors": [{"name": "Ama", "affiliation": "The County", "role": "moderator"}],
    "recording_url": "https://video.example.org/",
}
#: What differs from run to run → what stands for it.
PASSING = (
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>"),
    (r"/(images|original_images|documents)/[^\"\s]+", r"/\1/<file>"),
    (r'(linktype="\w+" id|id)="\d+"', r'\1="<id>"'),
)


def body(group):
    link = f'<p>See <a linktype="page" id="{group.pk}">the group</a>.</p>'
    return [
        ("heading", "What was found"),
        ("paragraph", link),
        ("figure", {"image": make.image(title="A pier"), "caption": "A pier", "credit": "Ama"}),
        ("quote", {"text": "It holds.", "source": "An engineer"}),
        ("document", {"document": make.document(title="Report"), "description": "One page"}),
    ]


@pytest.fixture
def pages():
    """A group, a post and a webinar with everything that they can have."""
    with time_machine.travel(dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC), tick=False):
        words = models.Interest.objects.filter(slug="kenya")
        group = make.group(
            title="Finance",
            slug="finance",
            interests=words,
            lead_image=make.image(title="Coins"),
            lead_image_alt="Coins",
            terms_of_reference=make.document(title="Terms"),
            contact_email="finance@example.org",
            how_to_join="Write to us.",
            partners=[
                models.WorkingGroupPartner(
                    name="Towns United", link="https://example.org/", logo=make.image(title="Logo")
                )
            ],
        )
        group.body = body(group)
        group.save_revision()
        group = actions.install_page(actor=None, page=group)
        post = make.post(
            group,
            title="Bridges",
            slug="bridges",
            subtitle="What it took",
            interests=words,
            lead_image=make.image(title="A bridge"),
            lead_image_alt="A bridge",
            authors=[models.BlogPostAuthor(name="Ama", affiliation="The County")],
            joint_groups=[group],
            original_source_name="The Paper",
            original_source_url="https://paper.example.org/",
            body=body(group),
        )
        webinar = make.webinar(
            group,
            title="Water",
            slug="water",
            series="Rivers",
            summary="Bring a question.",
            interests=words,
            lead_image=make.image(title="A river"),
            slides=make.document(title="Slides"),
            registration_url="https://register.example.org/",
            recording_url="https://video.example.org/",
            attendance=12,
            languages="English, French",
            agenda=[("row", ROW)],
            cities=[models.WebinarCity(time_zone="Asia/Tokyo")],
            co_hosts=[models.WebinarCoHost(name="Hills", link="https://hills.example.org/")],
            joint_groups=[group],
            body=body(group),
        )
    return {"group": group, "post": post, "webinar": webinar}


def asked(version, pages):
    """Map a name for each answer → its address."""
    found = {}
    for name, page in pages.items():
        of_type = f"/api/{version}/pages/?type={page._meta.label}"
        one = f"/api/{version}/pages/{page.pk}/"
        found |= {f"{name} in a list": of_type, name: one}
        if version == "v2":
            found |= {
                f"{name} in a list, fields=*": f"{of_type}&fields=*",
                f"{name}, fields=*": f"{one}?fields=*",
            }
    return found


def stable(value, names, inside=""):
    """The answer with a name for each id: the type of the thing, and which of its kind it is."""
    if isinstance(value, dict):
        kind = value.get("meta", {}).get("type", "") if isinstance(value.get("meta"), dict) else ""
        return {key: stable(item, names, kind or key) for key, item in value.items()} | (
            {"id": names(kind, value["id"])} if kind and isinstance(value.get("id"), int) else {}
        )
    if isinstance(value, list):
        return [stable(item, names, inside) for item in value]
    if inside in ("image", "document") and isinstance(value, int):
        return names(inside, value)
    if isinstance(value, str):
        value = re.sub(r"/pages/\d+/", "/pages/<id>/", value)
        for pattern, name in PASSING:
            value = re.sub(pattern, name, value)
    return value


def numbering():
    known: dict = {}

    def name(kind, pk):
        of_kind = known.setdefault(kind, [])
        if pk not in of_kind:
            of_kind.append(pk)
        return f"<{kind} {of_kind.index(pk) + 1}>"

    return name


@pytest.mark.parametrize("version", VERSIONS)
def test_they_tell_exactly_this(client, pages, version):
    names = numbering()
    told = {
        name: stable(client.get(address).json(), names)
        for name, address in asked(version, pages).items()
    }

    file = FOLDER / f"{version}-on-wagtail-{WAGTAIL}.json"
    if os.environ.get("LPSA_TEST_SNAPSHOTS") == "write":
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(told, indent=1, ensure_ascii=False)
        file.write_text(f"{text}\n", encoding="utf-8")
    assert told == json.loads(file.read_text(encoding="utf-8"))
