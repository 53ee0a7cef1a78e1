"""Calendars of webinars and open meetings (RFC 5545), narrowed by the filters of the lists."""

from lpsa_wagtail.calendars.events import of_one, read
from lpsa_wagtail.calendars.zones import zone_rules

__all__ = ["of_one", "read", "zone_rules"]
