"""Forms of the page editor: what must be true, and where the message appears.

An unfinished draft may be saved (Wagtail's autosave does it all the time), so what only a finished
page needs is asked when ``is_deferred_validation`` is off: on submitting and publishing. What the
database refuses is refused at its field in any case.
"""

import datetime as dt
import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.blocks import BlockField

from lpsa_wagtail.choices import Designation

#: Marks that the rich text editor puts on paragraphs. Readers never see them.
EDITOR_MARKS = re.compile(r' data-block-key="[^"]*"')


class GovernedPageForm(WagtailAdminPageForm):
    """Base of our page forms. Groups to credit are offered once they are public."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("joint_groups"):
            chosen = [group.pk for group in self.initial.get("joint_groups") or ()]
            groups = field.queryset
            offered = Q(pk__in=groups.public().values("pk")) | Q(pk__in=chosen)
            field.queryset = groups.filter(offered).order_by("title")

    def clean(self):
        cleaned = super().clean()
        if self.data.get("action-workflow-action") and self.has_changed():
            self.add_error(
                None,
                _(
                    "You changed something here, so somebody else must decide. Open the page "
                    "again to decide on what was submitted."
                ),
            )
        return cleaned

    @cached_property
    def changed_data(self) -> list[str]:
        """Fields that were changed, marks of the rich text editor aside.

        Else opening text that came from elsewhere and approving it would count as writing it, and
        nobody approves what they wrote.
        """
        return [name for name in super().changed_data if not self._only_marks_differ(name)]

    def _only_marks_differ(self, name) -> bool:
        field = self.fields[name]
        if not isinstance(field, BlockField) or not self.initial.get(name):
            return False
        before, after = (
            json.dumps(without_marks(field.block.get_prep_value(value)), cls=DjangoJSONEncoder)
            for value in (self.initial[name], self[name].data)
        )
        return before == after


def without_marks(value):
    """The value of a field, or of blocks, as data without the marks of the rich text editor."""
    if isinstance(value, str):
        return EDITOR_MARKS.sub("", value)
    if isinstance(value, dict):
        return {key: without_marks(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_marks(item) for item in value]
    return value


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


#: Stands for "no zone yet" while Django reads a date and time.
ON_THE_WALL = dt.timezone(dt.timedelta(0), "clock")


class ClockField(forms.DateTimeField):
    """A date and time as read on a clock; which clock is the form's business.

    Cleans to a naive value of whole minutes. A value with an offset ("…+03:00") is an instant
    already and stays one.
    """

    widget = AdminDateTimeInput

    def to_python(self, value):
        with timezone.override(ON_THE_WALL):
            moment = super().to_python(value)
        if moment is None:
            return None
        moment = moment.replace(second=0, microsecond=0)
        return moment.replace(tzinfo=None) if moment.tzinfo is ON_THE_WALL else moment


class WebinarForm(GovernedPageForm):
    """Start and end are entered and shown on the clock of the webinar's own zone."""

    starts_at = ClockField(label=_("Start"))
    ends_at = ClockField(label=_("End"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["starts_at"] = _clock(self.instance.local_start)
        self.initial["ends_at"] = _clock(self.instance.local_end)

    def clean(self):
        cleaned = super().clean()
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                cleaned[name] = self._instant(name, cleaned)
        return cleaned

    def _instant(self, name, cleaned):
        """The instant that was meant, or None with an error at the field."""
        moment, zone = cleaned[name], cleaned.get("time_zone")
        if moment.tzinfo:
            return moment.astimezone(dt.UTC)
        if not zone:
            return moment.replace(tzinfo=dt.UTC)  # for now; the error is at the zone
        if not {name, "time_zone"} & set(self.changed_data):
            return getattr(self.instance, name)  # to the second, and whichever of two it was
        try:
            return self.instance.instant_of(moment, zone)
        except ValidationError as error:
            self.add_error(name, error)
            return None


def _clock(moment):
    """What the clock of the event's zone shows, as the field shows it."""
    return moment and moment.replace(second=0, microsecond=0, tzinfo=None)
