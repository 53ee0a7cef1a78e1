from django.urls import include, path

from backend.urls import urlpatterns as own

urlpatterns = [*own, path("content/groups/", include("lpsa_wagtail.api.urls"))]
