"""The same site with our app."""

from django.urls import include, path

from benchmarks import by_hand
from benchmarks.urls_without import urlpatterns as others

urlpatterns = [
    path("by-hand/posts/", by_hand.list_of_posts),
    path("by-hand/304/", by_hand.not_modified),
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
    path("lpsa/", include("lpsa_wagtail.urls")),
    *others,
]
