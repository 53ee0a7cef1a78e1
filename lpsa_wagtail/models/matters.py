"""What waits for a decision, and what people do and say on the way to it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from lpsa_wagtail.choices import GroupChange, Stance
from lpsa_wagtail.models.decisions import AppendOnly
from lpsa_wagtail.models.working_groups import WorkingGroupRecord

#: Days to decide where a stage says nothing about it (stages that are not the Board's).
DAYS_TO_DECIDE = 7
REMIND_DAYS_BEFORE = 2


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self):
        """Matters that wait for a decision."""
        waits = Q(
            task_state__status=TaskState.STATUS_IN_PROGRESS,
            task_state__workflow_state__current_task_state=F("task_state"),
        )
        return self.filter(waits | Q(task_state=None, closed_at=None))

    def changes(self):
        """Changes of a group's state, open or decided."""
        return self.exclude(record=None)

    def seen_by(self, person):
        """Each tells as ``positioned`` whether this person left a position on it."""
        mine = Position.objects.filter(matter=OuterRef("pk"), person=person.pk)
        return self.annotate(positioned=Exists(mine)).select_related("taken_by")

    def overdue(self, today=None):
        """Matters whose due date has passed."""
        return self.filter(due_on__lt=today or timezone.localdate())


class Matter(models.Model):
    """One thing that waits for a decision: content at a stage, or a change of a group's state.

    Whether content still waits is told by Wagtail's task state, of a change by ``closed_at``.
    """

    task_state = models.OneToOneField(
        TaskState, null=True, on_delete=models.CASCADE, related_name="lpsa_matter"
    )
    record = models.ForeignKey(
        WorkingGroupRecord,
        verbose_name=_("group"),
        null=True,
        on_delete=models.CASCADE,
        related_name="changes",
    )
    change = models.CharField(_("change"), max_length=20, choices=GroupChange.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("waits since"), default=timezone.now)
    due_on = models.DateField(_("due on"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    taken_at = models.DateTimeField(_("taken at"), null=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    escalated_at = models.DateTimeField(_("handed to the deputy at"), null=True)
    closed_at = models.DateTimeField(_("decided at"), null=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["due_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(task_state__isnull=False, record__isnull=True, change="")
                | (Q(task_state__isnull=True, record__isnull=False) & ~Q(change="")),
                name="lpsa_matter_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(record__isnull=False, closed_at__isnull=True),
                name="lpsa_matter_one_change",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="lpsa_matter_due")]

    def __str__(self):
        return str(self.record or self.task_state_id)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()

    @staticmethod
    def dates_of(task_state) -> dict:
        """Since when what is at this stage waits, and when it is due, as its task says."""
        days = getattr(task_state.task.specific, "days_to_decide", DAYS_TO_DECIDE)
        due_on = timezone.localdate(task_state.started_at) + dt.timedelta(days=days)
        return {"opened_at": task_state.started_at, "due_on": due_on}


class Position(models.Model):
    """What a member of the Board says before the Chair decides; one for each person."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="positions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    stance = models.CharField(_("position"), max_length=20, choices=Stance.choices)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["given_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["matter", "person"], name="lpsa_position_once")
        ]

    def __str__(self):
        return f"{self.person}: {self.get_stance_display()}"


class Vote(models.Model):
    """One approval of exactly one content, where a stage asks for several. Never changed."""

    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="votes")
    voter_id = models.CharField(_("voted by (id)"), max_length=64)
    acted_as = models.CharField(_("voted as"), max_length=150, blank=True)
    content_hash = models.CharField(_("content"), max_length=80)
    revision_id = models.PositiveBigIntegerField(_("revision id"), null=True)
    comment = models.TextField(_("comment"), blank=True)
    voted_at = models.DateTimeField(_("voted at"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "voter_id", "content_hash"], name="lpsa_vote_once"
            )
        ]

    def __str__(self):
        return str(self.pk)

    def save(self, *args, **kwargs):
        """Add the row. Raises ``AppendOnly`` for a row that exists."""
        if self.pk or not self._state.adding:
            raise AppendOnly("Votes are never changed.")
        super().save(force_insert=True, using=kwargs.get("using"))


class ReviewNote(models.Model):
    """A private note of a reviewer on a page. For reviewers only: no author sees it, no API."""

    page_id = models.PositiveBigIntegerField(_("page id"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    text = models.TextField(_("note"), max_length=2000)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["page_id", "id"], name="lpsa_review_note_page")]

    def __str__(self):
        return str(self.pk)
