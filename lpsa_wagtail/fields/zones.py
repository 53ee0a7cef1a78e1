"""IANA time zones, and the way from a clock on the wall to an instant."""

import datetime as dt
import zoneinfo

from babel.dates import get_timezone_location
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _


def zone_choices():
    names = sorted(n for n in zoneinfo.available_timezones() if "/" in n or n == "UTC")
    return [(n, n.replace("_", " ")) for n in names if not n.startswith(("Etc/", "SystemV/"))]


def validate_zone(name: str) -> None:
    """Refuse a name that the IANA database does not have."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Africa/Nairobi."),
            code="unknown_zone",
            params={"name": name},
        )


class TimeZoneField(models.CharField):
    """The name of an IANA zone; choices are computed, so they never enter a migration."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 64
        kwargs["choices"] = zone_choices
        super().__init__(*args, **kwargs)
        self.validators.append(validate_zone)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        # Old spellings ("Asia/Calcutta") stay valid though they are not offered.
        if value and value in zoneinfo.available_timezones():
            return
        super().validate(value, model_instance)


def local_to_instant(local: dt.datetime, zone: str) -> dt.datetime:
    """Turn a naive local time in ``zone`` into an aware UTC instant of whole seconds.

    Raises ``ValidationError`` where the local time does not exist, or exists twice, because
    clocks change.
    """
    local = local.replace(microsecond=0, tzinfo=None)
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
