"""Who holds, or held, which role in which group."""

from django import forms
from django.contrib.admin import display
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from lpsa_wagtail.choices import Role
from lpsa_wagtail.modeladmins.base import (
    ChoiceListFilter,
    RecordAdmin,
    RecordCreateView,
    yes_or_no,
)
from lpsa_wagtail.modeladmins.filters import GroupFilter
from lpsa_wagtail.models import Member, Membership, WorkingGroupRecord


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member):
        return f"{member.name} ({member.affiliation})" if member.affiliation else member.name


class MembershipForm(WagtailAdminModelForm):
    """Person and group are chosen once; a new role is a new row, so the history stays."""

    member = MemberChoice(queryset=Member.objects.order_by("name", "pk"), label=_("Member"))
    group = forms.ModelChoiceField(
        queryset=WorkingGroupRecord.objects.select_related("page").order_by("page__title", "pk"),
        label=_("Group"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("member", "group") if self.instance.pk else ():
            self.fields[name].disabled = True


class RoleFilter(ChoiceListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def narrow(self, queryset, value):
        return queryset.filter(role=value)


class WhenFilter(ChoiceListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("now", _("Held today")), ("past", _("Past")), ("future", _("Not yet begun"))]

    def narrow(self, queryset, value):
        today = timezone.localdate()
        past, future = Q(end__lt=today), Q(start__gt=today)
        if value == "now":
            return queryset.on(today)
        return queryset.filter(past if value == "past" else future)


class MembershipCreateView(RecordCreateView):
    """``?member=`` and ``?group=`` choose beforehand."""

    def get_initial(self):
        asked = {name: self.request.GET.get(name, "") for name in ("member", "group")}
        return {name: int(pk) for name, pk in asked.items() if pk.isascii() and pk.isdigit()}


class MembershipAdmin(RecordAdmin):
    model = Membership
    base_url_path = "lpsa/memberships"
    menu_label = _("Memberships")
    menu_icon = "clipboard-list"
    create_view_class = MembershipCreateView
    list_display = ("member", "group", "role", "organisation", "start", "end", "accepted")
    list_filter = (GroupFilter, RoleFilter, WhenFilter)
    list_select_related = ("member", "group__page")
    list_export = (
        *("member", "group", "role_shown", "organisation"),
        *("start", "end", "public", "accepted_at"),
    )
    export_filename = "memberships"
    search_fields = ("member__name", "organisation", "group__page__title")
    ordering = ("member__name", "-start")

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("member"), FieldPanel("group")]),
                    FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
                ],
                heading=_("Role"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("start"), FieldPanel("end")])], heading=_("Time")
            ),
            MultiFieldPanel(
                [FieldPanel("accepted_at"), FieldPanel("public")], heading=_("What visitors see")
            ),
        ],
        base_form_class=MembershipForm,
    )

    @staticmethod
    @display(description=_("Accepted"))
    def accepted(membership):
        return yes_or_no(membership.accepted_at)

    @staticmethod
    @display(description=_("Role"))
    def role_shown(membership):
        return membership.get_role_display()
