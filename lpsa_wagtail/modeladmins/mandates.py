"""Who acts for whom, from when to when: given and ended, never changed and never deleted."""

from django import forms
from django.contrib.admin import display
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import re_path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.utils import get_user_display_name
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.modeladmins.base import (
    ChoiceListFilter,
    RecordAdmin,
    RecordCreateView,
)
from lpsa_wagtail.modeladmins.filters import DateFilter, WhenFilter
from lpsa_wagtail.modeladmins.members import AccountField
from lpsa_wagtail.modeladmins.roles import EndView
from lpsa_wagtail.models import Mandate
from lpsa_wagtail.permissions import (
    kinds_to_give,
    pages_for_mandates,
    people_for_mandates,
    reads_mandates,
    why_not_mandate,
)


class MandateRights(PermissionHelper):
    """The secretariat and the Board read; who may give which is said by the rules."""

    def user_can_list(self, user):
        return reads_mandates(user)

    def user_can_create(self, user):
        return bool(kinds_to_give(user))

    def user_can_inspect_obj(self, user, obj):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False

    def user_can_end_obj(self, user, obj):
        is_over = obj.end is not None and obj.end < timezone.localdate()
        return not is_over and obj.kind in kinds_to_give(user) and not why_not_mandate(user, obj)


class MandateButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj, **kwargs):
        if not self.permission_helper.user_can_end_obj(self.request.user, obj):
            return []
        label = gettext("End this mandate")
        url = self.url_helper.get_action_url("end", quote(obj.pk))
        classname = self.finalise_classname(["button-secondary", "button-small"])
        return [{"url": url, "label": label, "title": label, "classname": classname}]

    def get_primary_button(self, obj):
        return None


class PageChoice(forms.ModelChoiceField):
    def label_from_instance(self, page):
        return page.get_admin_display_title()


class MandateForm(WagtailAdminModelForm):
    """Offers what this person may give, and to whom."""

    kind = forms.ChoiceField(label=_("Task"))
    user = AccountField(queryset=None, label=_("Person"))
    page = PageChoice(
        queryset=None,
        required=False,
        label=_("Page"),
        help_text=_("Only for deciding on one page in the place of the Chair."),
    )

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, for_user=for_user, **kwargs)
        kinds = kinds_to_give(for_user)
        self.fields["kind"].choices = [(kind, MandateKind(kind).label) for kind in kinds]
        self.fields["user"].queryset = people_for_mandates(for_user)
        if MandateKind.DECIDER in kinds:
            self.fields["page"].queryset = pages_for_mandates()
        else:
            del self.fields["page"]


class MandateCreateView(RecordCreateView):
    def form_valid(self, form):
        try:
            actions.give_mandate(actor=self.request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(self.request, gettext("The mandate was given."))
            return redirect(self.index_url)
        return self.form_invalid(form)


class EndMandateView(EndView):
    page_title = _("End this mandate")

    def finish(self, end):
        actions.end_mandate(actor=self.request.user, mandate=self.instance, end=end)
        return gettext("The mandate ends on %(day)s.") % {"day": end}


class MandateKindFilter(ChoiceListFilter):
    title = _("task")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return MandateKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class MandateOnFilter(DateFilter):
    title = _("held on")
    parameter_name = "on"

    def on(self, queryset, day):
        return queryset.on(day)


class MandateAdmin(RecordAdmin):
    model = Mandate
    base_url_path = "lpsa/mandates"
    menu_label = _("Mandates")
    menu_icon = "key"
    permission_helper_class = MandateRights
    button_helper_class = MandateButtons
    create_view_class = MandateCreateView
    history_view_enabled = False
    list_display = ("person", "kind", "start", "end", "page", "reason")
    list_filter = (MandateKindFilter, WhenFilter, MandateOnFilter)
    list_select_related = ("user__wagtail_userprofile", "page")
    list_export = ("person", "kind_shown", "start", "end", "page", "reason")
    export_filename = "mandates"
    ordering = ("-start", "-pk")
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("user"),
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("page"),
            FieldPanel("reason"),
        ],
        base_form_class=MandateForm,
    )

    def get_permissions_for_registration(self):
        return Permission.objects.none()  # none of Django's says who may

    def get_admin_urls_for_registration(self):
        pattern, name = self.url_helper.get_action_url_pattern, self.url_helper.get_action_url_name
        end = re_path(pattern("end"), self.row_view(EndMandateView), name=name("end"))
        return (*super().get_admin_urls_for_registration(), end)

    @staticmethod
    @display(description=_("Person"))
    def person(mandate):
        return get_user_display_name(mandate.user)

    @staticmethod
    @display(description=_("Task"))
    def kind_shown(mandate):
        return mandate.get_kind_display()
