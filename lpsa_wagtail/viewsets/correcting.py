"""A short way for a correction of what is live: open it, change it, submit it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import SubmitForModerationMenuItem

from lpsa_wagtail.permissions import is_governed
from lpsa_wagtail.viewsets import comparing


class SubmitCorrection(SubmitForModerationMenuItem):
    """The main button of the editor of a live page. Enter in a field still saves the draft."""

    template_name = "lpsa_wagtail/editing/submit_correction.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return {**context, "label": gettext_lazy("Submit this correction")}


def put_submission_first(menu_items, page) -> None:
    """Make submitting the main button where a page is live and nothing of it waits."""
    if not (page and page.live and is_governed(page)) or page.current_workflow_state:
        return
    if any(isinstance(item, SubmitForModerationMenuItem) for item in menu_items):
        others = [item for item in menu_items if not isinstance(item, SubmitForModerationMenuItem)]
        menu_items[:] = [SubmitCorrection(), *others]


def say_what_goes_along(request, page) -> None:
    """Tell who opens the editor of a live page what an earlier draft of it would bring along."""
    if request.method != "GET" or not (is_governed(page) and page.live):
        return
    if not page.has_unpublished_changes or page.current_workflow_state:
        return
    messages.info(
        request,
        _("This page has changes that were not submitted yet. They go along with what you submit."),
        buttons=[messages.button(comparing.url_of(page, "live"), _("See what changed"))],
    )
