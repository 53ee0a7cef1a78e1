"""Who sees approved content: taken down, not shown on its date after all, shown to more people."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from lpsa_wagtail.actions.decisions import record_decision
from lpsa_wagtail.actions.files import note_files
from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Decision
from lpsa_wagtail.permissions import (
    is_about_governed,
    is_governed,
    is_undecided,
    lifting,
    pages_that_show,
    why_not_override,
    why_not_take_down,
)


@transaction.atomic
def take_down(*, actor, page, reason, include_descendants=False):
    """Take a page off at once, and if asked for what is below it; return the page.

    For the secretariat and administrators. Earlier approvals end: whatever is to be live again
    needs a new one. Side effects: a decision *taken down* with the reason for each page; what
    waited for its date is recalled. Raises ``NotAllowed``.
    """
    if why_not := why_not_take_down(actor, reason):
        raise NotAllowed(why_not)
    page = Page.objects.get(pk=page.pk)
    pages = page.get_descendants(inclusive=True) if include_descendants else [page]
    for each in list(pages):
        if is_governed(each):
            take_down_one(actor=actor, page_id=each.pk, reason=reason.strip())
    return Page.objects.get(pk=page.pk).specific


@transaction.atomic
def take_down_one(*, actor, page_id, reason):
    """Take down one page of ours, whoever asks: part of verbs that asked who may."""
    page = Page.objects.select_for_update().get(pk=page_id).specific
    if page.live:
        withdraw(actor=actor, page=page, comment=reason, taken_down=True)
        UnpublishPageAction(page, user=actor).execute(skip_permission_checks=True)  # also locked


@transaction.atomic
def withdraw(*, actor, page, comment="", taken_down=False):
    """Write down that the page was taken down: earlier approvals end.

    Does not unpublish by itself; ``page_unpublished`` calls it, whichever way that happened.
    Nothing is written twice, and nothing if the page is live by a later decision
    (``taken_down`` says that it is going to be taken down in this transaction).
    """
    stored = Page.objects.select_for_update().get(pk=page.pk)
    newest = Decision.objects.ruling().filter(page_id=page.pk).order_by("-pk").first()
    if (newest and newest.outcome == Outcome.WITHDRAWN) or (stored.live and not taken_down):
        return newest
    return record_decision(
        actor=actor, content=page, outcome=Outcome.WITHDRAWN, stage=Stage.CONTENT, comment=comment
    )


@transaction.atomic
def note_unscheduled(*, actor, revision):
    """Write down that an approved revision lost its date: the approval of it ends.

    Called before a revision is stored, whoever stores it. What is live stays.
    """
    if revision.approved_go_live_at or not (revision.pk and is_about_governed(revision)):
        return
    stored = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).first()
    if stored:
        record_decision(
            actor=actor,
            content=stored.as_object(),
            revision_id=stored.pk,
            outcome=Outcome.RECALLED,
            stage=Stage.CONTENT,
        )


@transaction.atomic
def lift_restriction(*, actor, page, reason):
    """Let everybody see again what is approved, without the Board; return the page.

    For administrators alone, with a reason. Side effects: a decision *without the Board*, of which
    the Board is told; the restriction on this page is removed. Raises ``NotAllowed``.
    """
    if why_not := why_not_override(actor, reason):
        raise NotAllowed(why_not)
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    record_decision(
        actor=actor,
        content=page,
        revision_id=page.live_revision_id,
        outcome=Outcome.OVERRIDE,
        stage=Stage.CONTENT,
        acted_as=_("Administrator"),
        comment=reason.strip(),
    )
    with lifting():
        for restriction in page.view_restrictions.all():
            restriction.delete(user=actor)
    return page


@transaction.atomic
def take_down_undecided(*, actor, page_id) -> bool:
    """Take a page off that is live without a decision (a fixture brought it). True if it was.

    If it is decided, the files that it shows are noted, since a fixture brings no such notes.

    Writes past the gate, to the columns only, since the gate refuses to save such a page at all.
    """
    if not is_undecided(page_id):
        page = Page.objects.filter(pk=page_id, live=True).first()
        if page and is_governed(page):
            note_files(actor=actor, page=page.specific)
        return False
    pages = Page.objects.filter(pk=page_id)
    pages.update(live=False, has_unpublished_changes=True, live_revision=None)
    log(instance=pages.get().specific, action="wagtail.unpublish", user=actor)
    return True


@transaction.atomic
def take_down_undecided_uses(*, actor, item) -> None:
    """The same for the pages that show an image or document, after a fixture replaced its file.

    Side effect: the hash of the file is taken anew, since the fixture brought an old one along.
    """
    type(item)._base_manager.filter(pk=item.pk).update(file_hash="")
    for page_id in pages_that_show(item):
        take_down_undecided(actor=actor, page_id=page_id)
