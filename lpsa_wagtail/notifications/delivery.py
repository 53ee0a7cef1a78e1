"""The way of a message: written down once for each person, taken up, handed over, never twice."""

import datetime as dt
import logging
import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils import timezone

from lpsa_wagtail import conf
from lpsa_wagtail.choices import Channel, DeliveryState
from lpsa_wagtail.models import Delivery, Event
from lpsa_wagtail.notifications.messages import BadAddress, build, host_name
from lpsa_wagtail.notifications.notices import notice_of, recipients, why
from lpsa_wagtail.notifications.people import wants
from lpsa_wagtail.notifications.sending import (
    Doubtful,
    MailServer,
    Refused,
    ServerAway,
    TryLater,
)

logger = logging.getLogger("lpsa_wagtail.notifications")

#: How long a worker has for one message before it counts as gone.
LEASE = dt.timedelta(minutes=10)
#: Minutes to wait after each attempt; after the last one the message has failed. Three days.
WAITS = (1, 2, 5, 10, 30, 60, 120, 240, 480, 720, 1440, 1440)


class LeaseLost(Exception):
    """The worker took too long, and somebody else decides on the message now."""


@dataclass
class Report:
    """What one run did."""

    events: int = 0
    states: Counter = field(default_factory=Counter)


def empty_outbox() -> Report:
    """Write down who hears of what happened, and send what is due.

    At most ``LPSA_MAILS_PER_RUN`` messages; the rest waits for the next call. Commits in between,
    so it cannot be called inside a transaction. Any number of them may run at once.
    """
    limit = conf.get("LPSA_MAILS_PER_RUN")
    return Report(events=fan_out(limit), states=deliver(limit))


def fan_out(limit: int) -> int:
    """Write down the deliveries of events that have none yet. Returns for how many events.

    An event that cannot be worked out is logged and left; the others go on.
    """
    done = 0
    for event in Event.objects.to_fan_out()[:limit]:
        try:
            done += _fan_out(event)
        except Exception as error:
            logger.error("event %s was not fanned out: %s", event.pk, type(error).__name__)
    return done


@transaction.atomic
def _fan_out(event) -> bool:
    if not Event.objects.filter(pk=event.pk).mark_fanned_out():
        return False  # another worker was first
    notice = notice_of(event)
    host = host_name()
    Delivery.objects.bulk_create(
        Delivery(
            event=event,
            channel=Channel.MAIL,
            recipient_id=Delivery.id_of(user),
            message_id=f"<{uuid.uuid4()}@{host}>",
        )
        for user in recipients(event)
        if notice and wants(user, notice)
    )
    return True


def deliver(limit: int) -> Counter:
    """Send what is due, at most so many; returns how many came to which state.

    While no server answers, one message is tried and the others are left for the next call.
    """
    Delivery.objects.release_expired()
    states: Counter = Counter()
    with MailServer() as server:
        for _number in range(limit):
            delivery = Delivery.objects.claim(LEASE)
            if delivery is None:
                break
            state, server_is_away = _deliver(delivery, server)
            states[state] += 1
            if server_is_away:
                break
    return states


def _deliver(delivery, server) -> tuple[str, bool]:
    """Bring one claimed message to its next state. (the state, whether no server answers)"""
    try:
        message = _message(delivery)
        if message is None:
            return _finish(delivery, DeliveryState.SUPPRESSED), False
        server.hand_over(message, partial(_note_handing_over, delivery))
    except BadAddress:
        return _finish(delivery, DeliveryState.FAILED, "the address cannot be used"), False
    except Refused as refusal:
        return _finish(delivery, DeliveryState.FAILED, str(refusal)), False
    except Doubtful as doubt:
        return _finish(delivery, DeliveryState.UNKNOWN, str(doubt)), False
    except TryLater as delay:
        return _put_off(delivery, str(delay)), isinstance(delay, ServerAway)
    except LeaseLost:
        return DeliveryState.IN_FLIGHT, False
    except Exception as error:  # a template, another backend: what it was is not known
        logger.error("delivery %s was not sent: %s", delivery.pk, type(error).__name__)
        return _after_accident(delivery, type(error).__name__), False
    return _finish(delivery, DeliveryState.SENT), False


def _message(delivery):
    """The message, or None if the person should not be told any more."""
    user, notice = delivery.recipient, notice_of(delivery.event)
    if user is None or notice is None or not wants(user, notice):
        return None
    reason = why(delivery.event, user)
    return build(delivery, notice, user) if reason else None


@transaction.atomic(durable=True)
def _note_handing_over(delivery):
    now = timezone.now()
    mine = Delivery.objects.held(delivery).filter(
        state=DeliveryState.IN_FLIGHT, lease_until__gt=now
    )
    if not mine.update(data_started_at=now):
        raise LeaseLost


def _finish(delivery, state, error="") -> str:
    """Write down what became of it; also when it counted as unknown in the meantime."""
    states = (DeliveryState.IN_FLIGHT, DeliveryState.UNKNOWN)
    Delivery.objects.held(delivery).filter(state__in=states).update(
        state=state, last_error=error[:255], finished_at=timezone.now()
    )
    return state


def _put_off(delivery, error) -> str:
    """Try again later, each time later than before; in the end it has failed."""
    if delivery.attempts > len(WAITS):
        return _finish(delivery, DeliveryState.FAILED, f"given up: {error}")
    wait = dt.timedelta(minutes=WAITS[delivery.attempts - 1])
    Delivery.objects.held(delivery).filter(state=DeliveryState.IN_FLIGHT).update(
        state=DeliveryState.DEFERRED,
        last_error=error[:255],
        next_at=timezone.now() + wait,
        lease_token="",
        data_started_at=None,
    )
    return DeliveryState.DEFERRED


def _after_accident(delivery, error) -> str:
    """After an error of a kind that nobody foresaw: again, unless it may have been sent."""
    started = Delivery.objects.held(delivery).filter(data_started_at__isnull=False).exists()
    return _finish(delivery, DeliveryState.UNKNOWN, error) if started else _put_off(delivery, error)
