"""What our lists do with a filter value that does not exist."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.utils.utils import flatten_choices

#: A message names this many allowed values at most.
NAMED_AT_MOST = 30


class StrictFilters:
    """Answers 400 with an empty list, and says what is allowed. Fragments for scripts stay 200."""

    filters: Any

    @property
    def has_bad_filter(self) -> bool:
        return bool(self.filters and not self.filters.is_valid())

    def filter_queryset(self, queryset):
        return queryset.none() if self.has_bad_filter else super().filter_queryset(queryset)

    def render_to_response(self, context, **kwargs):
        if self.has_bad_filter and not self.results_only:
            kwargs["status"] = 400
            for name in self.filters.form.errors:
                messages.warning(self.request, self._what_is_allowed(name))
        return super().render_to_response(context, **kwargs)

    def _what_is_allowed(self, name) -> str:
        bound = self.filters.form[name]
        said = f"{bound.label}: {' '.join(bound.errors)}"
        choices = flatten_choices(getattr(bound.field, "choices", ()))
        values = [str(value) for value in choices if value]
        if not values:
            return said
        named = ", ".join(values[:NAMED_AT_MOST]) + (" …" if len(values) > NAMED_AT_MOST else "")
        return f"{said} {_('Allowed: %(values)s.') % {'values': named}}"
