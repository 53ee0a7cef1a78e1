"""People: entered into the register, given roles and accounts."""

from django.contrib.auth import get_user_model
from django.db import transaction

from lpsa_wagtail.models import Member, Membership


@transaction.atomic
def register_member(*, actor, interests=(), **fields):
    """Enter a person into the register and return the member. Raises ``ValidationError``."""
    member = Member(**fields)
    member.full_clean()
    member.save()
    member.interests.set(interests)
    return member


@transaction.atomic
def give_role(*, actor, member, record, role, **fields):
    """Give a person a role in the group of ``record`` and return the membership.

    Side effect: rights in the group are synchronised. Raises ``ValidationError``, for example if
    the person holds that role at that time already.
    """
    membership = Membership(member=member, group=record, role=role, **fields)
    membership.full_clean()
    membership.save()
    return membership


@transaction.atomic
def open_account(*, actor, username, email, name, password, groups=(), superuser=False):
    """Make an account in auth groups and return it; a taken user name gets a number.

    Fits other user models as far as they have the fields of Django's own.
    """
    model = get_user_model()
    names = {field.name for field in model._meta.get_fields()}
    first, _space, last = name.partition(" ")
    wanted = {
        "email": email,
        "first_name": first,
        "last_name": last,
        "is_staff": superuser,
        "is_superuser": superuser,
        model.USERNAME_FIELD: email if model.USERNAME_FIELD == "email" else _free(model, username),
    }
    user = model(**{field: value for field, value in wanted.items() if field in names})
    user.set_password(password)
    user.save()
    user.groups.add(*filter(None, groups))
    return user


def _free(model, username) -> str:
    taken = set(model._base_manager.values_list(model.USERNAME_FIELD, flat=True))
    number, free = 1, username
    while free in taken:
        number += 1
        free = f"{username}{number}"
    return free


@transaction.atomic
def give_account(*, actor, member, user):
    """Join a member to an account. Side effect: rights in the member's groups are synchronised."""
    member.user = user
    member.save(update_fields=["user"])
    return member
