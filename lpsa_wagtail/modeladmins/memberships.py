"""Who holds, or held, which role in which group."""

from django import forms
from django.contrib.admin import display
from django.contrib.admin.utils import quote
from django.db.models import Exists, OuterRef
from django.urls import path, re_path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

from lpsa_wagtail.choices import ORDINARY_ROLES, Role
from lpsa_wagtail.modeladmins.base import (
    ChoiceListFilter,
    RecordAdmin,
    RecordCreateView,
    RecordDeleteView,
    RecordEditView,
    RecordHistoryView,
    RecordIndexView,
    yes_or_no,
)
from lpsa_wagtail.modeladmins.filters import DateFilter, GroupFilter, WhenFilter
from lpsa_wagtail.modeladmins.inviting import InviteAgainView, InviteView
from lpsa_wagtail.modeladmins.roles import EndRoleView, NamedRow
from lpsa_wagtail.models import Invitation, Member, Membership, WorkingGroupRecord
from lpsa_wagtail.permissions import (
    groups_to_invite_to,
    keeps_register,
    manages,
    memberships_seen_by,
    reads_all,
    works_with_register,
)


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


class OrdinaryForm(WagtailAdminModelForm):
    """What co-chairs may say of a role: never that it is one like theirs."""

    role = forms.ChoiceField(
        choices=[(role.value, role.label) for role in ORDINARY_ROLES], label=_("Role")
    )


OF_CHAIRS = ObjectList(
    [
        FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
    ],
    base_form_class=OrdinaryForm,
)


class RoleFilter(ChoiceListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def narrow(self, queryset, value):
        return queryset.filter(role=value)


class HeldOnFilter(DateFilter):
    """Who held which role on a day. What was declined was never held."""

    title = _("held on")
    parameter_name = "on"

    def on(self, queryset, day):
        return queryset.on(day).filter(was_declined=False)


class MembershipRights(PermissionHelper):
    """Django's permissions, and for co-chairs and coordinators the rows of their own groups."""

    def user_can_list(self, user):
        return super().user_can_list(user) or works_with_register(user)

    def user_can_edit_obj(self, user, obj):
        return manages(user, obj)

    def user_can_end_obj(self, user, obj):
        return manages(user, obj) and not obj.is_over

    def user_can_invite_obj(self, user, obj):
        answered = obj.accepted_at or obj.was_declined
        asked_before = obj.was_invited or keeps_register(user)
        return self.user_can_end_obj(user, obj) and asked_before and not answered


class MembershipButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj, **kwargs):
        buttons = super().get_buttons_for_obj(obj, **kwargs)
        rights, user = self.permission_helper, self.request.user
        if rights.user_can_end_obj(user, obj):
            buttons.insert(1, self.row_button(obj, "end", _("End this role")))
        if rights.user_can_invite_obj(user, obj):
            label = _("Invite again") if obj.was_invited else _("Invite")
            buttons.append(self.row_button(obj, "invite_again", label))
        return buttons

    def row_button(self, obj, action, label):
        return {
            "url": self.url_helper.get_action_url(action, quote(obj.pk)),
            "label": label,
            "title": label,
            "classname": self.finalise_classname(["button-secondary", "button-small"]),
        }


class MembershipIndexView(RecordIndexView):
    @property
    def may_invite(self) -> bool:
        return groups_to_invite_to(self.request.user).exists()


class MembershipCreateView(RecordCreateView):
    """``?member=`` and ``?group=`` choose beforehand."""

    def get_initial(self):
        asked = {name: self.request.GET.get(name, "") for name in ("member", "group")}
        return {name: int(pk) for name, pk in asked.items() if pk.isascii() and pk.isdigit()}


class MembershipEditView(NamedRow, RecordEditView):
    """Co-chairs change what is theirs to say; consent and visibility are not."""

    def get_edit_handler(self):
        if keeps_register(self.request.user):
            return super().get_edit_handler()
        return OF_CHAIRS.bind_to_model(self.model)


class MembershipDeleteView(NamedRow, RecordDeleteView):
    """For mistakes: what was deleted is not even history."""


class MembershipHistoryView(NamedRow, RecordHistoryView):
    pass


class MembershipAdmin(RecordAdmin):
    """Who holds or held which role. Roles end with a date; their rows stay."""

    model = Membership
    base_url_path = "lpsa/memberships"
    menu_label = _("Memberships")
    menu_icon = "clipboard-list"
    permission_helper_class = MembershipRights
    button_helper_class = MembershipButtons
    index_view_class = MembershipIndexView
    index_template_name = "lpsa_wagtail/register/memberships.html"
    create_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    history_view_class = MembershipHistoryView
    list_display = ("person", "group", "role", "organisation", "start", "end", "accepted")
    list_filter = (GroupFilter, RoleFilter, WhenFilter, HeldOnFilter)
    list_select_related = ("group__page",)
    list_export = (
        *("person", "group", "role_shown", "organisation"),
        *("start", "end", "accepted", "public", "accepted_at"),
    )
    #: For co-chairs and coordinators.
    columns_of_groups = list_export[:-2]
    export_filename = "memberships"
    search_fields = ("name_shown", "organisation", "group__page__title")
    ordering = ("name_shown", "-start")
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

    def get_queryset(self, request):
        invitations = Invitation.objects.filter(membership=OuterRef("pk"))
        declined = invitations.filter(declined_at__isnull=False)
        rows = memberships_seen_by(request.user, Membership.objects.all())
        rows = rows.annotate(was_invited=Exists(invitations), was_declined=Exists(declined))
        return rows.order_by(*self.get_ordering(request))

    def get_list_export(self, request):
        return self.list_export if reads_all(request.user, Membership) else self.columns_of_groups

    def get_admin_urls_for_registration(self):
        urls = super().get_admin_urls_for_registration()
        rows = (("end", EndRoleView), ("invite_again", InviteAgainView))
        pattern, name = self.url_helper.get_action_url_pattern, self.url_helper.get_action_url_name
        return (
            *urls,
            path(f"{self.base_url_path}/invite/", InviteView.as_view(), name=name("invite")),
            *(re_path(pattern(word), self.row_view(view), name=name(word)) for word, view in rows),
        )

    @staticmethod
    @display(description=_("Member"), ordering="name_shown")
    def person(membership):
        return membership.name_shown

    @staticmethod
    @display(description=_("Accepted"))
    def accepted(membership):
        if membership.was_declined:
            return gettext("Declined")
        waits = membership.was_invited and not membership.accepted_at
        return gettext("Invited") if waits else yes_or_no(membership.accepted_at)

    @staticmethod
    @display(description=_("Role"))
    def role_shown(membership):
        return membership.get_role_display()
