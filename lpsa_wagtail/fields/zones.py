"""IANA time zones, and the way from a clock on the wall to an instant."""

import datetime as dt
import zoneinfo
from functools import cache

from babel.dates import get_timezone_location
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

UNKNOWN_ZONE = _("“%(value)s” is not a time zone. Choose one such as Africa/Nairobi.")


@cache
def zone_names() -> frozenset[str]:
    """All names that the IANA database has. Reading them takes a while, so once is enough."""
    return frozenset(zoneinfo.available_timezones())


def zone_choices():
    names = sorted(n for n in zone_names() if "/" in n or n == "UTC")
    return [(n, n.replace("_", " ")) for n in names if not n.startswith(("Etc/", "SystemV/"))]


def validate_zone(name: str) -> None:
    """Refuse a name that the IANA database does not have."""
    if name not in zone_names():
        raise ValidationError(UNKNOWN_ZONE, code="unknown_zone", params={"value": name})


class ZoneSelect(forms.Select):
    """Offers the usual names, and beside them an old spelling that is chosen already."""

    def optgroups(self, name, value, attrs=None):
        offered = {choice for choice, _label in self.choices}
        kept = [v for v in value if v not in offered and v in zone_names()]
        if kept:
            self.choices = [*self.choices, *((v, v) for v in kept)]
        return super().optgroups(name, value, attrs)


class ZoneChoiceField(forms.TypedChoiceField):
    """A choice of zone; old spellings ("Asia/Calcutta") are valid though they are not offered."""

    widget = ZoneSelect
    default_error_messages = {"invalid_choice": UNKNOWN_ZONE}

    def valid_value(self, value):
        return value in zone_names()


class TimeZoneField(models.CharField):
    """The name of an IANA zone; choices are computed, so they never enter a migration."""

    default_validators = [validate_zone]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 64
        kwargs["choices"] = zone_choices
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        kwargs.setdefault("choices_form_class", ZoneChoiceField)
        return super().formfield(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        # Names are the validator's business: old spellings ("Asia/Calcutta") are valid too.
        if value in self.empty_values:
            super().validate(value, model_instance)


def local_to_instant(local: dt.datetime, zone: str) -> dt.datetime:
    """Turn a naive local time in ``zone`` into an aware UTC instant of whole seconds.

    Raises ``ValidationError`` where the local time does not exist, or exists twice, because
    clocks change, and where the year is out of all reason.
    """
    local = local.replace(microsecond=0, tzinfo=None)
    if not 1900 <= local.year <= 2999:
        raise ValidationError(_("Enter a year between 1900 and 2999."), code="year")
    tz = zoneinfo.ZoneInfo(zone)
    first, second = (local.replace(tzinfo=tz, fold=fold) for fold in (0, 1))
    instant = first.astimezone(dt.UTC)
    if instant.astimezone(tz).replace(tzinfo=None) != local:
        raise ValidationError(
            _(
                "At %(time)s clocks in %(zone)s are put forward, so this time does not exist. "
                "Choose a time before or after the change."
            ),
            code="time_does_not_exist",
            params={"time": f"{local:%Y-%m-%d %H:%M}", "zone": zone},
        )
    if first.utcoffset() != second.utcoffset():
        raise ValidationError(
            _(
                "At %(time)s clocks in %(zone)s are put back, so this time exists twice. "
                "Choose a time before or after the change, or another zone such as UTC."
            ),
            code="time_exists_twice",
            params={"time": f"{local:%Y-%m-%d %H:%M}", "zone": zone},
        )
    return instant


def zone_city(zone: str) -> str:
    """Name the city of a zone in the reader's language ("Africa/Nairobi" → "Nairobi")."""
    if zone == "UTC":
        return "UTC"
    try:
        return get_timezone_location(
            zone, locale=to_locale(get_language() or "en"), return_city=True
        )
    except (LookupError, ValueError):
        return zone.rsplit("/", 1)[-1].replace("_", " ")
