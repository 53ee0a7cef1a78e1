"""A switchboard: one line from a signal to a rule or a verb."""

from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_init,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)
from modelcluster.models import get_all_child_m2m_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageViewRestriction, Revision, Task, TaskState, WorkflowState
from wagtail.signals import page_published, page_unpublished, task_rejected, task_submitted

from lpsa_wagtail import actions, notifications, permissions, tasks
from lpsa_wagtail.models import (
    BlogIndexPage,
    GovernedPage,
    Member,
    Membership,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPage,
)
from lpsa_wagtail.signal_handlers import following
from lpsa_wagtail.signals import event_recorded

INDEX_PAGES = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)


def who_acts():
    """Who sent the request that goes on in Wagtail's admin; None outside of one."""
    return get_active_log_context().user


def guard_page(sender, instance, raw=False, update_fields=None, using=None, **kwargs):
    if not raw:
        permissions.guard_page(instance, update_fields=update_fields)
    elif isinstance(instance, Page) and instance.live:  # a fixture: rows in any order, types too
        judge = partial(actions.take_down_undecided, actor=None, page_id=instance.pk)
        transaction.on_commit(judge, using=using)


def guard_part(sender, instance, raw=False, origin=None, using=None, **kwargs):
    if not raw:
        permissions.guard_part(instance, origin=origin)
        return
    for page_id in permissions.pages_of_part(instance):  # a fixture, as above
        judge = partial(actions.take_down_undecided, actor=None, page_id=page_id)
        transaction.on_commit(judge, using=using)


