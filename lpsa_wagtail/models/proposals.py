"""What belongs to the proposal of a group and not to its page."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.choices import DRAFTING_ROLES, Role
from lpsa_wagtail.models.members import Member
from lpsa_wagtail.models.working_groups import WorkingGroupRecord


class Proposal(models.Model):
    """Beside the draft of the group's page: for the Board and the proposer, never public."""

    record = models.OneToOneField(
        WorkingGroupRecord,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        related_name="proposal",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    plan = models.TextField(_("plan for the first year"), max_length=5000)
    differs_from = models.TextField(
        _("how it differs from groups that exist"), blank=True, max_length=2000
    )
    created_at = models.DateTimeField(_("proposed at"), default=timezone.now)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.record)


class ProposedLeader(models.Model):
    """Somebody who is to lead the group: a person in the register, or one to be invited."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="leaders")
    member = models.ForeignKey(
        Member,
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, role.label) for role in DRAFTING_ROLES],
        default=Role.CO_CHAIR,
    )

    class Meta:
        verbose_name = _("proposed leader")
        verbose_name_plural = _("proposed leaders")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.member or self.name)
