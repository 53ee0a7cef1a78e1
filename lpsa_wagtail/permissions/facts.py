"""Who changes operational facts of a webinar: at once, without the Board."""

from django.utils.translation import gettext as _

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import WorkingGroupRecord
from lpsa_wagtail.permissions.roles import groups_led_by, is_secretariat
from lpsa_wagtail.permissions.visibility import without_foreign_files


def why_not_change_facts(user, webinar) -> str:
    """Why the person cannot change facts of this webinar; "" if they can."""
    if keeps_facts(user):
        return ""
    group = webinar.group
    if group and groups_with_facts(user).filter(translation_key=group.translation_key).exists():
        return ""
    return _("Only the group's co-chairs and coordinators change this.")


def keeps_facts(user) -> bool:
    """True for the secretariat and administrators: they change facts of every webinar."""
    return bool(user.is_active and user.pk) and (user.is_superuser or is_secretariat(user))


def groups_with_facts(user):
    """Records of the groups whose webinars' facts the person changes by a role in the group.

    What a group that ended leaves behind is kept by the secretariat.
    """
    ended = WorkingGroupRecord.objects.filter(state__in=(GroupState.DISSOLVED, GroupState.ARCHIVED))
    return groups_led_by(user).exclude(pk__in=ended.values("pk"))


def attach_right_to_facts(pages, user) -> None:
    """Give each webinar, with its ``group`` attached, ``may_change_facts``. Three queries."""
    keeps = keeps_facts(user)
    keys = (
        set() if keeps else set(groups_with_facts(user).values_list("translation_key", flat=True))
    )
    for page in pages:
        page.may_change_facts = keeps or bool(page.group and page.group.translation_key in keys)


def may_show(user, document) -> bool:
    """True if the person may put this document on a page: it is not another group's."""
    files = type(document)._default_manager.filter(pk=document.pk)
    return without_foreign_files(user, files).exists()
