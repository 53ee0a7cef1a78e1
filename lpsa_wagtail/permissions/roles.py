"""Who someone is: auth groups that setup made, and dated roles in groups."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import BigIntegerField, CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from lpsa_wagtail.choices import ENDED_STATES
from lpsa_wagtail.models import InstallRecord, Membership, WorkingGroupRecord
from lpsa_wagtail.models.working_groups import group_above

BOARD_CHAIR = "group.board-chair"
BOARD = "group.board"
SECRETARIAT = "group.secretariat"
CONTRIBUTORS = "group.contributors"
CODES = (BOARD_CHAIR, BOARD, SECRETARIAT, CONTRIBUTORS)


def group_made(code: str) -> Group | None:
    """The auth group that setup made under ``code``, whatever it is called now."""
    return InstallRecord.objects.made(code)


def _in_group(user, code: str) -> bool:
    known = user.is_active and user.pk
    return bool(known) and any(code in codes for codes in _groups(user).values())


def _groups(user) -> dict[int, set[str]]:
    """Map id of each auth group of this user → the codes under which setup made it, mostly none.

    Read once for each user object, that is, for each request.
    """
    if not hasattr(user, "_lpsa_groups"):
        made = InstallRecord.objects.filter(object_id=Cast(OuterRef("pk"), CharField()))
        is_made = [Exists(made.filter(code=code)) for code in CODES]
        user._lpsa_groups = {
            pk: {code for code, is_it in zip(CODES, told, strict=True) if is_it}
            for pk, *told in user.groups.order_by().values_list("pk", *is_made)
        }
    return user._lpsa_groups


def people_in(code: str):
    """Active accounts in the auth group that setup made under ``code``. One query."""
    made = InstallRecord.objects.filter(code=code, site=None)
    ids = made.annotate(number=Cast("object_id", BigIntegerField())).values("number")
    return get_user_model()._base_manager.filter(is_active=True, groups__in=ids)


def group_ids(user) -> set:
    """Ids of the auth groups of this user; read once for each user object (each request)."""
    return set(_groups(user))


def is_board_chair(user) -> bool:
    """True for who holds, or acts for, the post of Advisory Board Chair."""
    return _in_group(user, BOARD_CHAIR)


def is_board_member(user) -> bool:
    return _in_group(user, BOARD) or is_board_chair(user)


def is_secretariat(user) -> bool:
    return _in_group(user, SECRETARIAT)


def why_not_take_down(user, reason: str) -> str:
    """Why the person cannot take something down for this reason; "" if they can."""
    if not (user.is_active and (user.is_superuser or is_secretariat(user))):
        return _("The secretariat takes down what is live.")
    return "" if reason.strip() else _("Say why, for those who wrote it and for the record.")


def why_not_override(user, reason: str) -> str:
    """Why the person cannot do this without the Board for this reason; "" if they can."""
    if not (user.is_active and user.is_superuser):
        return _("Only administrators do this without the Board.")
    return "" if reason.strip() else _("Say why the Board is not asked.")


def groups_led_by(user, date=None):
    """Records of the groups that the user drafts for on that day (today if not given).

    A group that ended has no leaders, whatever its rows still say.
    """
    if not (user.is_active and user.pk):
        return WorkingGroupRecord.objects.none()
    roles = Membership.objects.on(date).drafting().of_user(user)
    records = WorkingGroupRecord.objects.filter(pk__in=roles.values("group"))
    return records.exclude(state__in=ENDED_STATES)


def leads(user, group) -> bool:
    """True if the user is today co-chair or coordinator of the group (a page or None)."""
    if group is None:
        return False
    return groups_led_by(user).filter(translation_key=group.translation_key).exists()


def has_ended(page) -> bool:
    """True for a page of a group that is no more, or below one. Two queries."""
    group = group_above(page)
    keys = WorkingGroupRecord.objects.filter(state__in=ENDED_STATES)
    return bool(group) and keys.filter(translation_key=group.translation_key).exists()


def other_groups(user) -> list[int]:
    """Ids of auth groups of this user that setup did not make; rights groups are among them."""
    return [pk for pk, codes in _groups(user).items() if not codes]


def lapsed_rights_groups(user) -> set[int]:
    """Ids of rights groups that the user is in without a current role in that working group.

    Wagtail's rows are a copy of the roles that may lag behind; these count for nothing. Read once
    for each user object, that is, for each request.
    """
    return {pk for pk, is_led in _rights_groups(user).items() if not is_led}


def has_rights_group(user) -> bool:
    """True if the person is in the rights group of a working group that they lead today."""
    return any(_rights_groups(user).values())


def _rights_groups(user) -> dict[int, bool]:
    """Map id of each rights group of this user → whether they lead that working group today."""
    if not hasattr(user, "_lpsa_rights_groups"):
        records = WorkingGroupRecord.objects.filter(auth_group__in=other_groups(user))
        led = Exists(groups_led_by(user).filter(pk=OuterRef("pk")))
        user._lpsa_rights_groups = dict(records.values_list("auth_group", led))
    return user._lpsa_rights_groups
