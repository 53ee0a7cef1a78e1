"""The register of people."""

from django import forms
from django.contrib.admin import display
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.utils import get_user_display_name
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

from lpsa_wagtail.choices import Role
from lpsa_wagtail.modeladmins.base import ChoiceListFilter, RecordAdmin, yes_or_no
from lpsa_wagtail.modeladmins.filters import GroupFilter
from lpsa_wagtail.models import Interest, Member, MemberInterest
from lpsa_wagtail.permissions import (
    members_seen_by,
    reads_all,
    roles_today_seen_by,
    sees_member,
    works_with_register,
)


class AccountField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{get_user_display_name(user)} ({user.get_username()})"


class MemberForm(WagtailAdminModelForm):
    """An account belongs to one person, so only free ones are offered."""

    user = AccountField(
        queryset=get_user_model().objects.none(),
        required=False,
        label=_("Account"),
        help_text=_("Only for people who work on the site."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        free = Q(lpsa_member=None) | Q(lpsa_member=self.instance.pk)
        users = get_user_model().objects.filter(free, is_active=True)
        self.fields["user"].queryset = users.order_by(get_user_model().USERNAME_FIELD)


class MemberRights(PermissionHelper):
    """Django's permissions, and for co-chairs and coordinators to read of their own people."""

    def user_can_list(self, user):
        return super().user_can_list(user) or works_with_register(user)

    def user_can_inspect_obj(self, user, obj):
        return sees_member(user, obj)


class MemberRoleFilter(ChoiceListFilter):
    title = _("role today")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        self.roles = roles_today_seen_by(request.user)
        nobody = [("none", _("None"))] if reads_all(request.user, Member) else []
        return [*Role.choices, *nobody]

    def narrow(self, queryset, value):
        today = self.roles.filter(member=OuterRef("pk"))
        if value == "none":
            return queryset.filter(~Exists(today))
        return queryset.filter(Exists(today.filter(role=value)))


class MemberGroupFilter(GroupFilter):
    def lookups(self, request, model_admin):
        self.roles = roles_today_seen_by(request.user)
        return super().lookups(request, model_admin)

    def narrow(self, queryset, value):
        today = self.roles.filter(member=OuterRef("pk"), group=value)
        return queryset.filter(Exists(today))


class MemberInterestFilter(ChoiceListFilter):
    """People who follow the word or a narrower one."""

    title = _("interest")
    parameter_name = "interest"
    long = True

    def lookups(self, request, model_admin):
        words = Interest.objects.vocabulary().in_use()
        return [(word.slug, word.label) for word in words]

    def narrow(self, queryset, value):
        vocabulary = Interest.objects.vocabulary()
        covered = vocabulary.covered_by(vocabulary.find(value))
        follows = MemberInterest.objects.filter(content_object=OuterRef("pk"), tag__in=covered)
        return queryset.filter(Exists(follows))


class MemberCountryFilter(ChoiceListFilter):
    title = _("country")
    parameter_name = "country"
    long = True

    def lookups(self, request, model_admin):
        codes = members_seen_by(request.user, Member.objects.exclude(country=""))
        codes = codes.order_by("country")
        codes = codes.values_list("country", flat=True).distinct()
        return sorted(((code, countries.name(code)) for code in codes), key=lambda pair: pair[1])

    def narrow(self, queryset, value):
        return queryset.filter(country=value)


class DirectoryFilter(ChoiceListFilter):
    title = _("directory")
    parameter_name = "directory"

    def lookups(self, request, model_admin):
        return [("yes", _("Listed")), ("no", _("Not listed"))]

    def narrow(self, queryset, value):
        return queryset.filter(in_directory=value == "yes")


class MemberButtons(ButtonHelper):
    """Adds the way to a new role of this person; who may change a row need not only look at it."""

    def get_buttons_for_obj(self, obj, exclude=None, **kwargs):
        may_edit = self.permission_helper.user_can_edit_obj(self.request.user, obj)
        exclude = [*(exclude or ()), *(["inspect"] if may_edit else [])]
        buttons = super().get_buttons_for_obj(obj, exclude=exclude, **kwargs)
        if may_edit and self.request.user.has_perm("lpsa_wagtail.add_membership"):
            url = reverse("lpsa_memberships_modeladmin_create")
            label = _("Add a role")
            classname = self.finalise_classname(["button-secondary", "button-small"])
            buttons.append(
                {
                    "url": f"{url}?member={quote(obj.pk)}",
                    "label": label,
                    "classname": classname,
                    "title": label,
                }
            )
        return buttons


class MemberAdmin(RecordAdmin):
    """Everybody whom the secretariat knows. Names and addresses stay in here.

    Co-chairs and coordinators find the people of their own groups, with what they need to work
    with them. Consent, interests and accounts are not theirs to know.
    """

    model = Member
    base_url_path = "lpsa/members"
    menu_label = _("Members")
    menu_icon = "user"
    permission_helper_class = MemberRights
    button_helper_class = MemberButtons
    inspect_view_enabled = True
    inspect_view_fields = ["name", "email", "affiliation", "country"]
    list_display = ("name", "affiliation", "country", "roles_today", "listed")
    list_filter = (
        *(MemberGroupFilter, MemberRoleFilter),
        *(MemberInterestFilter, MemberCountryFilter, DirectoryFilter),
    )
    list_export = (
        *("name", "email", "affiliation", "country", "language", "time_zone"),
        *("roles_today", "consent_at", "consent_source", "in_directory"),
    )
    #: For co-chairs and coordinators: columns and filters of the list.
    columns_of_groups = ("name", "email", "affiliation", "country", "roles_today")
    filters_of_groups = (MemberGroupFilter, MemberRoleFilter, MemberCountryFilter)
    export_filename = "members"
    search_fields = ("name", "email", "affiliation")
    ordering = ("name",)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
                            FieldRowPanel([FieldPanel("affiliation"), FieldPanel("country")]),
                            FieldRowPanel([FieldPanel("language"), FieldPanel("time_zone")]),
                            FieldPanel("expertise"),
                        ],
                        heading=_("Person"),
                    ),
                    FieldPanel("user"),
                ],
                heading=_("Person"),
            ),
            ObjectList([FieldPanel("interests")], heading=_("Interests")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("consent_at"), FieldPanel("consent_source")])],
                        heading=_("Consent to be kept here"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("in_directory"),
                            FieldPanel("show_affiliation"),
                            FieldPanel("show_country"),
                            FieldPanel("show_expertise"),
                        ],
                        heading=_("Directory: the person's own choice"),
                    ),
                ],
                heading=_("Consent and directory"),
            ),
        ],
        base_form_class=MemberForm,
    )

    def get_queryset(self, request):
        today = roles_today_seen_by(request.user).select_related("group__page")
        prefetch = Prefetch("memberships", queryset=today, to_attr="memberships_today")
        seen = members_seen_by(request.user, super().get_queryset(request))
        return seen.prefetch_related(prefetch)

    def get_list_display(self, request):
        return self.list_display if reads_all(request.user, Member) else self.columns_of_groups

    def get_list_export(self, request):
        return self.list_export if reads_all(request.user, Member) else self.columns_of_groups

    def get_list_filter(self, request):
        return self.list_filter if reads_all(request.user, Member) else self.filters_of_groups

    @staticmethod
    @display(description=_("Roles today"))
    def roles_today(member):
        roles = (f"{row.get_role_display()}, {row.group}" for row in member.memberships_today)
        return "; ".join(roles)

    @staticmethod
    @display(description=_("Directory"), ordering="in_directory")
    def listed(member):
        return yes_or_no(member.in_directory)
