"""What setup made, so that it is made once and never again."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class InstallRecordQuerySet(models.QuerySet["InstallRecord"]):
    def made(self, code: str, *, site: Site | None = None):
        """Return the object that setup made under ``code``, or None if it is gone.

        With ``site``, what belongs to that site alone: its index pages.
        """
        record = self.filter(code=code, site=site).first()
        return record.content_object if record else None


class InstallRecord(models.Model):
    """One thing that ``lpsa_setup`` created. The row stays when an editor removes the thing.

    ``site`` is set for what every site has of its own. ``found`` is True for what was there before
    us and is only used; teardown leaves it in place.
    """

    code = models.CharField(_("code"), max_length=100)
    site = models.ForeignKey(
        Site,
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="lpsa_install_records",
    )
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="lpsa_install_records"
    )
    object_id = models.CharField(_("object id"), max_length=64)
    content_object = GenericForeignKey()
    found = models.BooleanField(_("was there before"), default=False, db_default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = InstallRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("install record")
        verbose_name_plural = _("install records")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(site=None), name="lpsa_made_once"),
            models.UniqueConstraint(fields=["code", "site"], name="lpsa_made_once_for_site"),
        ]

    def __str__(self):
        return f"{self.code} ({self.site})" if self.site else self.code
