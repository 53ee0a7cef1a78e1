"""Links that go out by mail, each for one person and one thing."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.models.matters import Matter
from lpsa_wagtail.models.memberships import Membership


class DecisionLink(models.Model):
    """The way from a mail to deciding: bound to a person and to content, used once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(_("content"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True)
    codes_sent = models.PositiveSmallIntegerField(_("codes sent"), default=0)
    code_sent_at = models.DateTimeField(_("code sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("wrong codes"), default=0)

    class Meta:
        verbose_name = _("link for deciding")
        verbose_name_plural = _("links for deciding")
        ordering = ["-created_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user", "content_hash"], name="lpsa_decision_link_once"
            )
        ]

    def __str__(self):
        return str(self.pk)


class Invitation(models.Model):
    """The way from a mail to accepting a role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    declined_at = models.DateTimeField(_("declined at"), null=True)
    invited_by_id = models.CharField(_("invited by (id)"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.pk)
