"""The record of what was decided: rows are added, never changed and never removed."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from itertools import takewhile

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.choices import GOING_OUTCOMES, MandateKind, Outcome, Stage

#: Columns that were not there from the beginning.
CAME_LATER = ("effective_on",)
#: How long those who wrote it are told of it where they work.
LATELY = dt.timedelta(days=14)
#: Outcomes of which those who wrote it hear.
TOLD_TO_AUTHORS = (
    Outcome.GO,
    Outcome.REJECTED,
    Outcome.WITHDRAWN,
    Outcome.RECALLED,
    Outcome.OVERRIDE,
)


class AppendOnly(TypeError):
    """Someone tried to change or remove a decision."""


class DecisionQuerySet(models.QuerySet):
    """Reads of decisions. Whatever would change or remove rows raises ``AppendOnly``."""

    def update(self, **kwargs):
        raise AppendOnly("Decisions are never changed.")

    def delete(self):
        raise AppendOnly("Decisions are never removed.")

    def bulk_create(self, *args, **kwargs):
        raise AppendOnly("Decisions are chained, so they are added one by one.")

    def bulk_update(self, *args, **kwargs):
        raise AppendOnly("Decisions are never changed.")

    def ruling(self):
        """Decisions that say whether a page may be live: those that let it, and that end this."""
        return self.filter(outcome__in=(*GOING_OUTCOMES, Outcome.WITHDRAWN, Outcome.RECALLED))

    def told_to_authors(self):
        """Decisions of which those who wrote it hear."""
        return self.filter(outcome__in=TOLD_TO_AUTHORS)

    def recent(self):
        return self.filter(decided_at__gt=timezone.now() - LATELY)

    def by_others(self, user, *, since):
        """Approvals and refusals that other people gave since then, newest first."""
        decided = self.filter(outcome__in=(Outcome.GO, Outcome.REJECTED), decided_at__gte=since)
        return decided.exclude(actor_id=str(user.pk)).order_by("-pk")

    def in_force(self, page_id) -> list:
        """Decisions that let this page be live, newest first, back to when it was taken down.

        What was recalled before its date is left out.
        """
        return self.in_force_of(self.ruling().filter(page_id=page_id).order_by("-pk"))

    @staticmethod
    def in_force_of(rulings) -> list:
        """The same from rulings that are read already, newest first."""
        found, recalled = [], set()
        for ruling in takewhile(lambda ruling: ruling.outcome != Outcome.WITHDRAWN, rulings):
            if ruling.outcome == Outcome.RECALLED:
                recalled.add(ruling.content_hash)
            elif ruling.content_hash not in recalled:
                found.append(ruling)
            elif ruling.replaced_hash:
                recalled.add(ruling.replaced_hash)
        return found

    def about_all_languages_of(self, page):
        """Decisions on this page and on its translations."""
        pages = Page.objects.filter(translation_key=page.translation_key).order_by()
        return self.filter(page_id__in=pages.values("pk"))

    def about_groups(self, translation_keys):
        """Decisions on pages with these keys, each with its ``group_key``."""
        pages = Page.objects.filter(translation_key__in=translation_keys).order_by()
        keys = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("translation_key")
        rows = self.filter(page_id__in=pages.values("pk"))
        return rows.annotate(group_key=Subquery(keys[:1]))

    def last_public_title(self, page_id) -> str:
        """Under which title the page was taken down last; "" if it never was."""
        withdrawn = self.filter(page_id=page_id, outcome=Outcome.WITHDRAWN).order_by("-pk")
        return withdrawn.values_list("page_title", flat=True).first() or ""

    def rulings_by_page(self, page_ids) -> dict:
        """Map page id → its rulings, newest first. One query."""
        found = defaultdict(list)
        for decision in self.ruling().filter(page_id__in=page_ids).order_by("-pk"):
            found[decision.page_id].append(decision)
        return found


class Decision(models.Model):
    """One decision on exactly one content of one page.

    The page is named by id and title, not by foreign key: the row outlives page and person.
    ``digest`` covers the row and the digest before it, so a removed or altered row shows.
    """

    page_id = models.PositiveBigIntegerField(_("page id"))
    page_title = models.CharField(_("page"), max_length=255)
    parent_id = models.PositiveBigIntegerField(_("parent page id"), null=True)
    revision_id = models.PositiveBigIntegerField(_("revision id"), null=True)
    content_hash = models.CharField(_("content"), max_length=80, blank=True)
    charter_hash = models.CharField(
        _("charter"),
        max_length=80,
        blank=True,
        help_text=_("Of a group: title, designation, focus and purpose."),
    )
    replaced_hash = models.CharField(_("content before"), max_length=80, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    actor_id = models.CharField(_("decided by (id)"), max_length=64, blank=True)
    acted_as = models.CharField(_("decided as"), max_length=150, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    effective_on = models.DateField(_("effective on"), null=True, help_text=_("If not at once."))
    previous_digest = models.CharField(max_length=64, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["page_id", "-id"], name="lpsa_decision_page")]

    def __str__(self):
        return f"{self.page_title}: {self.get_outcome_display()}"

    def save(self, *args, **kwargs):
        """Add the row at the end of the chain. Raises ``AppendOnly`` for a row that exists."""
        if self.pk or not self._state.adding:
            raise AppendOnly("Decisions are never changed.")
        with transaction.atomic():
            self.decided_at = self.decided_at.replace(microsecond=0)
            self.previous_digest = self._lock_last_digest()
            self.digest = self.computed_digest()
            super().save(*args, force_insert=True, using=kwargs.get("using"))

    def delete(self, *args, **kwargs):
        raise AppendOnly("Decisions are never removed.")

    @classmethod
    def _lock_last_digest(cls) -> str:
        """Digest of the newest row, locked so that two writers queue; "" for the first row."""
        while True:
            last = cls.objects.select_for_update().order_by("-pk").first()
            newest = cls.objects.order_by("-pk").values_list("pk", flat=True).first()
            if newest == (last and last.pk):
                return last.digest if last else "start"

    def computed_digest(self) -> str:
        """What ``digest`` must be for this row after ``previous_digest``.

        A column that came later is left out while it is empty, so older rows keep their digest.
        """
        skipped = ["id", "digest", *(name for name in CAME_LATER if not getattr(self, name))]
        row: list[tuple] = [
            (field.attname, str(self.serializable_value(field.attname) or ""))
            for field in self._meta.concrete_fields
            if field.attname not in (*skipped, "decided_at")
        ]
        row.append(("decided_at", int(self.decided_at.timestamp())))
        return hashlib.sha256(json.dumps(row).encode()).hexdigest()

    @property
    def is_to_come(self) -> bool:
        """True while it waits for the day on which it takes effect."""
        return bool(self.effective_on and self.effective_on > timezone.localdate())

    @property
    def is_recent(self) -> bool:
        """True for two weeks, in which those who wrote it are told of it where they work."""
        return self.decided_at > timezone.now() - LATELY

    @property
    def role_shown(self) -> str:
        """As what it was decided, in words: a mandate, or the name of the auth group."""
        return str(dict(MandateKind.choices).get(self.acted_as, self.acted_as))

    @property
    def actor(self):
        """The account that decided, or None when it is gone."""
        return get_user_model()._base_manager.filter(pk=self.actor_id or None).first()
