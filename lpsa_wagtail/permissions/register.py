"""Who sees and manages which rows of the register of people.

Whoever has Django's permissions on the rows, as the secretariat: all of them. Co-chairs see the
roles in their own groups and manage the ordinary ones; coordinators see them. Both as of today.
"""

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from lpsa_wagtail.choices import DRAFTING_ROLES, ORDINARY_ROLES, Role
from lpsa_wagtail.models import Invitation, Member, Membership, WorkingGroupRecord
from lpsa_wagtail.permissions.roles import groups_led_by, has_rights_group

VERBS = ("view", "add", "change", "delete")


def keeps_register(user) -> bool:
    """True for the secretariat and administrators: they keep the roles in every group."""
    return user.has_perm("lpsa_wagtail.change_membership")


def reads_all(user, model) -> bool:
    """True if the person may see every row of this model of the register."""
    name = model._meta.model_name
    return any(user.has_perm(f"lpsa_wagtail.{verb}_{name}") for verb in VERBS)


def groups_chaired_by(user, date=None):
    """Records of the groups of which the user is co-chair on that day (today if not given)."""
    led = groups_led_by(user, date)
    chairs = Membership.objects.on(date).of_user(user).filter(role=Role.CO_CHAIR)
    return led.filter(pk__in=chairs.values("group"))


def groups_in_register(user):
    """Records of the groups whose roles the person may see; their names may not be public yet."""
    if reads_all(user, Membership) or reads_all(user, Member):
        return WorkingGroupRecord.objects.all()
    return groups_led_by(user)


def works_with_register(user) -> bool:
    """True if the person has a group whose roles they may see; read once for each request."""
    return has_rights_group(user)


def sees_member(user, member) -> bool:
    """True if the person may see this member's details. For lists: one query as above."""
    if reads_all(user, type(member)):
        return True
    if not hasattr(user, "_lpsa_works_with"):
        user._lpsa_works_with = set(_roles_to_work_with(user).values_list("member", flat=True))
    return member.pk in user._lpsa_works_with


def memberships_seen_by(user, memberships):
    """Narrow a queryset of roles to what the person may see, each with its ``name_shown``.

    Whom a chair invited to an ordinary role is named by the address until the invitation is
    accepted: else inviting an address would tell whether the register knows it, and as whom.
    """
    if reads_all(user, Membership):
        return memberships.annotate(name_shown=F("member__name"))
    shown = Case(When(_only_invited(), then="member__email"), default="member__name")
    mine = memberships.filter(group__in=groups_led_by(user).values("pk"))
    return mine.annotate(name_shown=shown)


def members_seen_by(user, members):
    """Narrow a queryset of people to those whose details the person may see.

    For co-chairs and coordinators: who has a role in their groups that is not over, and is there
    by more than an open invitation.
    """
    if reads_all(user, members.model):
        return members
    return members.filter(Exists(_roles_to_work_with(user).filter(member=OuterRef("pk"))))


def roles_today_seen_by(user):
    """Roles held today, as far as they may be told to this person beside somebody's name."""
    today = Membership.objects.on()
    if reads_all(user, Membership):
        return today
    return today.filter(pk__in=_roles_to_work_with(user).values("pk"))


def _roles_to_work_with(user):
    over = Q(end__lt=timezone.localdate())
    mine = Membership.objects.filter(group__in=groups_led_by(user).values("pk")).exclude(over)
    return mine.filter(~_only_invited())


def _only_invited():
    """True for ordinary roles that were offered by an invitation and never accepted."""
    invited = Exists(Invitation.objects.filter(membership=OuterRef("pk")))
    return Q(invited, role__in=ORDINARY_ROLES, accepted_at=None)


def why_not_manage(user, membership) -> str:
    """Why the person cannot change this role now; "" if they can. One query at most."""
    if keeps_register(user):
        return ""
    chairs = groups_chaired_by(user).filter(pk=membership.group_id).exists()
    return _why_not_manage(membership, chairs)


def manages(user, membership) -> bool:
    """The same for lists: the groups are read once for each user object, that is, request."""
    if keeps_register(user):
        return True
    if not hasattr(user, "_lpsa_chaired"):
        user._lpsa_chaired = set(groups_chaired_by(user).values_list("pk", flat=True))
    return not _why_not_manage(membership, membership.group_id in user._lpsa_chaired)


def _why_not_manage(membership, chairs: bool) -> str:
    if not chairs:
        return _("Only the co-chairs of the group and the secretariat do this.")
    if membership.role in DRAFTING_ROLES:
        return _("The secretariat keeps the roles of co-chairs and coordinators.")
    if membership.is_over:
        return _("This role is over. The secretariat corrects what is past.")
    return ""


def why_not_end(user, membership, end) -> str:
    """Why the person cannot let this role end on that day; "" if they can."""
    if why_not := why_not_manage(user, membership):
        return why_not
    if membership.is_over:
        return _("This role ended on %(day)s.") % {"day": membership.end}
    if end < membership.start:
        return _("The last day cannot be before the first day, %(day)s.") % {
            "day": membership.start
        }
    return ""
