"""The only place that looks at versions of Wagtail and Django."""

import wagtail
from wagtail.api import APIField

WAGTAIL_8 = wagtail.VERSION >= (8, 0)


def api_field(name: str, *, serializer=None, writable: bool = False) -> APIField:
    """Declare a field for Wagtail's own APIs; ``writable`` counts from Wagtail 8 on."""
    extra = {"writable": writable} if WAGTAIL_8 else {}
    return APIField(name, serializer=serializer, **extra)
