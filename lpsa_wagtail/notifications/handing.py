"""The mail to whom something that waits was handed over."""

from django.utils.translation import gettext as _

from lpsa_wagtail.notifications.about import Notice, users
from lpsa_wagtail.notifications.waiting import due, matter_of, why_decide_matter


def _whom(event):
    return users(pk=event.data.get("to") or None)


def _why_handed_over(event, user) -> str:
    matter = matter_of(event)
    if matter is None or matter.taken_by_id != user.pk or not why_decide_matter(event, user):
        return ""
    return _("It was handed over to you, and you may decide on it.")


HANDED_OVER = Notice("handed_over", "submitted", _whom, _why_handed_over, due)
