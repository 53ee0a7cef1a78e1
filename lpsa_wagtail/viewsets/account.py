"""A person's own settings in the admin: the switch for mails that Wagtail offers to publishers."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.widgets import SwitchInput
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.users.models import UserProfile

from lpsa_wagtail.permissions import is_board_member


class WaitingMailsForm(forms.ModelForm):
    class Meta:
        model = UserProfile
        fields = ["submitted_notifications"]
        labels = {"submitted_notifications": _("Mails about what waits for your decision")}
        widgets = {"submitted_notifications": SwitchInput()}


class WaitingMailsPanel(BaseSettingsPanel):
    """For members of the Board. Wagtail's own switch is for who may publish, and they do not."""

    name = "lpsa_waiting"
    title = _("Working groups")
    tab = notifications_tab
    order = 110
    form_class = WaitingMailsForm
    form_object = "profile"

    def is_active(self):
        may_publish = PagePermissionPolicy().user_has_permission(self.user, "publish")
        return is_board_member(self.user) and not may_publish
