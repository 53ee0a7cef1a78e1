"""Our addresses between the owner's own and Wagtail's catch-all."""

from django.urls import include, path

from portal.urls import urlpatterns as own

urlpatterns = [
    *own[:-1],
    path("working-groups-api/", include("lpsa_wagtail.api.urls")),
    path("lpsa/", include("lpsa_wagtail.urls")),
    own[-1],
]
