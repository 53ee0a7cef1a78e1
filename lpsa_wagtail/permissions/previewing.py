"""Who may show a draft to a front end."""

from lpsa_wagtail.models import Matter
from lpsa_wagtail.permissions.reviewing import Review


def may_preview(user, page) -> bool:
    """True for who may edit the page or sees it on the way to a decision (see ``Review.may_see``).

    ``page`` is a stored page; nothing that was changed in the object counts.
    """
    if user is None or not user.is_active or not page.pk:
        return False
    if page.permissions_for_user(user).can_edit():
        return True
    state = page.current_workflow_task_state
    matter = state and Matter.objects.open().filter(task_state=state.pk).first()
    return bool(matter and Review(matter=matter, user=user).may_see)
