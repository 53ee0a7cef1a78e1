"""Wagtail's own rows of rights, as of today, for the lists that ask nothing else.

Wagtail reads the rows of a person once for each request and keeps them on the user object. Rows
of a rights group count only with a current role in that working group, also where the copy of the
roles lags behind (``sync_group_rights`` has not run since the role ended).
"""

from django.contrib.auth import get_user_model
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionLookupMixin
from wagtail.permission_policies.pages import PagePermissionPolicy

from lpsa_wagtail.permissions.roles import lapsed_rights_groups


def page_rows(user):
    """Rows that give this person rights on pages today."""
    return _today(user, GroupPagePermission.objects.select_related("page", "permission"))


def collection_rows(user):
    """Rows that give this person rights on images and documents today."""
    rows = GroupCollectionPermission.objects.select_related("collection", "permission")
    return _today(user, rows)


def _today(user, rows):
    if not user.is_active or user.is_superuser:
        return rows.none()  # as Wagtail has it: they have no need of rows
    rows = rows.filter(group__user=user)
    lapsed = lapsed_rights_groups(user)
    return rows.exclude(group__in=lapsed) if lapsed else rows


class RowsOfToday:
    """What Wagtail finds on a user object instead of reading the rows itself."""

    def __init__(self, name: str, rows):
        self.name, self.rows = name, rows

    def __get__(self, user, model=None):
        if user is None:
            return self
        user.__dict__[self.name] = found = self.rows(user)
        return found


def count_rows_of_today() -> None:
    """Let Wagtail's explorer, reports, choosers and APIs count the rights of today only."""
    user_model = get_user_model()
    for policy, rows in (
        (PagePermissionPolicy, page_rows),
        (CollectionPermissionLookupMixin, collection_rows),
    ):
        name = policy.permission_cache_name
        setattr(user_model, name, RowsOfToday(name, rows))
