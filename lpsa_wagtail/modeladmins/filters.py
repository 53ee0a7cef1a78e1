"""Filters that several of our lists of records have."""

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.modeladmins.base import ChoiceListFilter
from lpsa_wagtail.permissions import groups_in_register


class GroupFilter(ChoiceListFilter):
    title = _("group")
    parameter_name = "group"
    long = True

    def lookups(self, request, model_admin):
        records = self.offered(request.user).select_related("page")
        return sorted(((str(r.pk), str(r)) for r in records), key=lambda pair: pair[1].lower())

    def offered(self, user):
        """Records of the groups that this person may choose from."""
        return groups_in_register(user)

    def narrow(self, queryset, value):
        return queryset.filter(group=value)


class WhenFilter(ChoiceListFilter):
    """Of what has a first and a last day."""

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


class DateFilter(SimpleListFilter):
    """A day that is typed. Of what is no day, it says so and shows nothing."""

    template = "lpsa_wagtail/listings/date_filter.html"
    button = _("Show")

    def lookups(self, request, model_admin):
        return ()

    def has_output(self):
        return True

    def choices(self, changelist):
        """The other parts of the address, which stay when the day changes."""
        others = changelist.params.lists()
        return [
            {"name": name, "value": value}
            for name, values in others
            for value in values
            if name != self.parameter_name
        ]

    @property
    def day(self) -> dt.date | None:
        try:
            return dt.date.fromisoformat((self.value() or "").strip())
        except ValueError:
            return None

    @property
    def is_bad(self) -> bool:
        return bool(self.value()) and self.day is None

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return self.on(queryset, self.day) if self.day else queryset.none()

    def on(self, queryset, day):
        """The records as of that day."""
        raise NotImplementedError
