"""Who may decide on what: stages, and four eyes."""

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from lpsa_wagtail.choices import GOING_OUTCOMES, Stage
from lpsa_wagtail.models import Decision, GovernedPage
from lpsa_wagtail.permissions.gate import charter_decided
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, group_made, is_board_chair


def stage_of(page) -> str:
    """Which right of decision this content needs.

    The Chair's for a group that is not established and for a change of a group's charter; the
    Board's for everything else. ``page`` is the content to decide on (a revision as an object).
    """
    decided = charter_decided(page, Decision.objects.in_force(page.pk))
    return Stage.CONTENT if decided else Stage.ESTABLISHMENT


def deciding_groups(stage: str) -> list:
    """Auth groups whose members may decide at this stage."""
    codes = (BOARD_CHAIR,) if stage == Stage.ESTABLISHMENT else (BOARD, BOARD_CHAIR)
    return [group for code in codes if (group := group_made(code))]


def authors_since_last_go(page) -> set[str]:
    """Ids of everybody who had a hand in this content.

    Its owner, who wrote a revision since the last decision that let it be live, and who submitted
    it.
    """
    hands = {page.owner_id, *_writers(page)}
    states = WorkflowState.objects.for_instance(page).active()
    hands |= set(states.values_list("requested_by", flat=True))
    return {str(pk) for pk in hands if pk}


def _writers(page) -> set:
    revisions = page.revisions.all()
    approved = Decision.objects.filter(page_id=page.pk, outcome__in=GOING_OUTCOMES)
    if last := approved.order_by("-pk").values_list("revision_id", flat=True).first():
        revisions = revisions.filter(pk__gt=last)
    return set(revisions.values_list("user", flat=True))


def why_not_decide(*, user, page, task) -> str:
    """Return why the user may not decide on this page at this task; "" if they may.

    The content decided on is always the page's latest revision.
    """
    page = page.specific
    if not isinstance(page, GovernedPage):
        return "" if task._user_in_groups(user) else _("You are not in this stage's groups.")
    if not user.is_active or not task._user_in_groups(user):
        return _("Only the members of the Advisory Board named for this stage decide.")
    content = page.get_latest_revision_as_object()
    if stage_of(content) == Stage.ESTABLISHMENT and not is_board_chair(user):
        return _(
            "The Advisory Board Chair decides on establishing a group, and on its title, "
            "designation, focus and purpose."
        )
    if str(user.pk) in authors_since_last_go(page):
        return _("You wrote or submitted this, so somebody else must decide.")
    return ""


def task_states_to_decide(*, user, task):
    """Open task states of this task that wait for the user (a plain queryset, no distinct)."""
    waiting = task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
    if not task._user_in_groups(user):
        return TaskState.objects.none()
    refused = [
        state.pk
        for state in waiting.select_related("workflow_state")
        if (page := state.workflow_state.content_object)
        and why_not_decide(user=user, page=page, task=task)
    ]
    return waiting.exclude(pk__in=refused)
