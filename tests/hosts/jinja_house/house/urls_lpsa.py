from django.urls import include, path

from house.urls import urlpatterns as own

urlpatterns = [
    path("api/gruppen/", include("lpsa_wagtail.api.urls")),
    path("gruppen/", include("lpsa_wagtail.urls")),
    *own,
]
