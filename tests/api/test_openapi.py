"""The API describes itself: every address, parameter, answer and refusal, all typed."""

import pytest
from django.urls import reverse

from lpsa_wagtail.api import groups, posts, webinars
from lpsa_wagtail.blocks import BodyBlock
from lpsa_wagtail.models.listings import GroupListing, PeopleListing, PostListing, WebinarListing

PATHS = {
    "groups/": "GroupList",
    "groups/{slug}/": "Group",
    "posts/": "PostList",
    "posts/{post_id}/": "Post",
    "webinars/": "WebinarList",
    "webinars/{webinar_id}/": "Webinar",
    "series/": "SeriesList",
    "interests/": "InterestList",
    "interests/{slug}/": "Interest",
    "people/": "PeopleList",
    "search/": "SearchResults",
    "navigation/": "Navigation",
    "changes/": "ChangeList",
    "preview/": "Preview",
}
#: What answers 410 once its group was dissolved.
MAY_BE_GONE = ("groups/{slug}/", "posts/{post_id}/", "webinars/{webinar_id}/")
#: What is refused to who has no right to it.
MAY_BE_REFUSED = ("preview/",)
REFUSED = {"403": {"application/problem+json": "#/components/schemas/Problem"}}
GONE = {"410": {"application/problem+json": "#/components/schemas/Problem"}}
LIST, NUMBERED = ("fields", "rich_text", "cursor", "page", "page_size"), ("page", "page_size")
PARAMETERS = {
    "groups/": (*GroupListing.filters, *LIST),
    "groups/{slug}/": ("as_of", "rich_text"),
    "posts/": (*PostListing.filters, *LIST),
    "posts/{post_id}/": ("rich_text",),
    "webinars/": (*WebinarListing.filters, *LIST),
    "webinars/{webinar_id}/": ("rich_text",),
    "series/": NUMBERED,
    "interests/": ("kind", "fields", *NUMBERED),
    "interests/{slug}/": (),
    "people/": (*PeopleListing.filters, "cursor", *NUMBERED),
    "search/": (
        *("q", "type", "topic", "region", "sector", "exact", "country", "language"),
        *NUMBERED,
    ),
    "navigation/": (),
}


@pytest.fixture
def schema(ask):
    answer = ask("openapi.json")
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def test_every_address_is_described(schema):
    assert schema["openapi"] == "3.1.0"
    assert {path: list(methods) for path, methods in schema["paths"].items()} == {
        f"/api/lpsa/v1/{path}": ["get"] for path in PATHS
    }


@pytest.mark.parametrize("path", PATHS)
def test_answers_and_refusals_are_typed(schema, path):
    operation = schema["paths"][f"/api/lpsa/v1/{path}"]["get"]

    assert {
        status: {kind: shape["schema"]["$ref"] for kind, shape in answer["content"].items()}
        for status, answer in operation["responses"].items()
    } == {
        "200": {"application/json": f"#/components/schemas/{PATHS[path]}"},
        "400": {"application/problem+json": "#/components/schemas/Problem"},
        "404": {"application/problem+json": "#/components/schemas/Problem"},
        **(REFUSED if path in MAY_BE_REFUSED else {}),
        **(GONE if path in MAY_BE_GONE else {}),
    }


@pytest.mark.parametrize("path", PARAMETERS)
def test_the_parameters_are_those_that_count(schema, path):
    parameters = schema["paths"][f"/api/lpsa/v1/{path}"]["get"].get("parameters", [])
    parameters = [parameter for parameter in parameters if parameter["in"] == "query"]

    assert [parameter["name"] for parameter in parameters] == [*PARAMETERS[path]]
    assert all(parameter["description"] for parameter in parameters)
    required = {p["name"] for p in parameters if p["required"]}
    assert required == ({"q"} if path == "search/" else set())
    assert {p["name"] for p in parameters if not p["allowEmptyValue"]} == required


@pytest.mark.parametrize(
    ("path", "orders"),
    [
        ("groups/", ["state", "title", "-title", "-established", "-updated"]),
        ("posts/", ["-date", "date", "title", "-title", "-updated"]),
        ("webinars/", ["-date", "date", "title", "-title", "-updated"]),
        ("people/", ["name", "-name"]),
    ],
)
def test_the_orders_are_those_of_the_list(schema, path, orders):
    parameters = schema["paths"][f"/api/lpsa/v1/{path}"]["get"]["parameters"]

    [order] = [parameter for parameter in parameters if parameter["name"] == "order"]
    assert order["schema"]["enum"] == orders


