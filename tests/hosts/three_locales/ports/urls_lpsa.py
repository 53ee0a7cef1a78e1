"""Everything for people gets a language in front; the API does not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ports.urls import urlpatterns as own

urlpatterns = [
    path("api/lpsa/v1/", include("lpsa_wagtail.api.urls")),
    *i18n_patterns(path("lpsa/", include("lpsa_wagtail.urls"))),
    *own,
]
