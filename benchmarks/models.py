"""The least that a page of Wagtail can be, to compare with."""

from django.http import HttpResponse
from wagtail.models import Page


class EmptyPage(Page):
    """Costs what Wagtail itself costs: finding the site and the page, and who may see it."""

    def serve(self, request, *args, **kwargs):
        return HttpResponse("Nothing but Wagtail.", content_type="text/plain")
