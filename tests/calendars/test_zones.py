"""The rules of time zones in calendars, read by dateutil, which knows nothing but them."""

import datetime as dt
import io
import zoneinfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from lpsa_wagtail.calendars import zone_rules

HOUR = dt.timedelta(hours=1)


def read(name, years):
    """The zone as a program understands it that has nothing but our rules."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add_component(zone_rules(name, years))
    text = calendar.to_ical().decode().replace("\r\n", "\n")
    return tzical(io.StringIO(text)).get(name)


def is_told_once(moment, zone) -> bool:
    """False in the hours that clocks leave out, or show twice."""
    there = moment.replace(tzinfo=zone)
    exists = there.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == moment
    return exists and there.utcoffset() == there.replace(fold=1).utcoffset()


@pytest.mark.parametrize("years", [(2023,), (2026, 2027), (2021, 2030), (2045,)], ids=str)
@pytest.mark.parametrize(
    "name",
    [
        "Africa/Casablanca",  # one hour back for the month of Ramadan, in 2030 for two of them
        "Africa/Cairo",  # summer time again since 2023
        "Africa/Nairobi",
        "America/Buenos_Aires",  # a spelling of long ago
        "America/New_York",
        "America/Sao_Paulo",  # no summer time since 2019
        "Asia/Calcutta",
        "Asia/Gaza",
        "Asia/Katmandu",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",  # half an hour
        "Europe/Dublin",  # winter time is the odd one
        "Europe/London",
        "Pacific/Apia",
    ],
)
def test_every_hour_of_the_years_asked_for_is_right(name, years):
    ours, zone = read(name, years), zoneinfo.ZoneInfo(name)

    moments = [dt.datetime(year, 1, 1) + n * HOUR for year in years for n in range(365 * 24)]
    told = [moment for moment in moments if is_told_once(moment, zone)]
    wrong = [
        (moment, ours.utcoffset(moment))
        for moment in told
        if ours.utcoffset(moment) != moment.replace(tzinfo=zone).utcoffset()
    ]

    assert wrong[:3] == []


def test_a_change_is_told_on_the_clock_before_it():
    parts = zone_rules("Europe/London", [2026]).subcomponents

    told = [
        (part.name, part.decoded("dtstart"), str(part["tzname"]), part["tzoffsetto"].to_ical())
        for part in parts
    ]
    assert told == [
        ("STANDARD", dt.datetime(2025, 12, 31), "GMT", "+0000"),
        ("DAYLIGHT", dt.datetime(2026, 3, 29, 1), "BST", "+0100"),
        ("STANDARD", dt.datetime(2026, 10, 25, 2), "GMT", "+0000"),
    ]


def test_years_that_follow_each_other_are_told_as_one():
    assert len(zone_rules("Europe/London", [2026, 2027]).subcomponents) == 5
    assert len(zone_rules("Europe/London", [2026, 2029]).subcomponents) == 6
    assert len(zone_rules("Africa/Nairobi", range(2020, 2030)).subcomponents) == 1


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zone_rules("Mars/Base", [2026])
