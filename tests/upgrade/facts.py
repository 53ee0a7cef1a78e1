"""What must be the same before and after an upgrade, and what must hold after it."""

from django.test import Client
from wagtail.models import Page, Site, TaskState

from lpsa_wagtail.actions import decide
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPost,
    Decision,
    Webinar,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPage,
)
from lpsa_wagtail.permissions import is_undecided, states_to_decide

GOVERNED = (WorkingGroupPage, BlogPost, Webinar)
INDEXES = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)


def facts() -> dict:
    """What no upgrade may change: what is live, what visitors see, what waits for whom."""
    site = Site.objects.get()
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return {
        "live": _ids(Page.objects.live()),
        "public": {m._meta.model_name: _ids(m.objects.public(site)) for m in GOVERNED},
        "indexes": {m._meta.model_name: _ids(m.objects.all()) for m in INDEXES},
        "waiting": _ids(waiting),
    }


def health() -> dict:
    """What must hold in any state: nothing is live undecided, the chain is whole, pages answer."""
    live = [pk for model in GOVERNED for pk in _ids(model.objects.live())]
    return {
        "undecided": [pk for pk in live if is_undecided(pk)],
        "broken links of the chain": _broken_links(),
        "wrong answers": _wrong_answers(),
    }


def _ids(rows) -> list:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _broken_links() -> list:
    decisions = list(Decision.objects.order_by("pk"))
    before = ["start", *(decision.digest for decision in decisions)]
    return [
        decision.pk
        for decision, digest in zip(decisions, before, strict=False)
        if (decision.previous_digest, decision.digest) != (digest, decision.computed_digest())
    ]


def _wrong_answers() -> dict:
    """Addresses of live pages, one of each type, that do not answer 200."""
    visitor = Client(headers={"host": "localhost"})
    pages = [model.objects.live().first() for model in (*INDEXES, *GOVERNED)]
    answers = {page.url: visitor.get(page.url).status_code for page in pages}
    return {url: status for url, status in answers.items() if status != 200}


def board_decides(board) -> dict:
    """The Board approves what waits for it; map page id → whether it is live then."""
    waiting = list(states_to_decide(user=board))
    for state in waiting:
        decide(actor=board, task_state=state, action="approve")
    ids = [int(state.workflow_state.object_id) for state in waiting]
    return {pk: Page.objects.get(pk=pk).live for pk in ids}


def not_on_the_desk() -> list[int]:
    """Ids of open task states of our pages that have no matter, so no due date and no review."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, lpsa_matter=None)
    ours = waiting.filter(workflow_state__content_type__app_label="lpsa_wagtail")
    return sorted(ours.values_list("pk", flat=True))
