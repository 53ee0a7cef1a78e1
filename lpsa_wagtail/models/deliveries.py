"""The outbox: what happened, and who is told of it on which way, once each."""

import datetime as dt
import uuid

from django.contrib.auth import get_user_model
from django.db import connections, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.choices import FINAL_STATES, Channel, DeliveryState, EventKind
from lpsa_wagtail.models.decisions import AppendOnly
from lpsa_wagtail.models.members import Member

#: How a delivery names a person of the register, who need not have an account: this and the id.
OF_MEMBER = "member:"
#: States in which a delivery waits to be taken up.
WAITING_STATES = (DeliveryState.PENDING, DeliveryState.DEFERRED)


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of events. They are added and marked as fanned out, nothing else."""

    def update(self, **kwargs):
        raise AppendOnly("Events are never changed.")

    def delete(self):
        raise AppendOnly("Events are never removed.")

    def bulk_update(self, *args, **kwargs):
        raise AppendOnly("Events are never changed.")

    def to_fan_out(self):
        """Events of which it is not yet written down who hears of them, oldest first."""
        return self.filter(fanned_out_at=None).order_by("pk")

    def mark_fanned_out(self) -> int:
        """Note that all deliveries are written down; returns how many were not marked before."""
        return super(EventQuerySet, self.filter(fanned_out_at=None)).update(
            fanned_out_at=timezone.now()
        )

    def submissions(self):
        """Events of a page that began to wait at a stage."""
        return self.filter(kind=EventKind.SUBMITTED)

    def content_of(self, key: str) -> str:
        """Hash of the content that the event of this key is about; "" if there is none."""
        return self.filter(key=key).values_list("content_hash", flat=True).first() or ""


class Event(models.Model):
    """One fact that happened. Written in the transaction of the change itself, once per ``key``.

    ``data`` is small and holds ids and words of ours, never names or addresses.
    """

    key = models.CharField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    page_id = models.PositiveBigIntegerField(_("page id"), null=True)
    page_title = models.CharField(_("page"), max_length=255, blank=True)
    revision_id = models.PositiveBigIntegerField(_("revision id"), null=True)
    content_hash = models.CharField(_("content"), max_length=80, blank=True)
    actor_id = models.CharField(_("done by (id)"), max_length=64, blank=True)
    data = models.JSONField(_("data"), default=dict, blank=True)
    created_at = models.DateTimeField(_("happened at"), default=timezone.now)
    fanned_out_at = models.DateTimeField(_("fanned out at"), null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["id"], condition=Q(fanned_out_at=None), name="lpsa_event_to_fan_out"
            ),
            models.Index(fields=["page_id", "-id"], name="lpsa_event_page"),
        ]

    def __str__(self):
        return f"{self.page_title}: {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        """Add the row. Raises ``AppendOnly`` for a row that exists."""
        if self.pk or not self._state.adding:
            raise AppendOnly("Events are never changed.")
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args, **kwargs):
        raise AppendOnly("Events are never removed.")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads of deliveries, and the few steps that a delivery can take.

    Each step is one conditional UPDATE, so of two workers one takes it. A final state is never
    left, whichever way rows are updated.
    """

    def update(self, **kwargs):
        open_ones = self.exclude(state__in=FINAL_STATES)
        return super(DeliveryQuerySet, open_ones).update(**kwargs)

    def delete(self):
        raise AppendOnly("Deliveries are never removed.")

    def bulk_update(self, *args, **kwargs):
        raise AppendOnly("Deliveries change only by the steps of their queryset.")

    def waiting(self):
        """Deliveries that nobody has taken up."""
        return self.filter(state__in=WAITING_STATES)

    def due(self, now=None):
        """Those of them that may be taken up now, the longest overdue first."""
        return self.waiting().filter(next_at__lte=now or timezone.now()).order_by("next_at", "pk")

    def overdue(self, minutes: int):
        """Deliveries that should have been taken up, or let go, so many minutes ago."""
        before = timezone.now() - dt.timedelta(minutes=minutes)
        late = Q(state__in=WAITING_STATES, next_at__lt=before)
        return self.filter(late | Q(state=DeliveryState.IN_FLIGHT, lease_until__lt=before))

    def unclear(self):
        """Deliveries that may have arrived or not: a person says which."""
        return self.filter(state=DeliveryState.UNKNOWN)

    def claim(self, lease: dt.timedelta):
        """Take up the next due delivery for as long as ``lease``, or return None.

        Commits. Where the database can, rows that another worker is taking are passed over.
        """
        token = uuid.uuid4().hex
        now = timezone.now()
        due = self.due(now)
        if connections[self.db].features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        with transaction.atomic(using=self.db, durable=True):
            self.filter(pk=due.values("pk")[:1], state__in=WAITING_STATES).update(
                state=DeliveryState.IN_FLIGHT,
                attempts=F("attempts") + 1,
                lease_token=token,
                lease_until=now + lease,
                data_started_at=None,
            )
            return self.filter(lease_token=token).select_related("event").first()

    def held(self, delivery):
        """The row of a delivery while the claim under which it was read holds, else nothing."""
        return self.filter(pk=delivery.pk, lease_token=delivery.lease_token or None)

    def release_expired(self) -> tuple[int, int]:
        """Let go what a worker took up and did not finish: (to be tried again, unknown).

        What was not yet handed over is tried again. What was may have arrived, so it is not.
        """
        now = timezone.now()
        expired = self.filter(state=DeliveryState.IN_FLIGHT, lease_until__lt=now)
        again = expired.filter(data_started_at=None).update(
            state=DeliveryState.PENDING, next_at=now, lease_token=""
        )
        unknown = expired.filter(data_started_at__isnull=False).update(
            state=DeliveryState.UNKNOWN, last_error="interrupted while it was handed over"
        )
        return again, unknown


