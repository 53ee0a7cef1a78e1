"""Addresses of the JSON API: ``path("api/lpsa/v1/", include("lpsa_wagtail.api.urls"))``.

The prefix is the host's choice and belongs to the API alone: what is not known below it answers
as a problem in JSON.
"""

from django.urls import path, re_path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lpsa_wagtail.api.application import build
from lpsa_wagtail.api.conditional import speaking
from lpsa_wagtail.api.errors import not_found, refusing_other_methods

_known, _app, _namespace = build().urls
decorate_urlpatterns(_known, refusing_other_methods)
decorate_urlpatterns(_known, speaking)

urlpatterns = [
    re_path(r"^$", speaking(not_found)),
    path("", (_known, _app, _namespace)),
    re_path(r"", speaking(not_found)),
]
