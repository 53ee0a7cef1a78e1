"""A process of a host that serves visitors only; its admin runs elsewhere."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("lpsa/", include("lpsa_wagtail.urls")),
    path("", include(wagtail_urls)),
]
