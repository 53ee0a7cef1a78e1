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
    previews,
    search,
    series,
    webinars,
)

VERSION = "1"
#: What answers below which path.
ROUTERS = {
    "groups": groups.router,
    "posts": posts.router,
    "webinars": webinars.router,
    "series": series.router,
    "interests": interests.router,
    "people": people.router,
    "search": search.router,
    "navigation": navigation.router,
    "changes": changes.router,
    "preview": previews.router,
}
DESCRIPTION = (
    "What the working groups publish. Read only; everybody gets the same answers, nobody logs in."
)


class PublicAPI(NinjaAPI):
    """Describes its refusals with the content type that they have, and where a list leads."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        with_problems(schema["paths"].values())
        link_lists(schema["paths"])
        return schema


def with_problems(paths) -> None:
    """Give refusals the content type that they have, in these paths of an OpenAPI document."""
    for operation in (operation for path in paths for operation in path.values()):
        for status, answer in operation["responses"].items():
            if status >= 400:
                answer["content"] = {errors.CONTENT_TYPE: answer["content"]["application/json"]}


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
    for prefix, router in ROUTERS.items():
        api.add_router(prefix, router)
    return api
