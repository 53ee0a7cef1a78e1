"""What changed, shown to who is to decide."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.models import Page

from lpsa_wagtail.permissions import changed_fields, is_governed


class WhatChangedView(RevisionsCompareView):
    """A version of a page of ours beside the newest one, for whoever may open its editor.

    Wagtail's own comparison is only for people with a right on some page, which the Board lacks.
    """

    model = Page
    edit_url_name = "wagtailadmin_pages:edit"
    page_title = _("What changed")

    def get_object(self, queryset=None):
        page = get_object_or_404(Page, pk=self.pk).specific
        if not (is_governed(page) and page.permissions_for_user(self.request.user).can_edit()):
            raise PermissionDenied
        return page

    def _get_comparison(self, revision_a, revision_b):
        return changed_fields(revision_a, revision_b)

    def get_page_subtitle(self):
        return self.object.get_admin_display_title()


def url_of(page, before: str) -> str:
    """Address of the comparison; ``before`` is the id of a revision, "live" or "earliest"."""
    return reverse("lpsa_pages:what_changed", args=(page.pk, before))


def urlpatterns() -> list:
    pattern = r"^what_changed/(?P<pk>\d{1,18})/(?P<revision_id_a>live|earliest|\d{1,18})/$"
    latest = {"revision_id_b": "latest"}
    return [re_path(pattern, WhatChangedView.as_view(), latest, name="what_changed")]
