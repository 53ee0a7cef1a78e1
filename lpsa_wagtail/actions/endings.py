"""What the end of a group brings with it, for its pages, its people and what waits."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from lpsa_wagtail.actions.events import telling_nobody
from lpsa_wagtail.actions.memberships import sync_group_rights
from lpsa_wagtail.actions.withdrawals import take_down_one, withdraw
from lpsa_wagtail.choices import ENDED_STATES, GroupState, Outcome
from lpsa_wagtail.models import Decision, WorkingGroupPage, WorkingGroupRecord
from lpsa_wagtail.permissions import governed_below


@transaction.atomic
def end_group(*, actor, record, decision) -> bool:
    """End the group as it was decided: dissolved, or kept as an archive. False if it was already.

    Side effects: what waits for a decision is taken out of its workflow, what waits for its date
    is recalled, roles end on the day of the decision (those that would begin later are removed),
    and with them all rights. Of a dissolved group every page is taken down, in all languages, and
    earlier approvals end. People hear of the decision, not of each page.
    """
    pages = _locked_pages(record)
    record = WorkingGroupRecord.objects.select_for_update().get(pk=record.pk)
    dissolves = decision.outcome == Outcome.DISSOLVED
    state = GroupState.DISSOLVED if dissolves else GroupState.ARCHIVED
    if record.state == state:
        return False
    with telling_nobody():
        _cancel_what_waits(actor, pages)
        _recall_what_is_dated(pages)
        if dissolves:
            _take_down(actor, pages)
    if record.state not in ENDED_STATES:
        _end_roles(record, decision.effective_on)
    record.state = state
    record.save(update_fields=["state"])
    sync_group_rights(actor=actor, record=record)
    return True


def _locked_pages(record) -> list:
    """All pages of the group, locked after what waits on them, as deciding does."""
    groups = WorkingGroupPage.objects.filter(translation_key=record.translation_key)
    below = governed_below([group.path for group in groups]).order_by("pk")
    ids = list(below.values_list("pk", flat=True)) if groups else []
    list(_of(WorkflowState.objects.active(), ids).select_for_update())
    return list(Page.objects.select_for_update().filter(pk__in=ids).order_by("-depth", "pk"))


def _of(rows, ids):
    content_type = ContentType.objects.get_for_model(Page)
    return rows.filter(base_content_type=content_type, object_id__in=[str(pk) for pk in ids])


def _cancel_what_waits(actor, pages) -> None:
    for workflow_state in _of(WorkflowState.objects.active(), [page.pk for page in pages]):
        workflow_state.cancel(user=actor)


def _recall_what_is_dated(pages) -> None:
    """Each recall is written down by whoever notes that a revision lost its date."""
    dated = Revision.objects.filter(approved_go_live_at__isnull=False)
    for revision in _of(dated, [page.pk for page in pages]):
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])


def _take_down(actor, pages) -> None:
    """Take down what is live, pages before what lies above them, and end all other approvals."""
    reason = _("The group was dissolved.")
    for page in pages:
        if page.live:
            take_down_one(actor=actor, page_id=page.pk, reason=reason)
        elif Decision.objects.in_force(page.pk):
            withdraw(actor=actor, page=page.specific, comment=reason)


def _end_roles(record, day) -> None:
    running = record.memberships.filter(Q(end=None) | Q(end__gt=day))
    running.filter(start__gt=day).delete()
    running.filter(start__lte=day).update(end=day)
