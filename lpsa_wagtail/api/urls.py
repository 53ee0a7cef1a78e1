"""Addresses of the JSON API: ``path("api/lpsa/v1/", include("lpsa_wagtail.api.urls"))``.

The prefix is the host's choice and belongs to the API alone: what is not known below it answers
as a problem in JSON.
"""

from functools import wraps

from django.urls import path, re_path
from django.utils.translation import get_language, get_language_from_path, override
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lpsa_wagtail.api.application import build
from lpsa_wagtail.api.conditional import speaking
from lpsa_wagtail.api.errors import not_found, refusing_other_methods


def at_its_address(view):
    """Decorate what tells our addresses: behind a language, those with the language of its own."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        with override(get_language_from_path(request.path_info) or get_language()):
            return view(request, *args, **kwargs)

    return answer


_known, _app, _namespace = build().urls
_describing = [one for one in _known if one.name in ("openapi-json", "openapi-view")]
decorate_urlpatterns(_describing, at_its_address)
decorate_urlpatterns(_known, refusing_other_methods)
decorate_urlpatterns(_known, speaking)

urlpatterns = [
    re_path(r"^$", speaking(not_found)),
    path("", (_known, _app, _namespace)),
    re_path(r"", speaking(not_found)),
]
