"""The life of a group: proposed, in review, established, gone."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Collection, WorkflowPage

from lpsa_wagtail.actions.memberships import sync_group_rights
from lpsa_wagtail.actions.proposals import appoint_leaders
from lpsa_wagtail.choices import GroupState, Role
from lpsa_wagtail.models import InstallRecord, Membership, WorkingGroupRecord
from lpsa_wagtail.signals import group_established

CONTENT_WORKFLOW = "workflow.content"
COLLECTION = "collection.groups"


@transaction.atomic
def keep_record(*, actor, page):
    """Make sure the group has its record, and return it.

    Side effects: rights group and collection are made for a new record; a translation of the page
    gets the same rights.
    """
    record, made = WorkingGroupRecord.objects.get_or_create(
        translation_key=page.translation_key, defaults={"page": page}
    )
    if made or record.page_id != page.pk:
        sync_group_rights(actor=actor, record=record)
    return record


@transaction.atomic
def establish_group(*, actor, page, state=None, established_on=None):
    """Note that the group was established, on its first publication.

    Whom a proposal names gets the role, and an invitation. The group is active if it has a
    co-chair today, else forming, unless ``state`` says otherwise.
    Side effects: the workflow "Working group content" is assigned to the group page; rights are
    synchronised; after commit the signal ``group_established``. A group that is established
    already is left as it is.
    """
    record = keep_record(actor=actor, page=page)
    record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
    if record.state not in (GroupState.PROPOSED, GroupState.IN_REVIEW):
        assign_content_workflow(page=page)
        return record
    appoint_leaders(actor=actor, record=record)
    chairs = Membership.objects.on().filter(group=record, role=Role.CO_CHAIR)
    record.state = state or (GroupState.ACTIVE if chairs.exists() else GroupState.FORMING)
    record.established_on = established_on or timezone.localdate()
    record.save(update_fields=["state", "established_on"])
    assign_content_workflow(page=page)
    sync_group_rights(actor=actor, record=record)
    transaction.on_commit(partial(group_established.send, sender=WorkingGroupRecord, record=record))
    return record


def assign_content_workflow(*, page):
    """Assign "Working group content" to the page, unless an editor assigned something else."""
    if workflow := InstallRecord.objects.made(CONTENT_WORKFLOW):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


@transaction.atomic
def forget_group(*, actor, translation_key):
    """Clear up after the last page of a group was deleted.

    A record with memberships, or of an established group, stays as history and is dissolved.
    """
    record = WorkingGroupRecord.objects.filter(translation_key=translation_key).first()
    if record is None:
        return
    auth_group, collection = record.auth_group, record.collection
    if record.established_on or record.memberships.exists():
        record.changes.filter(closed_at=None).update(closed_at=timezone.now())
        record.state = GroupState.DISSOLVED
        record.auth_group = None
        record.save(update_fields=["state", "auth_group"])
    else:
        record.delete()
        if collection and not _is_used(collection):
            collection.delete()
    if auth_group:
        auth_group.delete()


def _is_used(collection: Collection) -> bool:
    uses = (fn(collection) for fn in hooks.get_hooks("describe_collection_contents"))
    return any(use and use["count"] for use in uses)
