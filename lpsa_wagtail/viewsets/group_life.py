"""Proposing another state for a group that exists: dormant, revived, dissolved, archived."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupChange
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Matter, WorkingGroupPage
from lpsa_wagtail.permissions import changes_of, why_not_propose_change, why_not_take_back_change


class ChangeForm(forms.Form):
    change = forms.ChoiceField(label=gettext_lazy("What is to change"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("For who decides. It is never public."),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=AdminDateInput,
        initial=timezone.localdate,
        help_text=gettext_lazy("Today or later; on the day of the decision if that is later."),
    )

    def __init__(self, *args, changes, **kwargs):
        super().__init__(*args, **kwargs)
        labels = [(change.value, GroupChange(change).label) for change in changes]
        self.fields["change"].choices = labels


class ChangeStateView(WagtailAdminTemplateMixin, FormView):
    """For the secretariat and the co-chairs of the group."""

    form_class = ChangeForm
    template_name = "lpsa_wagtail/proposing/change_state.html"
    header_icon = "group"
    page_title = gettext_lazy("Change the state of the group")

    def dispatch(self, request, *args, **kwargs):
        if not is_offered(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self):
        page = WorkingGroupPage.objects.with_id(self.kwargs["group_id"])
        if page is None:
            raise Http404
        return page

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_subtitle()}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "changes": changes_of(self.page.record)}

    def get_context_data(self, **kwargs):
        waiting = self.waiting
        may = waiting and not why_not_take_back_change(self.request.user, waiting)
        return super().get_context_data(
            page=self.page, record=self.page.record, waiting=waiting, takes_back=may, **kwargs
        )

    def post(self, request, *args, **kwargs):
        if "take_back" in request.POST and (waiting := self.waiting):
            return self.take_back(waiting)
        return super().post(request, *args, **kwargs)

    @property
    def waiting(self) -> Matter | None:
        """The change that waits for a decision already."""
        return self.page.record.changes.filter(closed_at=None).first()

    def take_back(self, waiting):
        try:
            actions.take_back_change(actor=self.request.user, matter=waiting)
        except NotAllowed as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("The proposal was taken back."))
        return redirect("lpsa_groups_life:change_state", self.page.pk)

    def form_valid(self, form):
        try:
            actions.propose_change(
                actor=self.request.user, record=self.page.record, **form.cleaned_data
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The Advisory Board Chair is asked to decide."))
        return redirect("lpsa_groups_life:change_state", self.page.pk)


def is_offered(page, user) -> bool:
    """True if this person can propose a change of this group's state now."""
    record = isinstance(page, WorkingGroupPage) and page.record
    return bool(record) and not why_not_propose_change(user, record)


def header_buttons(page, user):
    """The way to it, in the menu of a group's header."""
    if is_offered(page, user):
        yield PageMenuItem(
            ChangeStateView.page_title,
            url=reverse("lpsa_groups_life:change_state", args=(page.pk,)),
            icon_name=ChangeStateView.header_icon,
            priority=85,
            page=page,
        )


def urlpatterns() -> list:
    return [
        path("<int:group_id>/state/", ChangeStateView.as_view(), name="change_state"),
    ]
