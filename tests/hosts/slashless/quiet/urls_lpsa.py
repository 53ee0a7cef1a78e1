from django.urls import include, path

from quiet.urls import urlpatterns as own

urlpatterns = [
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
    path("lpsa/", include("lpsa_wagtail.urls")),
    *own,
]
