"""A host that serves no pages itself."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("lpsa/", include("lpsa_wagtail.urls")),
]
