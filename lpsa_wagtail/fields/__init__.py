"""Model and form fields of our own."""

from lpsa_wagtail.fields.countries import CountryField
from lpsa_wagtail.fields.interests import ClusterInterests, InterestField, Interests
from lpsa_wagtail.fields.zones import TimeZoneField, local_to_instant, zone_city

__all__ = [
    "ClusterInterests",
    "CountryField",
    "InterestField",
    "Interests",
    "TimeZoneField",
    "local_to_instant",
    "zone_city",
]
