"""Wagtail's own APIs show our pages too, and no more of them than we declare."""

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.compat import WAGTAIL_8
from tests import factories as make

pytestmark = pytest.mark.urls("tests.api.urls_of_wagtail")
VERSIONS = ["v2", pytest.param("v3", marks=pytest.mark.skipif(not WAGTAIL_8, reason="8 only"))]

COMMON = {"id", "meta", "title"}
PICTURE = {"lead_image", "lead_image_alt"}
SHOWN = {
    models.WorkingGroupPage: COMMON
    | PICTURE
    | {"designation_label", "focus", "purpose", "body", "interests", "partners"}
    | {"contact_email", "how_to_join", "terms_of_reference"},
    models.BlogPost: COMMON
    | PICTURE
    | {"subtitle", "summary", "body", "interests", "authors", "listed_on"}
    | {"original_source_name", "original_source_url"},
    models.Webinar: COMMON
    | PICTURE
    | {"format", "series", "summary", "body", "agenda", "mode", "languages", "interests"}
    | {"starts_at", "ends_at", "time_zone", "status", "venue", "cities", "co_hosts"}
    | {"registration_url", "recording_url", "attendance"},
}


@pytest.fixture
def pages():
    words = models.Interest.objects.filter(slug="kenya")
    group = make.group(
        slug="finance",
        interests=words,
        partners=[models.WorkingGroupPartner(name="A partner", link="https://example.org/")],
    )
    post = make.post(
        group, interests=words, authors=[models.BlogPostAuthor(name="A", affiliation="B")]
    )
    models.BlogPostAuthor.objects.update(member=make.MemberFactory(name="canary"))
    webinar = make.webinar(
        group,
        interests=words,
        cities=[models.WebinarCity(time_zone="Asia/Tokyo")],
        co_hosts=[models.WebinarCoHost(name="A host")],
    )
    return {type(page): page for page in (group, post, webinar)}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("model", SHOWN)
def test_a_page_shows_what_we_declare(client, pages, version, model):
    answer = client.get(f"/api/{version}/pages/{pages[model].pk}/")

    assert answer.status_code == 200
    assert set(answer.json()) == SHOWN[model]
    assert answer.json()["interests"] == ["Kenya"]
    assert "canary" not in answer.content.decode()


def bare(rows):
    """Rows of a child relation without their id and type."""
    return [{key: row[key] for key in row if key not in ("id", "meta")} for row in rows]


@pytest.mark.parametrize("version", VERSIONS)
def test_rows_of_a_page_show_what_we_declare(client, pages, version):
    def rows(model, name):
        return bare(client.get(f"/api/{version}/pages/{pages[model].pk}/").json()[name])

    assert rows(models.BlogPost, "authors") == [{"name": "A", "affiliation": "B"}]
    assert rows(models.Webinar, "cities") == [{"time_zone": "Asia/Tokyo"}]
    assert rows(models.Webinar, "co_hosts") == [{"name": "A host", "link": ""}]
    assert rows(models.WorkingGroupPage, "partners") == [
        {"name": "A partner", "link": "https://example.org/", "logo": None}
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_drafts_stay_in(client, pages, version):
    draft = make.draft(make.BlogPostFactory, pages[models.WorkingGroupPage], title="canary")
    group = make.fresh(pages[models.WorkingGroupPage])
    group.title = "canary"
    group.save_revision()

    listed = client.get(f"/api/{version}/pages/")
    one = client.get(f"/api/{version}/pages/{group.pk}/")

    assert client.get(f"/api/{version}/pages/{draft.pk}/").status_code == 404
    assert (listed.status_code, one.status_code) == (200, 200)
    assert "canary" not in listed.content.decode() + one.content.decode()


@pytest.mark.parametrize("model", SHOWN)
def test_the_list_of_v2_can_show_all_fields(client, pages, model):
    answer = client.get("/api/v2/pages/", {"type": model._meta.label, "fields": "*"})

    [listed] = answer.json()["items"]
    assert set(listed) == SHOWN[model]


def test_both_apis_describe_themselves_side_by_side(client, pages):
    assert client.get("/api/lpsa/v1/openapi.json").status_code == 200
    if WAGTAIL_8:
        assert client.get("/api/v3/openapi.json").status_code == 200
