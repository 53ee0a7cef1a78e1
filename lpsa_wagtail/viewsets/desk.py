"""The desk: everything that waits for me on one page, and where my drafts stand."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Matter
from lpsa_wagtail.permissions import Desk, vacant_chair, works_here


def items_on(desk: Desk) -> list:
    """What waits for this person, each with a matter that has an address.

    What was submitted before there were matters gets one here.
    """
    for item in desk.items:
        if item.matter._state.adding:
            item.matter = actions.matter_of(task_state=item.task_state)
    return desk.items


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """One's own desk; everybody who may enter the admin has one."""

    page_title = gettext_lazy("My desk")
    header_icon = "tasks"
    template_name = "lpsa_wagtail/desk/inbox.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        desk = Desk(self.request.user)
        return super().get_context_data(
            items=items_on(desk),
            others=desk.others,
            drafts=desk.drafts,
            decided=desk.decided,
            chair=vacant_chair(self.request.user),
            **kwargs,
        )


@require_POST
def remind(request, matter_id):
    """Remind those who decide, from the list of one's drafts."""
    matter = get_object_or_404(Matter, pk=matter_id)
    try:
        actions.remind(actor=request.user, matter=matter)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are reminded by mail."))
    return redirect("lpsa_desk:inbox")


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return works_here(request.user)


def menu_item(order: int) -> MenuItem:
    address = reverse_lazy("lpsa_desk:inbox")
    return DeskMenuItem(
        gettext_lazy("My desk"), address, name="lpsa-desk", icon_name="tasks", order=order
    )


def urlpatterns() -> list:
    return [
        path("", DeskView.as_view(), name="inbox"),
        path("<int:matter_id>/remind/", remind, name="remind"),
    ]
