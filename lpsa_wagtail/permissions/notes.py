"""Private notes of reviewers: for those who review a page, never for those who write it."""

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from lpsa_wagtail.models import Event, ReviewNote
from lpsa_wagtail.models.working_groups import group_above
from lpsa_wagtail.permissions.hands import savers_of, wrote
from lpsa_wagtail.permissions.roles import is_board_member, leads


def why_not_note(user, page) -> str:
    """Why the person neither reads nor writes private notes on this page; "" if they do.

    They are for the members of the Board who never had a hand in the page, and do not lead its
    group; also after it was decided.
    """
    if not is_board_member(user):
        return _("Private notes are for the members of the Advisory Board.")
    if leads(user, group_above(page)) or _ever_had_a_hand(str(user.pk), page):
        return _("You had a hand in this page, so its private notes are not for you.")
    return ""


def notes_on(page, user):
    """The private notes on this page that the person may read, oldest first."""
    notes = ReviewNote.objects.select_related("author")
    return notes.none() if why_not_note(user, page) else notes.filter(page_id=page.pk)


def _ever_had_a_hand(person: str, page) -> bool:
    if str(page.owner_id) == person:
        return True
    if Event.objects.submissions().filter(page_id=page.pk, actor_id=person).exists():
        return True
    if WorkflowState.objects.for_instance(page).filter(requested_by=person).exists():
        return True
    saved = any(str(user_id) == person for _page, user_id, _newest in savers_of([page.pk]))
    return saved and wrote(person, page, since=0)
