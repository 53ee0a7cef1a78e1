"""Keeping the vocabulary in the admin."""

import django_filters
from django.contrib.admin.utils import quote
from django.forms import RadioSelect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from lpsa_wagtail import actions
from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Interest
from lpsa_wagtail.viewsets.interest_form import interest_panels
from lpsa_wagtail.viewsets.merging import MergeView
from lpsa_wagtail.viewsets.strictness import StrictFilters


class UseColumn(Column):
    """How many pages and members have the word."""

    cell_template_name = "lpsa_wagtail/listings/use_cell.html"


class ConditionColumn(Column):
    """In use, inactive or merged into another word."""

    cell_template_name = "lpsa_wagtail/listings/condition_cell.html"


class InterestFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"),
        choices=InterestKind.choices,
        empty_label=gettext_lazy("All"),
        widget=RadioSelect,
    )
    condition = django_filters.ChoiceFilter(
        label=gettext_lazy("Condition"),
        choices=[
            ("active", gettext_lazy("Offered")),
            ("inactive", gettext_lazy("Inactive")),
            ("merged", gettext_lazy("Merged")),
        ],
        empty_label=gettext_lazy("All"),
        widget=RadioSelect,
        method="filter_condition",
    )

    class Meta:
        model = Interest
        fields = ["kind", "condition"]

    def filter_condition(self, words, name, value):
        if value == "merged":
            return words.filter(merged_into__isnull=False)
        return words.filter(merged_into=None, active=value == "active")


class InterestIndexView(StrictFilters, generic.IndexView):
    def get_base_queryset(self):
        return Interest.objects.select_related("parent", "merged_into").with_uses()

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        found = Interest.objects.vocabulary().containing(self.search_query)
        return queryset.filter(pk__in=[word.pk for word in found])

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change") and not instance.merged_into_id:
            url = reverse("lpsa_interests:merge", args=(quote(instance.pk),))
            buttons.append(
                MenuItem(_("Merge into another word"), url=url, icon_name="resubmit", priority=15)
            )
        return buttons


class InterestDeleteView(generic.DeleteView):
    """Deletes only what was never used; otherwise says what to do instead."""

    def get_usage_url(self):
        return None  # our verb counts, and knows older versions of pages too

    def get(self, request, *args, **kwargs):
        if reason := actions.why_not_remove(self.object):
            return self._refuse(reason)
        return super().get(request, *args, **kwargs)

    def delete_action(self):
        actions.remove_interest(actor=self.request.user, word=self.object)

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except NotAllowed as refusal:
            return self._refuse(str(refusal))

    def _refuse(self, reason):
        merge = reverse("lpsa_interests:merge", args=(quote(self.object.pk),))
        edit = reverse("lpsa_interests:edit", args=(quote(self.object.pk),))
        buttons = [messages.button(merge, _("Merge")), messages.button(edit, _("Edit"))]
        messages.error(self.request, reason, buttons=buttons)
        return redirect("lpsa_interests:index")


class InterestViewSet(ModelViewSet):
    """The words: add, rename, merge, make inactive. For the secretariat."""

    model = Interest
    icon = "tag"
    menu_label = gettext_lazy("Interests")
    add_to_admin_menu = False
    copy_view_enabled = False
    list_per_page = 50
    ordering = ["kind", "name"]
    search_fields = ["name"]
    search_backend_name = None
    index_view_class = InterestIndexView
    delete_view_class = InterestDeleteView
    filterset_class = InterestFilterSet
    edit_handler = interest_panels
    list_display = [
        "name",
        "kind",
        Column("parent", label=gettext_lazy("Broader word")),
        UseColumn("uses", label=gettext_lazy("Used by")),
        ConditionColumn("condition", label=gettext_lazy("Condition")),
    ]

    def get_urlpatterns(self):
        merge = path("merge/<int:pk>/", self.construct_view(MergeView), name="merge")
        return [*super().get_urlpatterns(), merge]
