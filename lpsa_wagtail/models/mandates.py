"""Tasks that a person has for some time: acting for the Chair, deputising, proposing."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.choices import MandateKind


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, date=None):
        """Mandates that hold on that day (today in the site's zone); the last day counts."""
        date = date or timezone.localdate()
        return self.filter(Q(end=None) | Q(end__gte=date), start__lte=date)

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)


class Mandate(models.Model):
    """A dated task of a person with an account. ``end`` is the last day, in the site's zone."""

    kind = models.CharField(_("task"), max_length=20, choices=MandateKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    start = models.DateField(_("first day"), default=timezone.localdate)
    end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Acting for the Chair needs one.")
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only for deciding on one page in the place of the Chair."),
    )
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    granted_by_id = models.CharField(_("given by (id)"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("given at"), default=timezone.now, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-start", "-pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="lpsa_mandate_ends_after_start",
                violation_error_message=_("The last day cannot be before the first day."),
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"

    @property
    def is_current(self) -> bool:
        """True from the first day to the last, in the site's zone."""
        today = timezone.localdate()
        return self.start <= today and (self.end is None or self.end >= today)

    def clean(self):
        super().clean()
        if self.kind == MandateKind.ACTING_CHAIR and not self.end:
            raise ValidationError({"end": _("Say until when this person acts for the Chair.")})
        if (self.kind == MandateKind.DECIDER) != bool(self.page_id):
            raise ValidationError(
                {"page": _("Name the page for deciding on one page, and only for that.")}
            )
