"""Wagtail 8's own API v3, which is still a preview: the only place that touches it.

What v3 tells of our pages by itself comes from their ``api_fields``, as in v2.
"""

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from ninja.errors import ConfigError

from lpsa_wagtail.api.application import ROUTERS, link_lists, with_problems
from lpsa_wagtail.compat import WAGTAIL_8

#: Under which paths we were added.
_added: set[str] = set()


def add_to_wagtail(prefix: str = "lpsa") -> None:
    """Let Wagtail's API v3 answer what ours does, below ``prefix``: ``<v3>/lpsa/posts/``.

    Call it in ``urls.py`` before ``api.urls`` of v3 is read. Asking for the same prefix again does
    nothing. Side effect: v3 describes our addresses in its OpenAPI document.

    Raises ``ImproperlyConfigured`` on Wagtail 7.4, which has no v3; for a prefix that cannot be or
    is Wagtail's own; and when it is called too late.
    """
    if not WAGTAIL_8:
        raise ImproperlyConfigured(
            "Wagtail 7.4 has no API v3. Include lpsa_wagtail.api.urls instead of add_to_wagtail()."
        )
    if prefix in _added:
        return
    api = import_string("wagtail.api.v3.api.api")
    taken = {path.strip("/").partition("/")[0] for path, _router in api._routers} - {""}
    if not prefix.replace("-", "").replace("_", "").isalnum() or prefix in taken:
        raise ImproperlyConfigured(
            f"add_to_wagtail({prefix!r}): the prefix is one word of letters and digits, and not "
            f"one of {', '.join(sorted(taken))}."
        )
    try:
        for path, router in ROUTERS.items():
            api.add_router(f"/{prefix}/{path}", router)
    except ConfigError as error:
        raise ImproperlyConfigured(
            "Call add_to_wagtail() once, and before api.urls of Wagtail's API v3 is read."
        ) from error
    api.get_openapi_schema = _describing_ours(api, prefix)
    _added.add(prefix)


def _describing_ours(api, prefix: str):
    """Wagtail's description, in which our refusals have the content type that they have."""
    describe = api.get_openapi_schema

    def described(**kwargs):
        schema = describe(**kwargs)
        ours = {path: at for path, at in schema["paths"].items() if f"/{prefix}/" in path}
        with_problems(ours.values())
        link_lists(ours)
        return schema

    return described
