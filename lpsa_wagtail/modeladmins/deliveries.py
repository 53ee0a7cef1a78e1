"""The ledger of deliveries: who was told of what, and what became of it. Addresses stay out."""

from django import forms
from django.contrib.admin import display
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.utils import get_user_display_name
from wagtail_modeladmin.helpers import ButtonHelper

from lpsa_wagtail.choices import DeliveryState, EventKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.modeladmins.base import (
    ChoiceListFilter,
    RecordAdmin,
    RecordEditView,
    RecordIndexView,
)
from lpsa_wagtail.modeladmins.decisions import LedgerPermissionHelper
from lpsa_wagtail.models import Delivery, Member
from lpsa_wagtail.models.deliveries import OF_MEMBER
from lpsa_wagtail.notifications import resolve
from lpsa_wagtail.permissions import sees_everything


class DeliveryPermissionHelper(LedgerPermissionHelper):
    """Read by who may view deliveries. Only an unknown one can be settled, by the secretariat."""

    def user_can_edit_obj(self, user, obj):
        return obj.state == DeliveryState.UNKNOWN and sees_everything(user)


class DeliveryButtons(ButtonHelper):
    def edit_button(self, pk, classnames_add=None, classnames_exclude=None):
        button = super().edit_button(pk, classnames_add, classnames_exclude)
        label = gettext("Say what became of it")
        return {**button, "label": label, "title": label}


class StateFilter(ChoiceListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return DeliveryState.choices

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


class KindFilter(ChoiceListFilter):
    title = _("what happened")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return EventKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(event__kind=value)


class ResolveForm(WagtailAdminModelForm):
    """Whether an unknown message arrived."""

    arrived = forms.ChoiceField(
        choices=[
            ("yes", _("It arrived. Nothing is sent.")),
            ("no", _("It did not arrive. Send it again.")),
        ],
        widget=forms.RadioSelect,
        label=_("What became of it"),
        help_text=_("It was handed over and no answer came. Ask the person, or the mail server."),
    )


class DeliveryIndexView(RecordIndexView):
    @cached_property
    def names(self) -> dict:
        """Map id, as deliveries keep it, → name of the account or member. Three queries."""
        ids = set(Delivery.objects.order_by().values_list("recipient_id", flat=True).distinct())
        of_members = {number for number in ids if number.startswith(OF_MEMBER)}
        users = get_user_model()._base_manager.filter(pk__in=ids - of_members)
        members = Member.objects.filter(pk__in=[n.removeprefix(OF_MEMBER) for n in of_members])
        names = {Delivery.id_of(user): get_user_display_name(user) for user in users}
        return names | {Delivery.id_of(member): member.name for member in members}

    def name(self, delivery):
        """Some accounts are called by their address, which is not shown."""
        name = self.names.get(delivery.recipient_id, "")
        is_name = name and "@" not in name
        delivery.recipient_name = name if is_name else delivery.recipient_id
        return delivery

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["object_list"] = [self.name(delivery) for delivery in context["object_list"]]
        return context

    def to_row_dict(self, item):
        return super().to_row_dict(self.name(item))


class ResolveView(RecordEditView):
    """Settles an unknown delivery."""

    page_title = _("Say what became of it")

    def get_edit_handler(self):
        panels = ObjectList([FieldPanel("arrived")], base_form_class=ResolveForm)
        return panels.bind_to_model(self.model)

    def form_valid(self, form):
        arrived = form.cleaned_data["arrived"] == "yes"
        try:
            resolve(actor=self.request.user, delivery=self.instance, arrived=arrived)
        except NotAllowed as refusal:
            messages.error(self.request, str(refusal))
        else:
            sentence = _("Noted as sent.") if arrived else _("It will be sent again.")
            messages.success(self.request, sentence)
        return redirect(self.index_url)


class DeliveryAdmin(RecordAdmin):
    model = Delivery
    base_url_path = "lpsa/deliveries"
    menu_label = _("Deliveries")
    menu_icon = "mail"
    permission_helper_class = DeliveryPermissionHelper
    button_helper_class = DeliveryButtons
    index_view_class = DeliveryIndexView
    edit_view_class = ResolveView
    inspect_view_enabled = True
    history_view_enabled = False
    list_display = ("page_title", "kind", "recipient_shown", "state", "attempts", "created_at")
    list_filter = (StateFilter, KindFilter)
    list_select_related = ("event",)
    list_export = (
        *("page_title", "kind", "recipient_shown", "channel", "state_shown", "attempts"),
        *("created_at", "finished_at", "last_error", "message_id"),
    )
    export_filename = "deliveries"
    search_fields = ("event__page_title",)
    ordering = ("-pk",)
    inspect_view_fields = [
        *("event", "channel", "recipient_id", "state", "attempts", "last_error", "created_at"),
        *("next_at", "data_started_at", "finished_at", "message_id"),
    ]

    @staticmethod
    @display(description=_("Page"))
    def page_title(delivery):
        return delivery.event.page_title

    @staticmethod
    @display(description=_("What happened"))
    def kind(delivery):
        return delivery.event.get_kind_display()

    @staticmethod
    @display(description=_("To"))
    def recipient_shown(delivery):
        return delivery.recipient_name

    @staticmethod
    @display(description=_("State"))
    def state_shown(delivery):
        return delivery.get_state_display()
