"""Drafts: put in their place, and handed to who decides."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from lpsa_wagtail.exceptions import NotAllowed


@transaction.atomic
def add_draft(*, actor, parent, page, interests=(), complete=None):
    """Put the new ``page`` below ``parent`` as a draft with one revision, and return it.

    The actor becomes its owner; None stands for a command. A slug that is taken gets a number.
    ``complete(page)`` is called when the page has its place in the tree (a group then has its
    collection) and before the revision is made. Side effect: log entry. Raises ``NotAllowed``.
    """
    if actor and not parent.permissions_for_user(actor).can_add_subpage():
        raise NotAllowed(_("You cannot add pages below “%(parent)s”.") % {"parent": parent})
    return place_draft(
        actor=actor, parent=parent, page=page, interests=interests, complete=complete
    )


@transaction.atomic
def place_draft(*, actor, parent, page, interests=(), complete=None):
    """The same, whoever asks: part of verbs that asked who may."""
    parent = Page.objects.get(pk=parent.pk).specific
    page.live, page.owner, page.locale = False, actor, parent.locale
    page.slug = free_slug(page.slug or slugify(page.title), parent)
    page.interests.set(interests)
    parent.add_child(instance=page)
    if complete:
        complete(page)
    page.save_revision(user=actor)
    return page


@transaction.atomic
def submit_draft(*, actor, page):
    """Submit the newest revision to the page's workflow and return the workflow state.

    What was sent back goes on where it was. Side effects: log entry; Wagtail's mails to who
    decides. Raises ``NotAllowed``.
    """
    Page.objects.select_for_update().get(pk=page.pk)  # two who submit wait for each other
    workflow = page.get_workflow()
    if workflow is None:
        raise NotAllowed(_("No workflow is assigned here. Assign one under Settings → Workflows."))
    if actor and not page.permissions_for_user(actor).can_submit_for_moderation():
        raise NotAllowed(_("You cannot submit “%(page)s” now.") % {"page": page})
    sent_back = page.current_workflow_state
    if sent_back and sent_back.status == WorkflowState.STATUS_NEEDS_CHANGES:
        sent_back.resume(user=actor)
        return sent_back
    return workflow.start(page, actor)


def free_slug(slug, parent) -> str:
    """``slug`` if no child of ``parent`` has it, else with the first number that is free."""
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
