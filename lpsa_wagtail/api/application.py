"""The API as a whole."""

from http import HTTPStatus

from django.apps import apps
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from lpsa_wagtail.api import (
    changes,
    errors,
    groups,
    interests,
    navigation,
    people,
    posts,
    search,
    series,
    webinars,
)

VERSION = "1"
DESCRIPTION = (
    "What the working groups publish. Read only; everybody gets the same answers, nobody logs in."
)
#: Address → module with the router that answers there.
ROUTERS = {
    "groups": groups,
    "posts": posts,
    "webinars": webinars,
    "series": series,
    "interests": interests,
    "people": people,
    "search": search,
    "navigation": navigation,
    "changes": changes,
}


class PublicAPI(NinjaAPI):
    """Describes its refusals with the content type that they have, and where a list leads."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        operations = (operation for path in schema["paths"].values() for operation in path.values())
        for operation in operations:
            for status, answer in operation["responses"].items():
                if status >= 400:
                    answer["content"] = {errors.CONTENT_TYPE: answer["content"]["application/json"]}
        link_lists(schema["paths"])
        return schema


def link_lists(paths: dict) -> None:
    """Say how each list leads to the details of what is in it (OpenAPI's ``links``)."""
    for path, methods in paths.items():
        above, _slash, name = path.rstrip("/").rpartition("/")
        if name.startswith("{") and f"{above}/" in paths:
            key = "id" if name.endswith("_id}") else "slug"
            detail, listed = methods["get"]["operationId"], paths[f"{above}/"]["get"]
            listed["responses"][HTTPStatus.OK]["links"] = {
                detail: {
                    "operationId": detail,
                    "parameters": {name.strip("{}"): f"$response.body#/results/0/{key}"},
                }
            }


def build() -> PublicAPI:
    """Put the API together. The page for people comes only where its files are at hand."""
    api = PublicAPI(
        title="LPSA working groups",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="lpsa_api",
        openapi_url="openapi.json",
        docs=Swagger(settings={"validatorUrl": None}),
        docs_url="docs/" if apps.is_installed("ninja") else None,
    )
    errors.register_handlers(api)
    for prefix, noun in ROUTERS.items():
        api.add_router(prefix, noun.router)
    return api
