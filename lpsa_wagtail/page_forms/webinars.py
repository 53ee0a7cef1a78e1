"""The form of a webinar: times on the clock of its zone, and facts that change meanwhile."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from lpsa_wagtail.page_forms.governed import GovernedPageForm

#: Name of the hidden field that says up to which change of facts the person has seen them.
FACTS_SEEN = "facts_seen"
CLOCK_FORMAT = "%Y-%m-%d %H:%M"


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


class SeenField(forms.CharField):
    """Travels with a form and is no part of what somebody writes."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class WebinarForm(GovernedPageForm):
    """Start and end are entered and shown on the clock of the webinar's own zone.

    Facts that were changed elsewhere after the form was opened count as entered anew, with what
    they are now: whoever has an old form open puts nothing back.
    """

    starts_at = ClockField(label=_("Start"))
    ends_at = ClockField(label=_("End"), required=False)
    facts_seen = SeenField(required=False)

    def __init__(self, data=None, *args, **kwargs):
        page = kwargs.get("instance")
        if data is not None and page and page.pk:
            data = with_facts_of_now(data, page)
        super().__init__(data, *args, **kwargs)
        self.initial["starts_at"] = _clock(self.instance.local_start)
        self.initial["ends_at"] = _clock(self.instance.local_end)
        if not self.is_bound and self.instance.pk:
            self.initial[FACTS_SEEN] = self.instance.newest_change_of_facts()

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


def with_facts_of_now(data, page):
    """What was posted, with the facts of ``page`` where they changed since the form was opened."""
    seen = data.get(FACTS_SEEN, "")
    changed = page.facts_changed_since(pk=int(seen)) if seen.isdecimal() else set()
    if not changed:
        return data
    data = data.copy()
    data[FACTS_SEEN] = str(page.newest_change_of_facts())
    for name in changed:
        if name == page.CITIES:
            _enter_cities(data, page)
        elif name == page.RECORDINGS:
            _enter_recordings(data, page.fact(name))
        elif name in ("starts_at", "ends_at"):
            clock = page.local_start if name == "starts_at" else page.local_end
            data[name] = f"{clock:{CLOCK_FORMAT}}" if clock else ""
        else:
            value = page.serializable_value(name)
            data[name] = "" if value is None else str(value)
    return data


def _enter_cities(data, page):
    prefix = page.CITIES
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        del data[key]
    rows = list(page.cities.all())
    data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = str(len(rows))
    for number, row in enumerate(rows):
        entered = {"id": row.pk or "", "time_zone": row.time_zone, "ORDER": number + 1}
        for name, value in {**entered, "DELETE": ""}.items():
            data[f"{prefix}-{number}-{name}"] = str(value)


def _enter_recordings(data, recordings):
    """In the fields of the editor, and in those of the form for facts."""
    for block_id, link in recordings.items():
        if f"recordings-{block_id}" in data:
            data[f"recordings-{block_id}"] = link
    for key, block_id in list(data.items()):
        if key.startswith("agenda-") and key.endswith("-id") and block_id in recordings:
            data[f"{key.removesuffix('-id')}-value-recording_url"] = recordings[block_id]


def _clock(moment):
    """What the clock of the event's zone shows, as the field shows it."""
    return moment and moment.replace(second=0, microsecond=0, tzinfo=None)
