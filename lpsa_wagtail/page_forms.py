"""Forms of the page editor: what must be true, and where the message appears.

An unfinished draft may be saved (Wagtail's autosave does it all the time), so what only a finished
page needs is asked when ``is_deferred_validation`` is off: on submitting and publishing.
"""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput

from lpsa_wagtail.choices import Designation
from lpsa_wagtail.fields import local_to_instant


class GovernedPageForm(WagtailAdminPageForm):
    """Base of our page forms."""


class WorkingGroupForm(GovernedPageForm):
    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("designation") == Designation.OTHER
        if other and not cleaned.get("designation_other") and not self.is_deferred_validation:
            self.add_error("designation_other", _("Say what the group calls itself."))
        return cleaned


class BlogPostForm(GovernedPageForm):
    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        if "body" in self.fields and not (
            cleaned.get("body") or cleaned.get("original_source_url")
        ):
            self.add_error(
                "body", _("Write the text, or give the address of the original under Details.")
            )
        return cleaned


class ClockField(forms.DateTimeField):
    """A date and time as read on a clock; which clock is the form's business."""

    widget = AdminDateTimeInput

    def to_python(self, value):
        with timezone.override(dt.UTC):
            instant = super().to_python(value)
        return instant and instant.replace(tzinfo=None)


class WebinarForm(GovernedPageForm):
    """Start and end are entered and shown on the clock of the webinar's own zone."""

    starts_at = ClockField(label=_("Start"))
    ends_at = ClockField(label=_("End"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["starts_at"] = _without_zone(self.instance.local_start)
        self.initial["ends_at"] = _without_zone(self.instance.local_end)

    def clean(self):
        cleaned = super().clean()
        zone = cleaned.get("time_zone")
        for name in ("starts_at", "ends_at"):
            clock = cleaned.get(name)
            if not clock:
                continue
            try:
                cleaned[name] = local_to_instant(clock, zone) if zone else None
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


def _without_zone(moment):
    return moment and moment.replace(tzinfo=None)
