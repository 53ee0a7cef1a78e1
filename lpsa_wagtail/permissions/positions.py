"""Positions: what the members of the Board say on what the Chair decides. They decide nothing."""

from django.utils.translation import gettext as _

from lpsa_wagtail.choices import Stage
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Matter
from lpsa_wagtail.permissions.chairing import why_not_decide_change, why_not_position
from lpsa_wagtail.permissions.deciding import authors_since_last_go, stage_of, why_not_decide
from lpsa_wagtail.permissions.gate import is_governed
from lpsa_wagtail.permissions.roles import is_board_member


def page_of_matter(matter):
    """The page that the matter is about, or None when it is gone."""
    state = matter.task_state
    return state.workflow_state.content_object if state else matter.record.page


def asks_for_positions(matter) -> bool:
    """True for what the Board Chair decides: establishing, the charter, the state of a group."""
    if matter.task_state is None:
        return True
    page = page_of_matter(matter)
    if not isinstance(matter.task_state.task.specific, AdvisoryBoardApprovalTask):
        return False
    if page is None or not is_governed(page):
        return False
    return stage_of(page.get_latest_revision_as_object()) == Stage.ESTABLISHMENT


def why_not_give_position(user, matter) -> str:
    """Why the person cannot leave (or change) a position now; "" if they can.

    For members of the Board who had no hand in it and do not decide on it, until the due date.
    """
    if not Matter.objects.open().filter(pk=matter.pk).exists():
        return _("This was decided.")
    if not asks_for_positions(matter):
        return _("Positions are left on what the Advisory Board Chair decides.")
    if reason := why_not_position(user, matter, _hands(matter)):
        return reason
    return _("You decide on this.") if decides(user, matter) else ""


def _hands(matter) -> set[str]:
    """Ids of who wrote or submitted it (who proposed a change, the matter says itself)."""
    return authors_since_last_go(page_of_matter(matter)) if matter.task_state else set()


def decides(user, matter) -> bool:
    """True if this person may decide on it now."""
    if matter.task_state is None:
        return not why_not_decide_change(user, matter)
    task = matter.task_state.task.specific
    return not why_not_decide(user=user, page=page_of_matter(matter), task=task)


def positions_seen_by(user, matter):
    """The positions that this person may read, first ones first.

    Who decides reads all of them. The other members of the Board read those of others once they
    gave their own, or when the time for it is over, so that nobody's first word is an echo. Who
    proposed it reads none, nor does anybody outside the Board.
    """
    all_of_them = matter.positions.select_related("person")
    if not (user.is_active and is_board_member(user)) or str(user.pk) in _proposers(matter):
        return all_of_them.none()
    is_over = matter.is_overdue or not Matter.objects.open().filter(pk=matter.pk).exists()
    gave = matter.positions.filter(person=user.pk).exists()
    return all_of_them if is_over or gave or decides(user, matter) else all_of_them.none()


def _proposers(matter) -> set[str]:
    return {str(matter.proposed_by_id), *_hands(matter)}
