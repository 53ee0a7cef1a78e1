"""A host that put the API behind a language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = i18n_patterns(
    path("api/", include("lpsa_wagtail.api.urls")),
    path("", include(wagtail_urls)),
)