class Delivery(models.Model):
    """One message to one person on one channel about one event.

    The person is named by the id of the account, or as ``member:`` and an id of the register; the
    address is looked up when it is sent.
    Rows change only by the conditional steps of the queryset.
    """

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    recipient_id = models.CharField(_("recipient (id)"), max_length=64)
    state = models.CharField(
        _("state"), max_length=20, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    lease_until = models.DateTimeField(_("taken up until"), null=True)
    lease_token = models.CharField(max_length=32, blank=True, editable=False)
    data_started_at = models.DateTimeField(_("handing over since"), null=True)
    message_id = models.CharField(_("message id"), max_length=255, unique=True)
    last_error = models.CharField(_("last answer"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("written down at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "channel", "recipient_id"], name="lpsa_delivery_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_at"], name="lpsa_delivery_due"),
            models.Index(fields=["lease_token"], name="lpsa_delivery_lease"),
        ]

    def __str__(self):
        return f"{self.event}, {self.get_channel_display()} {self.pk}"

    def save(self, *args, **kwargs):
        """Add the row. Raises ``AppendOnly`` for a row that exists."""
        if self.pk or not self._state.adding:
            raise AppendOnly("Deliveries change only by the steps of their queryset.")
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args, **kwargs):
        raise AppendOnly("Deliveries are never removed.")

    @staticmethod
    def id_of(person) -> str:
        """What names this account or member in ``recipient_id``."""
        return f"{OF_MEMBER}{person.pk}" if isinstance(person, Member) else str(person.pk)

    @property
    def recipient(self):
        """The account or the member, or None when they are gone."""
        if self.recipient_id.startswith(OF_MEMBER):
            return Member.objects.filter(pk=self.recipient_id.removeprefix(OF_MEMBER)).first()
        return get_user_model()._base_manager.filter(pk=self.recipient_id or None).first()


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def last_run(self, name: str) -> dt.datetime | None:
        """When the thing of this name last ran to its end, or None."""
        return self.filter(name=name).values_list("at", flat=True).first()

    def beat(self, name: str) -> None:
        """Note that it ran just now."""
        self.update_or_create(name=name, defaults={"at": timezone.now()})


class Heartbeat(models.Model):
    """When something that runs by the clock last ran; one row each."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    at = models.DateTimeField(_("last run"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")
        default_permissions = ()

    def __str__(self):
        return self.name