def guard_links(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action in ("pre_add", "pre_remove", "pre_clear"):
        permissions.guard_links(*named_pages(sender, instance, reverse, model, pk_set))


def named_pages(through, instance, reverse, model, pk_set):
    """Model and ids of the pages whose links change: one, or from the other end several."""
    if not reverse:
        return type(instance), [instance.pk]
    return model, pk_set or []


def guard_file(sender, instance, raw=False, update_fields=None, using=None, **kwargs):
    if raw and permissions.is_replaced(instance):  # a fixture, as above
        judge = partial(actions.take_down_undecided_uses, actor=None, item=instance)
        transaction.on_commit(judge, using=using)
    elif not raw and (update_fields is None or {"file", "title"} & set(update_fields)):
        permissions.guard_file(instance)


def guard_file_deleted(sender, instance, **kwargs):
    permissions.guard_file(instance, deleting=True)


def note_unpublished(sender, instance, **kwargs):
    if isinstance(instance, GovernedPage):
        actions.withdraw(actor=who_acts(), page=instance)


def note_submitted(sender, instance, user, **kwargs):
    actions.note_submission(actor=user, task_state=instance)


def ask_for_positions(sender, instance, user, **kwargs):
    actions.ask_on_submission(actor=user, task_state=instance)


def note_stage_passed(sender, instance, raw=False, **kwargs):
    is_passed = isinstance(instance, TaskState) and instance.status == TaskState.STATUS_APPROVED
    if is_passed and not raw:  # now, before Wagtail starts the next stage
        actions.note_stage_passed(actor=instance.finished_by, task_state=instance)


def note_stage_refused(sender, instance, user, **kwargs):
    actions.note_stage_refused(actor=user, task_state=instance)


def note_unscheduled(sender, instance, raw=False, **kwargs):
    if not raw:
        actions.note_unscheduled(actor=who_acts(), revision=instance)


def guard_restriction(sender, instance, raw=False, **kwargs):
    if not raw and not permissions.is_unchanged(instance):
        permissions.guard_restriction(instance)


def guard_restriction_deleted(sender, instance, origin=None, **kwargs):
    if origin in (None, instance):
        permissions.guard_restriction(instance)


def guard_restriction_groups(sender, instance, action, reverse=False, **kwargs):
    if action == "pre_add" and not reverse:
        permissions.guard_restriction(instance, groups=True)


def guard_submission(sender, instance, **kwargs):
    permissions.guard_submission(instance)


def note_review(sender, instance, raw=False, **kwargs):
    if not raw:
        actions.note_review(actor=None, workflow_state=instance)


def settle_cancelled(sender, instance, raw=False, **kwargs):
    if not raw:
        actions.settle_cancelled(actor=None, workflow_state=instance)


def let_go_of_disabled(sender, instance, raw=False, **kwargs):
    if isinstance(instance, Task) and not raw:
        actions.let_go_of_disabled(actor=None, task=instance)


def wake_up(sender, **kwargs):
    tasks.wake_up()


def note_established(sender, instance, **kwargs):
    if instance.live:  # approved for a later date is not established yet
        actions.establish_group(actor=None, page=instance)


def note_files(sender, instance, **kwargs):
    if isinstance(instance, GovernedPage):
        actions.note_files(actor=None, page=instance)


def index_for_search(sender, instance, **kwargs):
    if isinstance(instance, GovernedPage):
        actions.index_for_search(actor=None, page=instance)


def note_proposed(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        actions.keep_record(actor=None, page=instance)


def note_index(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        actions.equip_index(actor=None, page=instance)


def note_deleted(sender, instance, **kwargs):
    if not sender.objects.filter(translation_key=instance.translation_key).exists():
        actions.forget_group(actor=None, translation_key=instance.translation_key)


def sync_rights(sender, instance, raw=False, **kwargs):
    if not raw:
        actions.sync_group_rights(actor=None, record=instance.group)


def sync_rights_of_member(sender, instance, raw=False, **kwargs):
    for membership in () if raw else instance.memberships.on().drafting():
        actions.sync_group_rights(actor=None, record=membership.group)


def note_migrated(sender, apps, using, **kwargs):
    actions.forget_types_without_tables(actor=None, apps=apps, using=using)


def connect():
    """Connect everything. Called once, when Django is ready."""
    table = [
        (pre_save, guard_page, None),
        (pre_save, guard_part, None),
        (pre_delete, guard_part, None),
        (pre_save, guard_file, None),
        (pre_delete, guard_file_deleted, None),
        (pre_save, note_unscheduled, Revision),
        (pre_save, guard_restriction, PageViewRestriction),
        (pre_delete, guard_restriction_deleted, PageViewRestriction),
        (m2m_changed, guard_restriction_groups, PageViewRestriction.groups.through),
        (post_init, guard_submission, WorkflowState),
        (post_save, settle_cancelled, WorkflowState),
        (post_save, note_review, WorkflowState),
        (post_save, let_go_of_disabled, None),
        (page_unpublished, note_unpublished, None),
        (task_submitted, note_submitted, None),
        (task_submitted, ask_for_positions, None),
        (post_save, note_stage_passed, None),
        (task_rejected, note_stage_refused, None),
        (page_published, note_files, None),
        (page_published, index_for_search, None),
        (event_recorded, wake_up, None),
        (page_published, note_established, WorkingGroupPage),
        (post_save, note_proposed, WorkingGroupPage),
        *((post_save, note_index, model) for model in INDEX_PAGES),
        (post_delete, note_deleted, WorkingGroupPage),
        (post_save, sync_rights, Membership),
        (post_delete, sync_rights, Membership),
        (post_save, sync_rights_of_member, Member),
        (post_migrate, note_migrated, apps.get_app_config("lpsa_wagtail")),
        *following.table(),
    ]
    for signal, receiver, sender in table:
        uid = f"lpsa_wagtail.{receiver.__name__}"
        signal.connect(receiver, sender=sender, dispatch_uid=uid)
    for model in permissions.GOVERNED_TYPES:
        for field in get_all_child_m2m_relations(model):
            m2m_changed.connect(guard_links, sender=field.remote_field.through)
    permissions.count_rows_of_today()
    for model in (get_image_model(), get_document_model()):
        model._meta.get_field("file").validators.append(permissions.validate_file)
    notifications.connect_notifiers()
