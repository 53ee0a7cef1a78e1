"""Telling people what happened, after it happened: who hears of it, and the way it takes.

``about`` says what a kind of message is, ``notices`` who hears of which event and why, ``messages``
what they read, ``sending`` talks to the mail server, ``delivery`` takes each message there once,
``resolving`` lets a person say what became of one, and ``notifiers`` keeps Wagtail's own mails for
the pages of the host.
"""

from lpsa_wagtail.notifications.delivery import deliver, empty_outbox, fan_out
from lpsa_wagtail.notifications.notices import notice_of, recipients, why
from lpsa_wagtail.notifications.notifiers import connect_notifiers
from lpsa_wagtail.notifications.resolving import resolve

__all__ = [
    "connect_notifiers",
    "deliver",
    "empty_outbox",
    "fan_out",
    "notice_of",
    "recipients",
    "resolve",
    "why",
]
