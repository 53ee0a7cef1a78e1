"""The same site with our app."""

from django.urls import include, path

from benchmarks.urls_without import urlpatterns as others

urlpatterns = [
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
    path("lpsa/", include("lpsa_wagtail.urls")),
    *others,
]
