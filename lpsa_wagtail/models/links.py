"""Links that go out by mail, each for one person and one thing."""

import datetime as dt
import re
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail import conf
from lpsa_wagtail.models.matters import Matter
from lpsa_wagtail.models.memberships import Membership

#: What a token looks like: the id, and 256 bits of signature.
TOKEN = re.compile(r"[0-9a-f]{32}\.[\w-]{43}", re.ASCII)
CODE_LASTS = dt.timedelta(minutes=10)
TRIES = 5


def signer() -> Signer:
    """Made when needed: it takes the keys of the site as they are now, older ones to check."""
    return Signer(sep=".", salt="lpsa_wagtail.DecisionLink", algorithm="sha256")


class DecisionLinkQuerySet(models.QuerySet["DecisionLink"]):
    """Reads of links, and the few steps that a link can take.

    Each step is one conditional UPDATE, so of two requests one takes it.
    """

    def of_token(self, token: str) -> "DecisionLink | None":
        """The link that this token names, with what it is about; None for anything else."""
        if not TOKEN.fullmatch(token):
            return None
        try:
            named = uuid.UUID(signer().unsign(token))
        except BadSignature:
            return None
        return self.with_subject().filter(pk=named).first()

    def with_subject(self):
        """Links with their person and with what they are about."""
        return self.select_related("user", "matter__record__page")

    def hand_out(self, *, matter, user, content_hash: str) -> "DecisionLink":
        """The link for this person and content, made if there is none; it lasts from now on.

        A mail that is sent again, and a reminder, carry the same link. A used one stays used.
        """
        about = {"matter": matter, "user": user, "content_hash": content_hash}
        until = timezone.now() + dt.timedelta(days=conf.get("LPSA_DECISION_LINK_DAYS"))
        link, is_new = self.get_or_create(**about, defaults={"expires_at": until})
        if not is_new and self.filter(pk=link.pk, used_at=None).update(expires_at=until):
            link.expires_at = until
        return link

    def usable(self):
        """Links that were not used and have not expired."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def use(self) -> int:
        """Use them up; returns how many could be used."""
        return self.usable().update(used_at=timezone.now())

    def note_code(self, number: int) -> int:
        """Note that code ``number`` is sent now; returns 0 if another request was first."""
        now = timezone.now()
        links = self.usable().filter(codes_sent=number - 1)
        return links.update(codes_sent=number, code_sent_at=now, attempts=0)

    def note_try(self, number: int) -> int:
        """Count a try to enter code ``number``; returns 0 if it cannot be tried any more."""
        fresh = self.usable().filter(code_sent_at__gt=timezone.now() - CODE_LASTS)
        return fresh.filter(codes_sent=number, attempts__lt=TRIES).update(
            attempts=F("attempts") + 1
        )


class DecisionLink(models.Model):
    """The way from a mail to deciding: bound to a person and to content, used once.

    The address names it by a signed ``token``. The code that is asked for on the way is stored
    nowhere: it follows from the link, its number, the action and the secret key of the site.
    """

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

    objects = DecisionLinkQuerySet.as_manager()

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

    @property
    def token(self) -> str:
        """What names the link in an address."""
        return signer().sign(self.pk.hex)

    def code(self, action: str) -> str:
        """The newest code, for this action."""
        return self._code(action, settings.SECRET_KEY)

    def is_code(self, said: str, action: str) -> bool:
        """True if somebody entered the newest code, also if the site has a new key since."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        matches = [constant_time_compare(said, self._code(action, key)) for key in keys]
        return any(matches)

    def _code(self, action, key) -> str:
        about = f"{self.pk.hex}:{self.codes_sent}:{action}"
        salt = "lpsa_wagtail.DecisionLink.code"
        digest = salted_hmac(salt, about, secret=key, algorithm="sha256").digest()
        return f"{int.from_bytes(digest) % 10**6:06d}"


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
