from django.urls import include, path

from county.urls import urlpatterns as own

urlpatterns = [
    path("lpsa/", include("lpsa_wagtail.urls")),
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
    *own,
]
