"""Rights that follow dated roles."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from lpsa_wagtail.choices import ENDED_STATES, MandateKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import (
    InstallRecord,
    Mandate,
    Membership,
    WorkingGroupPage,
    WorkingGroupRecord,
)
from lpsa_wagtail.permissions import why_not_end

PAGE_RIGHTS = ("add", "change")


@transaction.atomic
def sync_group_rights(*, actor, record):
    """Make Wagtail's rows say what today's roles in the group say.

    The rows are what Wagtail's lists need; the permission testers ask the roles themselves.
    Side effects: rights group and collection of the record, their permissions, who is in the
    group, and who may enter the admin at all ("LPSA Contributors").
    """
    record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
    pages = WorkingGroupPage.objects.filter(translation_key=record.translation_key)
    if not pages:
        return record
    _make_rights_group(record, pages[0])
    for page in pages:
        give_page_rights(record.auth_group, page)
    if record.collection:
        for permission in collection_permissions():
            GroupCollectionPermission.objects.get_or_create(
                group=record.auth_group, collection=record.collection, permission=permission
            )
    leaders = _leaders(Membership.objects.on().filter(group=record))
    record.auth_group.user_set.set(leaders)
    sync_contributors()
    return record


@transaction.atomic
def end_role(*, actor, membership, end):
    """Let a role end; ``end`` is its last day. Return it.

    For co-chairs (ordinary roles of their own groups) and the secretariat; None stands for a
    command. Side effects: rights in the group are synchronised; log entry. Raises ``NotAllowed``.
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if actor and (why_not := why_not_end(actor, membership, end)):
        raise NotAllowed(why_not)
    membership.end = end
    membership.save(update_fields=["end"])
    title = f"{membership._meta.verbose_name} {membership.pk}"
    log(instance=membership, action="lpsa_wagtail.end_role", user=actor, title=title)
    return membership


def _leaders(memberships):
    running = memberships.exclude(group__state__in=ENDED_STATES)
    users = running.drafting().filter(member__user__isnull=False)
    return get_user_model()._base_manager.filter(pk__in=users.values("member__user"))


def give_page_rights(group, page):
    """Let an auth group add and edit below the page. Rights it has already stay."""
    rows = GroupPagePermission.objects.filter(group=group, page=page)
    for right in PAGE_RIGHTS:
        if not rows.filter(permission__codename__startswith=f"{right}_").exists():
            GroupPagePermission.objects.create(group=group, page=page, permission_type=right)


def collection_permissions():
    """Permissions on images and documents that drafting needs.

    They belong to Wagtail's own apps also where the host has models of its own.
    """
    wanted = Q()
    for app, noun in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        codenames = [f"{right}_{noun}" for right in ("add", "choose")]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    return Permission.objects.filter(wanted)


def _make_rights_group(record, page):
    """Give a new record its rights group and its collection; the names are for people only."""
    name = f"LPSA {record.pk} {page.title[:100]}"
    if record.auth_group is None:
        record.auth_group = Group.objects.create(name=name)
    if record.collection is None:
        root = InstallRecord.objects.made("collection.groups") or Collection.get_first_root_node()
        record.collection = root.add_child(name=page.title[:200])
    record.save(update_fields=["auth_group", "collection"])


def sync_contributors():
    """Let into the admin who drafts for a group today, or may propose one, and nobody else."""
    contributors = InstallRecord.objects.made("group.contributors")
    if contributors:
        proposers = Mandate.objects.on().of_kind(MandateKind.PROPOSER)
        people = get_user_model()._base_manager.filter(pk__in=proposers.values("user"))
        contributors.user_set.set(_leaders(Membership.objects.on()) | people)


def rights_out_of_step() -> list[WorkingGroupRecord]:
    """Records whose rights group holds other people than today's roles. Reads only."""
    people = get_user_model()._base_manager
    found = []
    for record in WorkingGroupRecord.objects.filter(auth_group__isnull=False):
        copied = people.filter(groups=record.auth_group_id)
        leaders = _leaders(Membership.objects.on().filter(group=record))
        if set(copied.values_list("pk")) != set(leaders.values_list("pk")):
            found.append(record)
    return found


def sync_all_rights(*, actor):
    """Synchronise every group; for the change of day. Returns the number of groups."""
    records = WorkingGroupRecord.objects.all()
    for record in records:
        sync_group_rights(actor=actor, record=record)
    sync_contributors()
    return len(records)
