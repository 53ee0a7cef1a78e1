"""Our answers in Wagtail's API v3: the same, beside Wagtail's own."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lpsa_wagtail import models
from lpsa_wagtail.api import wagtail_v3
from lpsa_wagtail.api.application import build
from lpsa_wagtail.compat import WAGTAIL_8
from lpsa_wagtail.models import previewing
from tests import factories as make

OURS, THEIRS = "/api/lpsa/v1/", "/api/v3/lpsa/"

on_wagtail_8 = pytest.mark.skipif(not WAGTAIL_8, reason="Wagtail 8 brought v3")
on_wagtail_7 = pytest.mark.skipif(WAGTAIL_8, reason="Wagtail 7.4 has no v3")
both_mounts = pytest.mark.urls("tests.api.urls_of_wagtail")


@pytest.fixture
def paths():
    """An address of every kind of answer and refusal."""
    words = models.Interest.objects.filter(slug="kenya")
    group = make.group(slug="finance", interests=words)
    posts = [make.post(group, interests=words) for _each in range(2)]
    webinar = make.webinar(group)
    draft = make.draft(make.BlogPostFactory, group)
    token = previewing.token_for(draft.latest_revision)
    return [
        *("groups/", "groups/finance/", "groups/finance", "posts/", "posts", "posts/?page_size=1"),
        *(f"posts/{posts[0].pk}/", f"webinars/{webinar.pk}/", "webinars/", "interests/kenya/"),
        *("posts/?topic=no", "posts/?x=1", "posts/?page=9", f"posts/{draft.pk}/", "groups/no/"),
        *(f"preview/?token={token}", "preview/?token=x", "preview/"),
    ]


@on_wagtail_8
@both_mounts
def test_both_places_say_the_same(client, paths):
    def told(prefix):
        """Status, type and bytes of each answer, addresses below the prefix taken as the same."""
        answers = [client.get(f"{prefix}{path}") for path in paths]
        return [
            (one.status_code, one["Content-Type"], one.content.replace(prefix.encode(), b"~"))
            for one in answers
        ]

    ours = told(OURS)

    assert told(THEIRS) == ours
    assert {status for status, _type, _content in ours} == {200, 400, 403, 404}


@on_wagtail_8
@both_mounts
def test_a_head_answers_in_both_places(client, paths):
    for prefix in (OURS, THEIRS):
        assert client.head(f"{prefix}posts/").status_code == 200


def references(shape):
    if isinstance(shape, dict):
        yield from ([shape["$ref"]] if "$ref" in shape else ())
        shape = list(shape.values())
    if isinstance(shape, list):
        for item in shape:
            yield from references(item)


def operations(document):
    return [at for path in document["paths"].values() for at in path.values()]


@on_wagtail_8
@both_mounts
def test_their_description_has_ours_in_it_and_nothing_clashes(client):
    ours = client.get(f"{OURS}openapi.json").json()
    both = client.get("/api/v3/openapi.json").json()

    assert both["openapi"] == ours["openapi"] == "3.1.0"
    for path, methods in ours["paths"].items():
        assert both["paths"][path.replace(OURS, THEIRS)] == methods
    components = both["components"]["schemas"]
    assert {name: components[name] for name in ours["components"]["schemas"]} == (
        ours["components"]["schemas"]
    )
    assert {name.rpartition("/")[2] for name in references(both)} <= set(components)
    names = [operation["operationId"] for operation in operations(both)]
    assert len(set(names)) == len(names)


@on_wagtail_8
@both_mounts
def test_none_of_their_names_is_one_of_ours(client):
    """Ninja lets the later of two components with one name win, without a word."""
    from ninja import NinjaAPI
    from wagtail.api.v3 import api as theirs

    alone = NinjaAPI(urls_namespace="wagtail-alone")
    for prefix, router in theirs.api._routers:
        if not prefix.startswith("/lpsa/"):
            alone.add_router(prefix, router)
    described = [api.get_openapi_schema(path_prefix="") for api in (alone, build())]
    wagtails, ours = ({*one["components"]["schemas"]} for one in described)
    operation_ids = [{one["operationId"] for one in operations(each)} for each in described]

    assert wagtails & ours == set()
    assert operation_ids[0] & operation_ids[1] == set()


@on_wagtail_8
@both_mounts
@pytest.mark.parametrize("prefix", ["pages", "snippets", "a/b", "/lpsa/", "", "ü ü"])
def test_a_prefix_that_cannot_be_is_refused(client, prefix):
    client.get("/api/v3/openapi.json")
    with pytest.raises(ImproperlyConfigured, match="the prefix is one word"):
        wagtail_v3.add_to_wagtail(prefix)


@on_wagtail_8
@both_mounts
def test_too_late_is_said(client):
    client.get("/api/v3/openapi.json")
    with pytest.raises(ImproperlyConfigured, match=r"before api\.urls"):
        wagtail_v3.add_to_wagtail("late")

    wagtail_v3.add_to_wagtail("lpsa")  # it is there


@on_wagtail_7
def test_without_v3_it_says_what_to_do_instead():
    with pytest.raises(ImproperlyConfigured, match=r"Include lpsa_wagtail\.api\.urls instead"):
        wagtail_v3.add_to_wagtail()
