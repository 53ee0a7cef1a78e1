"""A host that put the API somewhere else."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("a/b/c/", include("lpsa_wagtail.api.urls")),
    path("", include(wagtail_urls)),
]
