"""What a person reads, and the envelope around it. What people typed stays text in here."""

from email.errors import MessageError
from email.headerregistry import Address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from lpsa_wagtail import conf
from lpsa_wagtail.choices import EventKind
from lpsa_wagtail.models import Decision
from lpsa_wagtail.notifications.about import group_of, page_of, task_state_of
from lpsa_wagtail.notifications.addresses import admin_base, place_in_admin
from lpsa_wagtail.notifications.lines import NAME, TITLE, header_line, line, lines
from lpsa_wagtail.notifications.notices import why
from lpsa_wagtail.notifications.people import address_of, language_of, name_of

FOLDER = "lpsa_wagtail/notifications"
COMMENT = 2000


class BadAddress(ValueError):
    """There is no way to write to this person."""


def build(delivery, notice, user) -> EmailMultiAlternatives:
    """The message to one person, in their language. Raises ``BadAddress``."""
    with override(language_of(user)):
        context = {**_context(delivery.event, user), **notice.context(delivery.event, user)}
        subject, text, html = (
            render_to_string(
                f"{FOLDER}/{notice.name}/{part}", context, using=conf.django_engine().name
            )
            for part in ("subject.txt", "body.txt", "body.html")
        )
    message = EmailMultiAlternatives(
        subject=header_line(subject, TITLE + 100),
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


def host_name() -> str:
    """The name behind the @ of message ids."""
    return urlsplit(admin_base()).hostname or "localhost"


def _sender() -> str:
    return getattr(settings, "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL", settings.DEFAULT_FROM_EMAIL)


def _recipient(user) -> str:
    """Exactly one address, with the name as a name whatever it contains."""
    try:
        address = Address(addr_spec=address_of(user).strip())
        name = header_line(name_of(user), NAME)
        return str(Address(name, address.username, address.domain))
    except (ValueError, IndexError, MessageError):
        raise BadAddress from None


def _context(event, user) -> dict:
    page, group, state = page_of(event), group_of(event), task_state_of(event)
    base = admin_base()
    is_live = bool(page and page.live and event.kind != EventKind.SUBMITTED)
    place = place_in_admin(event, page)
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
        "editor_url": f"{base}{place}" if place else "",
        "page_url": (page.full_url or "") if is_live else "",
        "why": why(event, user),
    }


def _comment(event, state) -> str:
    decision = Decision.objects.filter(pk=event.data.get("decision")).first()
    if decision:
        return decision.comment
    return state.comment if state and event.kind == EventKind.SENT_BACK else ""
