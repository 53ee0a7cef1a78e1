"""The only place that looks at versions of Wagtail and Django."""

import django
import wagtail
from django.core import mail
from wagtail.api import APIField

WAGTAIL_8 = wagtail.VERSION >= (8, 0)
DJANGO_HAS_MAILERS = django.VERSION >= (6, 1)


def api_field(name: str, *, serializer=None, writable: bool = False) -> APIField:
    """Declare a field for Wagtail's own APIs; ``writable`` counts from Wagtail 8 on."""
    extra = {"writable": writable} if WAGTAIL_8 else {}
    return APIField(name, serializer=serializer, **extra)


def mail_connection(*, timeout: float):
    """A connection to the host's mail server that is not open yet.

    Nothing on it waits longer than ``timeout`` seconds, whatever the host's settings allow.
    (Django 6.1 brought ``MAILERS``; before it, the settings are called ``EMAIL_*``.)
    """
    connection = mail.mailers.default if DJANGO_HAS_MAILERS else mail.get_connection()
    if hasattr(connection, "timeout"):
        connection.timeout = min(connection.timeout or timeout, timeout)
    return connection
