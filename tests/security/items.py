"""What is raced for: pages prepared beforehand, each in the same state, and what is done to them.

Whoever acts is read anew each time, as in a request.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, Revision, TaskState, WorkflowState

from lpsa_wagtail import actions
from lpsa_wagtail.permissions import content_hash
from tests import factories as make


@dataclass(frozen=True)
class Item:
    """A page, what waits on it, and the content that a reviewer has before their eyes."""

    page: int
    author: int
    seen: str
    task_state: int | None = None
    workflow_state: int | None = None


def drafts(group, author, number: int) -> list[Item]:
    """Drafts by ``author``, not submitted."""
    return [_item(make.draft(make.BlogPostFactory, group, owner=author)) for _ in range(number)]


def waiting(group, author, number: int, **fields) -> list[Item]:
    """The same, submitted."""
    pages = [make.draft(make.BlogPostFactory, group, owner=author, **fields) for _ in range(number)]
    return [submitted(page, author) for page in pages]


def changed(group, author, number: int) -> list[Item]:
    """Live pages of which a new version waits."""
    return [
        submitted(change(make.post(group, owner=author), author), author) for _ in range(number)
    ]


def change(page, author, **fields):
    """A new version of a page by ``author``."""
    page = page.get_latest_revision_as_object()
    for name, value in (fields or {"title": f"{page.title}, changed"}).items():
        setattr(page, name, value)
    page.save_revision(user=author)
    return make.fresh(page)


def submitted(page, author) -> Item:
    return _item(page, make.submit(page, by=author))


def _item(page, task_state=None) -> Item:
    return Item(
        page=page.pk,
        author=page.owner_id,
        seen=content_hash(page.get_latest_revision_as_object()),
        task_state=task_state and task_state.pk,
        workflow_state=task_state and task_state.workflow_state_id,
    )


def person(pk):
    return get_user_model().objects.get(pk=pk)


def page_of(item):
    return Page.objects.get(pk=item.page).specific


def decide(item, actor, action="approve"):
    """Decide on what was opened when the item was prepared."""
    state = TaskState.objects.get(pk=item.task_state).specific
    actions.decide(
        actor=person(actor), task_state=state, action=action, comment="So.", seen=item.seen
    )


def submit(item, actor):
    actions.submit_draft(actor=person(actor), page=page_of(item))


def edit(item):
    """The author saves a new version."""
    page = page_of(item).get_latest_revision_as_object()
    page.title = f"{page.title}, with words nobody has seen"
    page.save_revision(user=person(item.author), log_action=True)


def overwrite(item):
    """The author's editor saves by itself, into the version that waits."""
    page = page_of(item).get_latest_revision_as_object()
    page.title = f"{page.title}, with words nobody has seen"
    mine = Revision.objects.get(pk=page.latest_revision_id)
    page.save_revision(user=person(item.author), overwrite_revision=mine, clean=False)


def cancel(item, actor):
    actions.cancel_submission(actor=person(actor), page=page_of(item))


def cancel_as_wagtail_does(item, actor):
    """What the editor of a page does by itself: asked before, written without looking again."""
    state, user = WorkflowState.objects.get(pk=item.workflow_state), person(actor)
    if not state.user_can_cancel(user):
        raise PermissionDenied
    state.cancel(user=user)


def take_down(item, actor):
    actions.take_down(actor=person(actor), page=page_of(item), reason="A mistake.")


def unpublish(item, actor):
    """What whoever calls it in code does, without asking for rights."""
    page_of(item).unpublish()


def override(item, actor):
    actions.override(actor=person(actor), page=page_of(item), reason="It is urgent.")
