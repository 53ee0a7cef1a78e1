"""Time zones, and clocks that change."""

import datetime as dt
import zoneinfo

import pytest
from django.core.exceptions import ValidationError

from lpsa_wagtail.fields import local_to_instant, zone_city
from lpsa_wagtail.models import Webinar


def clock(text):
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2030-05-07 16:00", "Africa/Nairobi", "2030-05-07 13:00"),
        ("2030-05-07 16:00", "Asia/Kathmandu", "2030-05-07 10:15"),
        ("2026-10-25 03:00", "Europe/Berlin", "2026-10-25 02:00"),
        ("2027-03-28 03:00", "Europe/Berlin", "2027-03-28 01:00"),
        ("2030-05-07 16:00", "UTC", "2030-05-07 16:00"),
    ],
)
def test_a_clock_and_a_zone_give_an_instant(local, zone, instant):
    assert local_to_instant(clock(local), zone) == clock(instant).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_every_time_that_a_change_of_clocks_skips_or_repeats_is_refused(zone):
    """Half-hours of a year: what does not lead back to one instant is refused, nothing else."""
    tz = zoneinfo.ZoneInfo(zone)
    start = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    instants = [start + dt.timedelta(minutes=30 * n) for n in range(365 * 48)]
    shown: dict = {}
    for instant in instants:
        local = instant.astimezone(tz).replace(tzinfo=None)
        shown.setdefault(local, []).append(instant)
    first, last = min(shown), max(shown)
    refused = []
    for n in range(int((last - first) / dt.timedelta(minutes=30))):
        local = first + dt.timedelta(minutes=30 * n)
        try:
            assert [local_to_instant(local, zone)] == shown[local]
        except ValidationError as error:
            refused.append((error.code, len(shown.get(local, ()))))
    times = 1 if zone == "Australia/Lord_Howe" else 2  # its clocks change by half an hour
    expected = [("time_does_not_exist", 0)] * times + [("time_exists_twice", 2)] * times
    assert sorted(refused) == expected


def test_an_unknown_zone_is_refused_with_a_sentence():
    field = Webinar._meta.get_field("time_zone")

    with pytest.raises(ValidationError) as caught:
        field.clean("Mars/Olympus", None)

    assert caught.value.messages == [
        "“Mars/Olympus” is not a time zone. Choose one such as Africa/Nairobi."
    ]


@pytest.mark.parametrize("name", ["Africa/Nairobi", "UTC", "Asia/Calcutta", "Etc/GMT+5"])
def test_every_name_that_the_database_of_zones_has_is_valid(name):
    assert Webinar._meta.get_field("time_zone").clean(name, None) == name


def test_the_offer_has_cities_and_utc_only():
    offered = dict(Webinar._meta.get_field("time_zone").formfield().choices)

    assert offered["America/Argentina/Buenos_Aires"] == "America/Argentina/Buenos Aires"
    assert "UTC" in offered
    assert [name for name in offered if name.startswith("Etc/") or name == "EST"] == []


def test_cities_are_named_in_words():
    assert [zone_city(z) for z in ("Africa/Nairobi", "America/Lima", "UTC", "No/Such_Zone")] == [
        "Nairobi",
        "Lima",
        "UTC",
        "Such Zone",
    ]
