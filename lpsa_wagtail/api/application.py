"""The API as a whole."""

from django.apps import apps
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from lpsa_wagtail.api import errors, groups, interests, posts, previews, webinars

VERSION = "1"
#: What answers below which path.
ROUTERS = (
    ("groups", groups.router),
    ("posts", posts.router),
    ("webinars", webinars.router),
    ("interests", interests.router),
    ("preview", previews.router),
)
DESCRIPTION = (
    "What the working groups publish. Read only; everybody gets the same answers, nobody logs in."
)


class PublicAPI(NinjaAPI):
    """Describes its refusals with the content type that they have."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        with_problems(schema["paths"].values())
        return schema


def with_problems(paths) -> None:
    """Give refusals the content type that they have, in these paths of an OpenAPI document."""
    for operation in (operation for path in paths for operation in path.values()):
        for status, answer in operation["responses"].items():
            if status >= 400:
                answer["content"] = {errors.CONTENT_TYPE: answer["content"]["application/json"]}


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
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
    return api
