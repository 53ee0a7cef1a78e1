"""A host that serves no pages: the API, and nothing of Wagtail's."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
]
