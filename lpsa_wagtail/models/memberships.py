"""Who held which role in which group, from when to when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.choices import DRAFTING_ROLES, Role
from lpsa_wagtail.models.members import Member
from lpsa_wagtail.models.working_groups import WorkingGroupRecord


class MembershipQuerySet(models.QuerySet):
    """Reads of roles."""

    def on(self, date=None):
        """Roles held on that day (today in the site's zone); the last day counts."""
        date = date or timezone.localdate()
        return self.filter(Q(end=None) | Q(end__gte=date), start__lte=date)

    def drafting(self):
        """Roles that draft and submit for their group."""
        return self.filter(role__in=DRAFTING_ROLES)

    def in_group(self, page):
        """Roles in the group whose page this is, in any language."""
        return self.filter(group__translation_key=page.translation_key)

    def in_groups(self, translation_keys):
        """Roles in the groups whose pages have these keys, with their groups."""
        rows = self.filter(group__translation_key__in=translation_keys)
        return rows.select_related("group")

    def of_user(self, user):
        """Roles of the person whose account this is."""
        return self.filter(member__user=user.pk)

    def overlapping(self, start, end):
        """Roles that share at least one day with ``start``–``end`` (``end`` None: for ever)."""
        rows = self.filter(Q(end=None) | Q(end__gte=start))
        return rows.filter(start__lte=end) if end else rows

    def shown(self):
        """Roles that visitors may see.

        Co-chairs and coordinators who accepted the role; others only if both the role is public
        and the person is listed in the directory.
        """
        leads = Q(role__in=DRAFTING_ROLES, accepted_at__isnull=False)
        listed = Q(public=True, member__in_directory=True)
        return self.filter(leads | listed).select_related("member")


ROLES = dict(Role.choices)


class Membership(models.Model):
    """A role of a person in a group. ``end`` is the last day, in the site's zone."""

    member = models.ForeignKey(
        Member, verbose_name=_("member"), on_delete=models.CASCADE, related_name="memberships"
    )
    group = models.ForeignKey(
        WorkingGroupRecord,
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.CharField(
        _("organisation"),
        max_length=200,
        blank=True,
        help_text=_("The organisation that the person stands for in this group."),
    )
    start = models.DateField(_("first day"), default=timezone.localdate)
    end = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave empty while the role is held.")
    )
    public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Shown on the group page if the person is also listed in the directory."),
    )
    accepted_at = models.DateTimeField(
        _("accepted at"),
        null=True,
        blank=True,
        help_text=_(
            "When the person accepted the role. Co-chairs and coordinators are shown from then on."
        ),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["group", "role", "-start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="lpsa_membership_ends_after_start",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.UniqueConstraint(
                fields=["member", "group", "role"],
                condition=Q(end__isnull=True),
                name="lpsa_membership_open_once",
                violation_error_message=_("This person already holds this role in this group."),
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_role_display()}"

    @property
    def is_current(self) -> bool:
        """True from the first day to the last, in the site's zone."""
        today = timezone.localdate()
        return self.start <= today and (self.end is None or self.end >= today)

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """As Django's, which looks through all choices each time."""
        return str(ROLES.get(self.role, self.role))

    @property
    def is_over(self) -> bool:
        """True from the day after the last day."""
        return self.end is not None and self.end < timezone.localdate()

    @property
    def shown_organisation(self) -> str:
        """The organisation that visitors read beside the name.

        Of co-chairs and coordinators the one of the role, else their own; of others the same if
        the person chose to show it.
        """
        if self.role in DRAFTING_ROLES or self.member.show_affiliation:
            return self.organisation or self.member.affiliation
        return ""

    def clean(self):
        super().clean()
        if not self.start:
            return
        if self.end and self.end < self.start:
            raise ValidationError({"end": _("The last day cannot be before the first day.")})
        if not (self.member_id and self.group_id and self.role):
            return
        same = type(self).objects.exclude(pk=self.pk).overlapping(self.start, self.end)
        same = same.filter(member=self.member_id, group=self.group_id, role=self.role)
        if other := same.first():
            until = other.end or _("today and on")
            raise ValidationError(
                {
                    "role": _(
                        "This person already holds this role in this group from %(start)s to "
                        "%(end)s. End that one first, or choose other days."
                    )
                    % {"start": other.start, "end": until}
                }
            )
