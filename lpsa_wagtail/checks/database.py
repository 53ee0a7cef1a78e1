"""What is in the database. Run by ``check --database default``, ``migrate`` and ``lpsa_doctor``."""

from django.core.checks import Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS

from lpsa_wagtail.actions import why_no_place
from lpsa_wagtail.models import belongings
from lpsa_wagtail.reports import readiness


def _registered(check):
    """Register a check that reads our tables; ``migrate`` runs it before they are up to date."""

    def checked(app_configs, databases=None, **kwargs):
        if DEFAULT_DB_ALIAS not in (databases or ()) or belongings.migrations_wait():
            return []
        return check()

    checked.__doc__ = check.__doc__
    checked.__name__ = check.__name__
    return register(checked, Tags.database, "lpsa")


@_registered
def check_places():
    """Some site takes our index pages."""
    return [
        Warning(why_no_place(models, root), hint="Then run lpsa_setup.", id="lpsa.W004")
        for root, models in readiness.roots_without_place()
    ]


@_registered
def check_workflows():
    """Every index page has a workflow with a stage of the Board; without one nothing goes live."""
    return [
        Warning(
            f"Nothing below “{page}” ({page.pk}) can go live: "
            + (
                f"its workflow “{workflow}” does not end with a stage of the Advisory Board."
                if workflow
                else "it has no workflow."
            ),
            hint="Settings → Workflows: assign one that ends with an Advisory Board approval task.",
            id="lpsa.W006",
        )
        for page, workflow in readiness.indexes_without_board()
    ]


@_registered
def check_tasks():
    """With many members, work in the background is done in the background."""
    if not (readiness.works_in_the_request() and readiness.has_many_members()):
        return []
    return [
        Warning(
            f"There are more than {readiness.MANY_MEMBERS} members, and background tasks run "
            "inside requests.",
            hint='Set TASKS = {"default": {"BACKEND": …}} to a backend with a worker.',
            id="lpsa.W007",
        )
    ]


@_registered
def check_board():
    """There is somebody who can decide."""
    if not readiness.was_set_up() or readiness.board_members():
        return []
    return [
        Warning(
            "Nobody can approve anything: the Advisory Board has no members.",
            hint="Settings → Users: put people into “LPSA Advisory Board” or “LPSA Advisory "
            "Board Chair”.",
            id="lpsa.W008",
        )
    ]
