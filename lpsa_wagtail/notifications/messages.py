"""What a person reads, and the envelope around it. What people typed stays text in here."""

import unicodedata
from email.errors import MessageError
from email.headerregistry import Address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.utils import get_user_display_name
from wagtail.users.models import UserProfile

from lpsa_wagtail import conf
from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.models import Decision, Member
from lpsa_wagtail.notifications.about import group_of, page_of, task_state_of
from lpsa_wagtail.notifications.addresses import admin_base
from lpsa_wagtail.notifications.notices import why

FOLDER = "lpsa_wagtail/notifications"
#: Categories of characters that do not belong in a line, and signs that turn its direction round.
NOT_IN_A_LINE = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
DIRECTION_SIGNS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
TITLE, NAME, COMMENT = 150, 60, 2000


class BadAddress(ValueError):
    """There is no way to write to this person."""


def wants(user, notice) -> bool:
    """True if the person can get mail and has not turned off this kind of message."""
    if not (user.is_active and _address(user)):
        return False
    profile = UserProfile.objects.filter(user=user).first()
    return not (notice.preference and profile) or getattr(
        profile, f"{notice.preference}_notifications"
    )


def build(delivery, notice, user) -> EmailMultiAlternatives:
    """The message to one person, in their language. Raises ``BadAddress``."""
    with override(_language(user)):
        context = {**_context(delivery.event, user), **notice.context(delivery.event, user)}
        subject, text, html = (
            render_to_string(
                f"{FOLDER}/{notice.name}/{part}", context, using=conf.django_engine().name
            )
            for part in ("subject.txt", "body.txt", "body.html")
        )
    message = EmailMultiAlternatives(
        subject=_header(subject, TITLE + 100),
        body=text.strip() + "\n",
        from_email=_sender(),
        to=[_recipient(user)],
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(html.strip(), "text/html")
    return message


def line(text, length: int) -> str:
    """What somebody typed as one harmless line of at most ``length`` characters."""
    words = " ".join(_readable(text).split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def _header(text, length: int) -> str:
    """The same for a header, where "=?" would begin words in a code of their own."""
    return line(text, length).replace("=?", "= ?")


def lines(text, length: int) -> list[str]:
    """The same for a text of several lines."""
    kept = str(text)[:length].splitlines()
    return [line(row, length) for row in kept]


def _readable(text) -> str:
    return "".join(
        " " if unicodedata.category(sign) in NOT_IN_A_LINE else sign
        for sign in str(text)
        if sign not in DIRECTION_SIGNS
    )


def host_name() -> str:
    """The name behind the @ of message ids."""
    return urlsplit(admin_base()).hostname or "localhost"


def _sender() -> str:
    return getattr(settings, "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL", settings.DEFAULT_FROM_EMAIL)


def _address(user) -> str:
    return getattr(user, user.get_email_field_name(), "") or ""


def _recipient(user) -> str:
    """Exactly one address, with the name as a name whatever it contains."""
    try:
        address = Address(addr_spec=_address(user).strip())
        name = _header(get_user_display_name(user), NAME)
        return str(Address(name, address.username, address.domain))
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None


def _language(user) -> str:
    """What the person chose in the admin, else as a member, else the host's language."""
    profile = UserProfile.objects.filter(user=user).first()
    member = Member.objects.filter(user=user.pk).first()
    chosen = (profile and profile.preferred_language) or (member and member.language)
    return chosen or settings.LANGUAGE_CODE


def _context(event, user) -> dict:
    page, group, state = page_of(event), group_of(event), task_state_of(event)
    base = admin_base()
    is_live = bool(page and page.live and event.kind != EventKind.SUBMITTED)
    editor = page and reverse("wagtailadmin_pages:edit", args=[page.pk])
    return {
        "admin_base": base,
        "site_name": line(getattr(settings, "WAGTAIL_SITE_NAME", ""), NAME),
        "title": line(event.page_title, TITLE),
        "kind": page._meta.verbose_name if page else "",
        "group": line(group.title, TITLE) if group and group != page else "",
        "stage": line(state.task.name, TITLE) if state else "",
        "comment_lines": lines(_comment(event, state), COMMENT),
        "happened_at": event.created_at,
        "goes_live_at": page.go_live_at if page and not page.live else None,
        "editor_url": f"{base}{editor}" if editor else "",
        "page_url": (page.full_url or "") if is_live else "",
        "why": why(event, user),
    }


def _comment(event, state) -> str:
    decision = Decision.objects.filter(pk=event.data.get("decision")).first()
    if decision:
        return decision.comment
    return state.comment if state and event.kind == EventKind.SENT_BACK else ""
