"""The API as a whole."""

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
    """Describes its refusals with the content type that they have."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        operations = (operation for path in schema["paths"].values() for operation in path.values())
        for operation in operations:
            for status, answer in operation["responses"].items():
                if status >= 400:
                    answer["content"] = {errors.CONTENT_TYPE: answer["content"]["application/json"]}
        return schema


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
