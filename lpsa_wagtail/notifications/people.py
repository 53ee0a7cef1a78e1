"""What messages ask of a person: an account, or a member of the register who may have none."""

from django.conf import settings
from wagtail.admin.utils import get_user_display_name
from wagtail.users.models import UserProfile

from lpsa_wagtail.models import Member


def is_active(person) -> bool:
    """False for accounts that are locked."""
    return isinstance(person, Member) or person.is_active


def address_of(person) -> str:
    if isinstance(person, Member):
        return person.email
    return getattr(person, person.get_email_field_name(), "") or ""


def name_of(person) -> str:
    return person.name if isinstance(person, Member) else get_user_display_name(person)


def wants(person, notice) -> bool:
    """True if the person can get mail and has not turned off this kind of message."""
    if not (is_active(person) and address_of(person)):
        return False
    profile = _profile(person)
    return not (notice.preference and profile) or getattr(
        profile, f"{notice.preference}_notifications"
    )


def language_of(person) -> str:
    """What the person chose in the admin, else as a member, else the host's language."""
    profile = _profile(person)
    member = person if isinstance(person, Member) else Member.objects.filter(user=person).first()
    chosen = (profile and profile.preferred_language) or (member and member.language)
    return chosen or settings.LANGUAGE_CODE


def _profile(person):
    user = person.user_id if isinstance(person, Member) else person.pk
    return UserProfile.objects.filter(user=user).first() if user else None
