"""People. Private by default: no snippet, no chooser, no child of a page."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.choices import language_choices
from lpsa_wagtail.fields import CountryField, Interests, TimeZoneField
from lpsa_wagtail.models.interests import Interest, InterestItem


class MemberQuerySet(models.QuerySet):
    """Reads of people, as everybody may see them."""

    def shown(self, translation_keys):
        """Who is listed in the directory, or leads one of these groups and accepted it."""
        leads = self._roles(translation_keys)
        return self.filter(models.Q(in_directory=True) | models.Q(pk__in=leads.values("member")))

    def in_role(self, *, keys, role=None):
        """Who holds a role today that visitors may see, in one of the groups with these keys."""
        roles = self._roles(keys)
        return self.filter(pk__in=(roles.filter(role=role) if role else roles).values("member"))

    @staticmethod
    def _roles(keys):
        memberships = apps.get_model("lpsa_wagtail", "Membership").objects
        return memberships.on().shown().filter(group__translation_key__in=keys).order_by()

    def from_country(self, code):
        """Who shows that they are from there."""
        return self.filter(in_directory=True, show_country=True, country=code)

    def named_like(self, text):
        """Whose name has this text, in any case."""
        return self.filter(name__icontains=text)


class Member(models.Model):
    """A person who registered, or whom the secretariat entered. An account is optional."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lpsa_member",
        help_text=_("Only for people who work on the site."),
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), unique=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    country = CountryField(_("country"))
    language = models.CharField(_("language"), max_length=12, blank=True, choices=language_choices)
    time_zone = TimeZoneField(_("time zone"), blank=True, default="UTC")
    expertise = models.TextField(_("expertise"), blank=True)
    interests = Interests(
        through="lpsa_wagtail.MemberInterest",
        blank=True,
        verbose_name=_("interests"),
        help_text=_("Topics, regions and sectors this person wants to hear about."),
    )
    consent_at = models.DateTimeField(_("consent given at"), null=True, blank=True)
    consent_source = models.CharField(
        _("consent given by"), max_length=200, blank=True, help_text=_("Form, letter, import, …")
    )
    in_directory = models.BooleanField(
        _("listed in the directory"),
        default=False,
        help_text=_("By the person's own choice. Without it nothing below is ever shown."),
    )
    show_affiliation = models.BooleanField(_("show affiliation"), default=False)
    show_country = models.BooleanField(_("show country"), default=False)
    show_expertise = models.BooleanField(_("show expertise"), default=False)
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = MemberQuerySet.as_manager()
    #: If the person was in the directory when this object was read.
    was_in_directory = False

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        member = super().from_db(db, field_names, values, **kwargs)
        member.was_in_directory = member.__dict__.get("in_directory", True)
        return member

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()


class MemberInterest(InterestItem):
    """A word that a member follows."""

    tag = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="member_items")
    content_object = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="interest_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="lpsa_member_interest_once"
            )
        ]
