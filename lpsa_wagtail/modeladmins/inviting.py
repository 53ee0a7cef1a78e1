"""Inviting people to roles: a form that answers the same whether the register knows them or not."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from lpsa_wagtail import actions
from lpsa_wagtail.choices import ORDINARY_ROLES, Role
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.modeladmins.base import RecordInspectView
from lpsa_wagtail.modeladmins.roles import NamedRow
from lpsa_wagtail.models import WorkingGroupRecord
from lpsa_wagtail.permissions import groups_to_invite_to, keeps_register

LIST = reverse_lazy("lpsa_memberships_modeladmin_index")


class InviteForm(forms.Form):
    """Who is invited to what. Groups and roles are those that the person may invite to."""

    record = forms.ModelChoiceField(
        queryset=WorkingGroupRecord.objects.none(), label=gettext_lazy("Group")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("People who are in the register keep the name they have there."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The organisation that the person stands for in this group."),
    )
    start = forms.DateField(
        label=gettext_lazy("First day"), initial=timezone.localdate, widget=AdminDateInput
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["record"]
        offered = groups_to_invite_to(user).select_related("page").order_by("page__title")
        if len(offered[:2]) == 1:
            groups.empty_label = None  # no choice, so it is made
        groups.queryset = offered
        roles = Role if keeps_register(user) else ORDINARY_ROLES
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class InviteView(WagtailAdminTemplateMixin, FormView):
    form_class = InviteForm
    template_name = "lpsa_wagtail/register/invite.html"
    page_title = gettext_lazy("Invite somebody to a role")
    header_icon = "mail"
    _show_breadcrumbs = True

    def dispatch(self, request, *args, **kwargs):
        if not groups_to_invite_to(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": LIST, "label": _("Memberships")},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(list_url=LIST, **kwargs)

    def form_valid(self, form):
        answers = form.cleaned_data
        try:
            actions.invite(actor=self.request.user, **answers)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
        else:
            sentence = _("An invitation goes to %(address)s.") % {"address": answers["email"]}
            messages.success(self.request, sentence)
            return redirect(LIST)
        return self.form_invalid(form)


class InviteAgainView(NamedRow, RecordInspectView):
    """Sends another invitation to who has not answered."""

    page_title = gettext_lazy("Send an invitation")

    def check_action_permitted(self, user):
        return self.permission_helper.user_can_invite_obj(user, self.instance)

    def get_template_names(self):
        return ["lpsa_wagtail/register/invite_again.html"]

    def get_fields_dict(self):
        return []

    def post(self, request, *args, **kwargs):
        try:
            actions.invite_again(actor=request.user, membership=self.instance)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("An invitation goes out."))
        return redirect(self.index_url)
