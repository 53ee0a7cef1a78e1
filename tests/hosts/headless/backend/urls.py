import wagtail
from content.views import front_page
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from backend.api import router

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("api/v2/", router.urls),
    path("front.json", front_page),
]

if wagtail.VERSION >= (8, 0):
    from wagtail.api.v3.api import api

    urlpatterns += [path("api/v3/", api.urls)]
