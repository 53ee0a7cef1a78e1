"""Site settings that the secretariat keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from lpsa_wagtail.models.prepared import Prepared


@register_setting(icon="group")
class WorkingGroupSettings(BaseSiteSetting):
    """What pages say about proposing and joining groups."""

    join_text = models.CharField(
        _("propose or join a group"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("One line under the directory and on every group page."),
    )
    join_email = models.EmailField(
        _("address"),
        blank=True,
        help_text=_("The address of a role, such as groups@example.org. Never a person's."),
    )

    panels = [FieldPanel("join_text"), FieldPanel("join_email")]

    class Meta:
        verbose_name = _("working group settings")
        verbose_name_plural = _("working group settings")

    @classmethod
    def stored(cls, site):
        """What the secretariat entered for the site, or None. Reads only.

        Wagtail's own ``for_site`` writes a row when there is none; a visit must not write.
        """
        if site is None:
            return None
        found = STATEMENTS.objects((site.pk,), lambda: cls.objects.filter(site=site.pk))
        return found[0] if found else None


STATEMENTS = Prepared(WorkingGroupSettings)
