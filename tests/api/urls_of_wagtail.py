"""The example site with Wagtail's own APIs beside ours, and ours in v3."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from example_site.urls import urlpatterns as example_urlpatterns
from lpsa_wagtail.api.wagtail_v3 import add_to_wagtail
from lpsa_wagtail.compat import WAGTAIL_8

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("api/v2/", router.urls)]

if WAGTAIL_8:
    from wagtail.api.v3.urls import api

    add_to_wagtail()
    urlpatterns.append(path("api/v3/", api.urls))

urlpatterns += example_urlpatterns
