"""The ledger of decisions: read, search, export; nobody adds, changes or removes a row here."""

from django.contrib.admin import display
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page
from wagtail_modeladmin.helpers import PermissionHelper

from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.modeladmins.base import ChoiceListFilter, RecordAdmin, RecordIndexView
from lpsa_wagtail.modeladmins.filters import GroupFilter
from lpsa_wagtail.models import Decision, WorkingGroupPage, WorkingGroupRecord


class LedgerPermissionHelper(PermissionHelper):
    """Who may view decisions reads them; everything else is nobody's."""

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class OutcomeFilter(ChoiceListFilter):
    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return Outcome.choices

    def narrow(self, queryset, value):
        return queryset.filter(outcome=value)


class StageFilter(ChoiceListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return Stage.choices

    def narrow(self, queryset, value):
        return queryset.filter(stage=value)


class YearFilter(ChoiceListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = Decision.objects.order_by().dates("decided_at", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in years]

    def narrow(self, queryset, value):
        return queryset.filter(decided_at__year=int(value))


class ActedAsFilter(ChoiceListFilter):
    title = _("decided as")
    parameter_name = "acted_as"

    def lookups(self, request, model_admin):
        used = Decision.objects.order_by("acted_as").exclude(acted_as="")
        return [(role, role) for role in used.values_list("acted_as", flat=True).distinct()]

    def narrow(self, queryset, value):
        return queryset.filter(acted_as=value)


class DecisionGroupFilter(GroupFilter):
    """Decisions on the pages of a group, its own included, as they lie in the tree today."""

    def offered(self, user):
        return WorkingGroupRecord.objects.all()

    def narrow(self, queryset, value):
        inside = Q(pk__in=())
        record = WorkingGroupRecord.objects.get(pk=value)
        pages = WorkingGroupPage.objects.filter(translation_key=record.translation_key)
        for path in pages.values_list("path", flat=True):
            inside |= Q(path__startswith=path)
        return queryset.filter(page_id__in=Page.objects.filter(inside).values("pk"))


class DecisionIndexView(RecordIndexView):
    @cached_property
    def names(self) -> dict:
        """Map id, as decisions keep it, → name of the account. Two queries."""
        ids = Decision.objects.order_by().exclude(actor_id="").values_list("actor_id", flat=True)
        users = get_user_model()._base_manager.filter(pk__in=set(ids.distinct()))
        return {str(user.pk): get_user_display_name(user) for user in users}

    def name(self, decision):
        decision.actor_name = self.names.get(decision.actor_id, decision.actor_id)
        return decision

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["object_list"] = [self.name(decision) for decision in context["object_list"]]
        return context

    def to_row_dict(self, item):
        return super().to_row_dict(self.name(item))


class DecisionAdmin(RecordAdmin):
    model = Decision
    base_url_path = "lpsa/decisions"
    menu_label = _("Decisions")
    menu_icon = "list-ul"
    permission_helper_class = LedgerPermissionHelper
    index_view_class = DecisionIndexView
    inspect_view_enabled = True
    history_view_enabled = False
    list_display = ("page_title", "decided_at", "outcome", "stage", "decided_by", "acted_as")
    list_filter = (DecisionGroupFilter, OutcomeFilter, StageFilter, ActedAsFilter, YearFilter)
    list_export = (
        *("page_id", "page_title", "decided_at", "outcome_shown", "stage_shown", "decided_by"),
        *("acted_as", "comment", "content_hash", "replaced_hash", "digest"),
    )
    export_filename = "decisions"
    search_fields = ("page_title", "comment")
    ordering = ("-pk",)
    inspect_view_fields = [
        *("page_title", "page_id", "outcome", "stage", "decided_at", "actor", "acted_as"),
        *("comment", "revision_id", "content_hash", "charter_hash", "replaced_hash"),
        *("previous_digest", "digest"),
    ]

    @staticmethod
    @display(description=_("Decided by"))
    def decided_by(decision):
        return decision.actor_name

    @staticmethod
    @display(description=_("Outcome"))
    def outcome_shown(decision):
        return decision.get_outcome_display()

    @staticmethod
    @display(description=_("Stage"))
    def stage_shown(decision):
        return decision.get_stage_display()
