"""The public record of what became public, changed and went, for programs that follow.

What is written here is public: no title, no person, nothing of drafts. ``Publication`` says what
is public as far as it was noted, ``Change`` what was noted in order, ``PublicClock`` how far.
"""

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.choices import ChangeKind, Noun
from lpsa_wagtail.models.decisions import AppendOnly
from lpsa_wagtail.models.querysets import roots_of

#: The one row of the clock.
CLOCK = 1
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class PublicClockQuerySet(models.QuerySet["PublicClock"]):
    """Reads and steps of the clock."""

    def now(self):
        """The clock, or None before anything was ever noted. One query."""
        return self.filter(pk=CLOCK).first()

    def with_turns(self, moment: dt.datetime):
        """Annotate when a webinar that is live ``begun_at`` and ``ended_at`` last."""
        webinars = apps.get_model("lpsa_wagtail", "Webinar").objects.live().order_by()
        begun = webinars.filter(starts_at__lte=moment).order_by("-starts_at").values("starts_at")
        ended = webinars.filter(ends_at__lt=moment).order_by("-ends_at").values("ends_at")
        return self.annotate(begun_at=Subquery(begun[:1]), ended_at=Subquery(ended[:1]))

    def locked(self):
        """The clock for who is going to change it, made the first time. In a transaction.

        Of two at once the second waits here until the first has committed. It is locked by writing,
        so that a database which locks no rows lets nobody read on before.
        """
        row = self.filter(pk=CLOCK)
        if not row.update(number=F("number")):
            self.bulk_create([self.model(pk=CLOCK)], ignore_conflicts=True)
            row.update(number=F("number"))
        return row.get()


class PublicClock(models.Model):
    """How far the public record is. Who holds its row gives out numbers.

    ``number`` is the last one given out. It also rises when something changed that answers show and
    that is no thing to follow, such as a picture; so does ``touched_at``, in whole seconds.
    """

    number = models.PositiveBigIntegerField(_("number"), default=0)
    touched_at = models.DateTimeField(_("last change"), default=LONG_AGO)

    objects = PublicClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("public clock")
        verbose_name_plural = _("public clocks")
        default_permissions = ()

    def __str__(self):
        return str(self.number)

    def rise(self, steps: int) -> dt.datetime:
        """Store that so many numbers are given out from now; return the moment. It never goes back.

        To be called when all is read that is noted: whoever sees this moment then sees that, too.
        """
        self.number += steps
        self.touched_at = max(self.touched_at, timezone.now().replace(microsecond=0))
        self.save(update_fields=["number", "touched_at"])
        return self.touched_at


class PublicThing(models.Model):
    """How a thing is named: words and ids that visitors see. ``path`` is its place in the tree."""

    noun = models.CharField(_("type"), max_length=10, choices=Noun.choices)
    object_id = models.PositiveBigIntegerField(_("id"))
    slug = models.CharField(_("slug"), max_length=255)
    path = models.CharField(_("tree path"), max_length=255, blank=True, db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.noun} {self.object_id}"

    @property
    def key(self) -> tuple[str, int]:
        return self.noun, self.object_id


class InPlaces(models.QuerySet):
    """Narrows by place in the tree of pages."""

    def in_site(self, site):
        """What lies in this site, and what lies in no place: that belongs to every site."""
        inside = Q(path="")
        for root in roots_of(site):
            inside |= Q(path__startswith=root.path)
        return self.filter(inside)


class PublicationQuerySet(InPlaces):
    """Reads of what is public, or was."""

    def with_existence(self):
        """Annotate ``exists``: there still is a page of this id. Means nothing for interests."""
        pages = Page.objects.filter(pk=OuterRef("object_id"))
        return self.annotate(exists=Exists(pages))


class Publication(PublicThing):
    """A thing that is public, or was and is still there. ``version`` changes with what is seen."""

    public = models.BooleanField(_("public"), default=True)
    version = models.CharField(_("version"), max_length=32)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["noun", "object_id"], name="lpsa_publication_once")
        ]


class ChangeQuerySet(InPlaces):
    """Reads of changes. They are added, nothing else."""

    def update(self, **kwargs):
        raise AppendOnly("What was noted is never changed.")

    def delete(self):
        raise AppendOnly("What was noted is never removed.")

    def bulk_update(self, *args, **kwargs):
        raise AppendOnly("What was noted is never changed.")

    def after(self, number: int):
        """Changes with a higher number, in order."""
        return self.filter(number__gt=number).order_by("number")

    def with_slug_now(self, site):
        """Annotate ``slug_now``: of the thing in this site as it is public now, else None."""
        now = Publication.objects.in_site(site).filter(public=True)
        now = now.filter(noun=OuterRef("noun"), object_id=OuterRef("object_id"))
        return self.annotate(slug_now=Subquery(now.values("slug")[:1]))


class Change(PublicThing):
    """One thing that became public, changed or went. Rows are added in the order of their numbers.

    Who reads up to a number has read all that are below: a number is given out while the clock is
    locked, and the next one only when it is committed.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind.choices)
    at = models.DateTimeField(_("at"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        ordering = ["number"]
        default_permissions = ()

    def save(self, *args, **kwargs):
        """Add the row. Raises ``AppendOnly`` for a row that exists."""
        if not self._state.adding:
            raise AppendOnly("What was noted is never changed.")
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args, **kwargs):
        raise AppendOnly("What was noted is never removed.")