@pytest.mark.parametrize("noun", ["Group", "Post", "Webinar"])
def test_items_of_lists_have_at_least_what_names_them(schema, noun):
    listed, whole = (schema["components"]["schemas"][name] for name in (f"Listed{noun}", noun))

    assert sorted(listed["required"]) == ["id", "slug", "title", "url"]
    assert whole["required"] == list(whole["properties"])
    assert list(listed["properties"]) == list(whole["properties"])


def test_what_is_found_is_told_apart_by_its_type(schema):
    items = schema["components"]["schemas"]["SearchResults"]["properties"]["results"]["items"]

    assert items["discriminator"] == {
        "propertyName": "type",
        "mapping": {
            name: f"#/components/schemas/Found{name.title()}"
            for name in ("group", "post", "webinar")
        },
    }


def test_what_cannot_be_left_out_is_said_to_be_required(schema):
    required = [
        (path.removeprefix("/api/lpsa/v1/"), parameter["name"])
        for path, methods in schema["paths"].items()
        for parameter in methods["get"]["parameters"]
        if parameter["in"] == "query" and parameter["required"]
    ]

    assert required == [("search/", "q"), ("preview/", "token")]


def test_operations_have_names_of_their_own(schema):
    names = [methods["get"]["operationId"] for methods in schema["paths"].values()]

    assert names == [
        *("listGroups", "getGroup", "listPosts", "getPost"),
        *("listWebinars", "getWebinar", "listSeries", "listInterests", "getInterest"),
        *("listPeople", "search", "getNavigation", "listChanges", "getPreview"),
    ]


def test_lists_lead_to_what_is_in_them(schema):
    found = {}
    for path, methods in schema["paths"].items():
        links = methods["get"]["responses"]["200"].get("links", {})
        for name, link in links.items():
            found[path.removeprefix("/api/lpsa/v1/")] = (name, link)

    def leads(operation, parameter, key):
        value = f"$response.body#/results/0/{key}"
        return operation, {"operationId": operation, "parameters": {parameter: value}}

    assert found == {
        "groups/": leads("getGroup", "slug", "slug"),
        "posts/": leads("getPost", "post_id", "id"),
        "webinars/": leads("getWebinar", "webinar_id", "id"),
        "interests/": leads("getInterest", "slug", "slug"),
    }


def untyped(shape, where=""):
    """Places in a JSON schema that say nothing about what stands there."""
    if isinstance(shape, list):
        for number, item in enumerate(shape):
            yield from untyped(item, f"{where}[{number}]")
    elif isinstance(shape, dict):
        for name, item in shape.get("properties", {}).items():
            if not {"type", "$ref", "anyOf", "allOf", "oneOf", "enum", "const"} & set(item):
                yield f"{where}.{name}"
        for name, item in shape.items():
            yield from untyped(item, f"{where}.{name}")
        if shape.get("type") == "array" and not shape.get("items"):
            yield where
        if shape.get("type") == "object" and not (
            shape.get("properties") or isinstance(shape.get("additionalProperties"), dict)
        ):
            yield where


def test_nothing_is_left_untyped(schema):
    assert list(untyped(schema["components"]["schemas"])) == []


def test_blocks_are_told_apart_by_their_type(schema):
    items = schema["components"]["schemas"]["Post"]["properties"]["body"]["items"]

    assert items["discriminator"] == {
        "propertyName": "type",
        "mapping": {
            name: f"#/components/schemas/{name.title().replace('_', '')}Block"
            for name in BodyBlock().child_blocks
        },
    }


def test_drafts_are_told_apart_by_their_type(schema):
    preview = schema["components"]["schemas"]["Preview"]

    assert preview["discriminator"] == {
        "propertyName": "type",
        "mapping": {
            name: f"#/components/schemas/{name.title()}Preview"
            for name in ("group", "post", "webinar")
        },
    }


def test_every_reference_leads_somewhere(schema):
    def references(shape):
        if isinstance(shape, dict):
            yield from ([shape["$ref"]] if "$ref" in shape else ())
            shape = list(shape.values())
        if isinstance(shape, list):
            for item in shape:
                yield from references(item)

    names = {reference.removeprefix("#/components/schemas/") for reference in references(schema)}

    assert names <= set(schema["components"]["schemas"])


def test_the_page_for_people_needs_no_other_site(ask):
    page = ask("docs/")

    assert page.status_code == 200
    assert "https://" not in page.content.decode()
    assert '"validatorUrl": null' in page.content.decode()


def test_each_noun_can_be_added_to_another_api():
    from ninja import NinjaAPI

    other = NinjaAPI(urls_namespace="a-host-of-ours")
    for noun in (groups, posts, webinars):
        other.add_router("/lpsa/", noun.router)

    assert reverse("lpsa_api:list_groups") == "/api/lpsa/v1/groups/"
