"""Filters that several of our lists of records have."""

from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.modeladmins.base import ChoiceListFilter
from lpsa_wagtail.models import WorkingGroupRecord


class GroupFilter(ChoiceListFilter):
    title = _("group")
    parameter_name = "group"
    long = True

    def lookups(self, request, model_admin):
        records = WorkingGroupRecord.objects.select_related("page")
        return sorted(((str(r.pk), str(r)) for r in records), key=lambda pair: pair[1].lower())

    def narrow(self, queryset, value):
        return queryset.filter(group=value)
