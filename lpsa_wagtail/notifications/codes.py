"""The code that a person enters to decide by a link from a mail."""

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from lpsa_wagtail.models import DecisionLink
from lpsa_wagtail.models.links import CODE_LASTS
from lpsa_wagtail.notifications.about import Notice


def _link_of(event) -> DecisionLink | None:
    """The link, while the code that this event is about is the one that counts."""
    newest = DecisionLink.objects.usable().filter(codes_sent=event.data.get("number"))
    fresh = newest.filter(code_sent_at__gt=timezone.now() - CODE_LASTS)
    return fresh.filter(pk=event.data.get("link")).first()


def _person_of(event):
    link = _link_of(event)
    people = get_user_model()._base_manager
    return people.filter(pk=link.user_id, is_active=True) if link else ()


def _why_code(event, user) -> str:
    link = _link_of(event)
    if link is None or link.user_id != user.pk:
        return ""
    return _("Somebody asked for it on the page that a mail to you leads to.")


def _code(event, user) -> dict:
    """The code is made only now, so it lies nowhere before it is sent."""
    link, action = _link_of(event), event.data["action"]
    return {"code": link.code(action) if link else "", "action": action}


CODE = Notice("code", "", _person_of, _why_code, _code)
