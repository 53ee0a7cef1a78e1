"""What setup made, so that it is made once and never again."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class InstallRecordQuerySet(models.QuerySet["InstallRecord"]):
    def made(self, code: str):
        """Return the object that setup made under ``code``, or None if it is gone."""
        record = self.filter(code=code).first()
        return record.content_object if record else None


class InstallRecord(models.Model):
    """One thing that ``lpsa_setup`` created. The row stays when an editor removes the thing."""

    code = models.CharField(_("code"), max_length=100, unique=True)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="lpsa_install_records"
    )
    object_id = models.CharField(_("object id"), max_length=64)
    content_object = GenericForeignKey()
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = InstallRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("install record")
        verbose_name_plural = _("install records")

    def __str__(self):
        return self.code
