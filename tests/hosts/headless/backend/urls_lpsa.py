import wagtail
from django.urls import include, path

from lpsa_wagtail.api.wagtail_v3 import add_to_wagtail

if wagtail.VERSION >= (8, 0):
    add_to_wagtail("groups")

from backend.urls import urlpatterns as own

urlpatterns = [*own, path("content/groups/", include("lpsa_wagtail.api.urls"))]
