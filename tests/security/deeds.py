"""What people do on the stage, as they would do it, and what the test notes down about it."""

import datetime as dt
import itertools
from collections import Counter
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from lpsa_wagtail import actions
from lpsa_wagtail.models import Interest, Webinar, WorkingGroupPage
from lpsa_wagtail.permissions import content_hash
from tests import factories as make
from tests.security import wording
from tests.security.notebook import Notebook
from tests.security.stage import BOARD, CHAIR, ITS_LEADER, SECRETARY, Stage, page_of

MOST_PAGES = 12
KINDS = ("blogpost", "webinar", "workinggrouppage")
FACTORIES = (make.BlogPostFactory, make.WebinarFactory, make.WorkingGroupPageFactory)
CHANGES = ("text", "text", "title", "words", "date", "facts", "charter")
REFUSALS = (PermissionDenied, ValidationError)


class Deeds:
    """``at`` and the like are any numbers: they choose from what there is."""

    def __init__(self, stage: Stage, steps: Counter, clock):
        self.stage, self.steps, self.clock = stage, steps, clock
        self.notes = Notebook(BOARD, CHAIR)
        self.numbers = itertools.count(1)
        self.opened: dict = {}
        self.writes = None
        for page, (said, parent) in wording.of_live_pages().items():
            self.notes.made(page, owner=None)
            self.notes.installed(page, said, parent)
        self.refresh()

    # What there is

    def nothing_was_written(self) -> bool:
        """True if nothing was written since the last call; only SQLite tells."""
        before, self.writes = self.writes, getattr(connection.connection, "total_changes", None)
        return self.writes is not None and self.writes == before

    def refresh(self):
        """Note what came into being, and what waits."""
        ours = Page.objects.filter(content_type__model__in=KINDS).order_by("pk")
        rows = list(ours.values_list("pk", "owner", "content_type__model"))
        names = {pk: name for name, pk in self.stage.people.items()}
        for pk, owner, _kind in rows:
            if pk not in self.notes.pages:
                self.notes.made(pk, names.get(owner))
        self.pages = [pk for pk, _owner, _kind in rows]
        self.groups = [pk for pk, _owner, kind in rows if kind == "workinggrouppage"]
        self.webinars = [pk for pk, _owner, kind in rows if kind == "webinar"]
        active = WorkflowState.objects.active().order_by("pk").values_list("object_id", "status")
        self.open = [int(pk) for pk, _status in active]
        self.waiting = [int(pk) for pk, status in active if status == "in_progress"]

    def some(self, pages, number):
        return page_of(pages[number % len(pages)])

    def user(self, who, page):
        """The account as a new request finds it, and the name."""
        if who == ITS_LEADER:
            first, second = (page_of(pk).path for pk in self.stage.groups)
            mine = {True: "ada", page.path.startswith(second): "ben"}
            who = mine[True] if page.path.startswith((first, second)) else SECRETARY
        return self.stage.person(who), who

    def tries(self, name, act) -> bool:
        """Do it; False if it was refused as it may be. Anything else that goes wrong is a fault."""
        self.clock.shift(1)
        self.steps[f"{name}: tried"] += 1
        before = connection.savepoint()
        try:
            act()
        except REFUSALS:
            if connection.needs_rollback:  # else what was written before the refusal stays
                connection.set_rollback(False)
                connection.savepoint_rollback(before)
            return False
        self.steps[f"{name}: done"] += 1
        return True

    def said(self, page):
        """What the newest version of the page says."""
        page = page_of(page.pk)
        version = page.latest_revision
        content = version.content if version else page.serializable_data()
        return wording.of_revision(type(page), content)

    # Writing

    def draft(self, who, at, choice, **_):
        if len(self.pages) >= MOST_PAGES:
            return
        number = next(self.numbers)
        factory = FACTORIES[choice % len(FACTORIES)]
        is_group = factory is make.WorkingGroupPageFactory
        parent = self.some(self.stage.indexes[:1] if is_group else self.groups, at)
        page = factory.build(title=f"Draft {number}", slug=f"draft-{number}")
        user, _name = self.user(who, parent)
        self.tries("draft", lambda: actions.add_draft(actor=user, parent=parent, page=page))

    def write(self, name, who, page, change):
        """As the editor does it: whoever may edit, unless the page is locked for them."""
        user, who = self.user(who, page)

        def act():
            rights = page.permissions_for_user(user)
            if not rights.can_edit() or rights.page_locked():
                raise PermissionDenied
            change(page.get_latest_revision_as_object(), user)

        before = self.said(page)
        if self.tries(name, act) and self.said(page) != before:
            self.notes.touched(page.pk, who)

    def change(self, draft, choice):
        number = next(self.numbers)
        word = self.stage.words[number % len(self.stage.words)]
        what = CHANGES[choice % len(CHANGES)]
        if what == "words":
            draft.interests.set(Interest.objects.filter(pk=word, active=True))
        elif what == "date":
            hours = number % 3
            draft.go_live_at = timezone.now() + dt.timedelta(hours=hours) if hours else None
        elif what == "facts" and isinstance(draft, Webinar):
            draft.venue = f"Room {number}"
        elif what == "charter" and isinstance(draft, WorkingGroupPage):
            draft.purpose = f"Purpose {number}"
        elif what == "title":
            draft.title = f"Title {number}"
        else:
            draft.body = [("paragraph", f"<p>Text {number}.</p>")]

    def edit(self, who, at, choice, **_):
        def save(draft, user):
            self.change(draft, choice)
            draft.save_revision(user=user, log_action=True)

        self.write("edit", who, self.some(self.pages, at), save)

    def autosave(self, who, at, choice, **_):
        """Into the same version, if it is one's own."""

        def save(draft, user):
            self.change(draft, choice)
            last = draft.latest_revision
            mine = last if last and last.user_id == user.pk else None
            draft.save_revision(user=user, overwrite_revision=mine, clean=False)

        self.write("autosave", who, self.some(self.pages, at), save)

    def revert(self, who, at, choice, **_):
        page = self.some(self.pages, at)
        versions = list(page.revisions.order_by("-pk"))

        def save(_draft, user):
            old = versions[choice % len(versions)]
            old.as_object().save_revision(user=user, log_action=True, previous_revision=old)

        if versions:
            self.write("revert", who, page, save)

    def facts(self, who, at, **_):
        if self.webinars:
            page, venue = self.some(self.webinars, at), f"Hall {next(self.numbers)}"
            user, _name = self.user(who, page)
            self.tries("facts", lambda: actions.change_facts(actor=user, webinar=page, venue=venue))

    # Submitting and deciding

    def submit(self, who, at, **_):
        page = self.some(self.pages, at)
        user, who = self.user(who, page)

        def act():
            state = page.current_workflow_state
            if not page.permissions_for_user(user).can_submit_for_moderation():
                raise PermissionDenied
            if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                state.resume(user)
            else:
                actions.submit_draft(actor=user, page=page)

        if page.latest_revision_id and self.tries("submit", act):
            self.notes.touched(page.pk, who)

    def open_to_review(self, who, at, **_):
        if self.waiting:
            page = self.some(self.waiting, at)
            seen = content_hash(page.get_latest_revision_as_object())
            self.opened[who, page.pk] = (page.current_workflow_task_state.pk, seen, self.said(page))

    def decide(self, who, at, choice, **_):
        if not self.waiting:
            return
        page = self.some(self.waiting, at)
        tempted = sorted(self.notes.pages[page.pk].hands & self.notes.board)
        if tempted and choice % 3 == 1:  # who must not, and might like to
            who = tempted[choice % len(tempted)]
        task_state = page.current_workflow_task_state.specific
        said, parent = self.said(page), page.get_parent().pk
        seen, read = content_hash(page.get_latest_revision_as_object()), said
        opened = self.opened.get((who, page.pk))
        if choice % 2 and opened and opened[0] == task_state.pk:
            _task_state, seen, read = opened
        action = "reject" if choice % 6 == 0 else "approve"
        options = {"actor": self.stage.person(who), "task_state": task_state, "action": action}
        if choice != 3:  # else what was submitted is what counts
            options["seen"] = seen
        if self.tries(action, lambda: actions.decide(**options)) and action == "approve":
            is_group = isinstance(page, WorkingGroupPage)
            self.notes.approved(page.pk, who, said, parent, needs_chair=is_group)
            if read != said:
                self.notes.faults.append(f"{who} approved what they had not read")

    def the_usual_way(self, who, other, at, choice):
        """Somebody writes and submits, and somebody else approves."""
        page = self.pages[at % len(self.pages)]
        self.edit(who, at, choice)
        self.submit(who, at)
        self.refresh()
        if page in self.waiting:
            self.decide(other, self.waiting.index(page), choice=choice | 1)

    def cancel(self, who, at, choice):
        if not self.open:
            return
        page, user = self.some(self.open, at), self.stage.person(who)
        state = page.current_workflow_state

        def as_wagtail_does():
            if not state.user_can_cancel(user):
                raise PermissionDenied
            state.cancel(user=user)

        by_verb = partial(actions.cancel_submission, actor=user, page=page)
        self.tries("cancel", by_verb if choice % 3 else as_wagtail_does)

    def take_down(self, who, at, choice):
        page, user = self.some(self.pages, at), self.stage.person(who)
        was_live = page.live

        def as_wagtail_does():
            if not page.permissions_for_user(user).can_unpublish():
                raise PermissionDenied
            page.unpublish(user=user)

        by_verb = partial(actions.take_down, actor=user, page=page, reason="A mistake.")
        if self.tries("take down", by_verb if choice % 3 else as_wagtail_does) and was_live:
            self.notes.taken_down(page.pk)

    def override(self, who, at, **_):
        page, user = self.some(self.pages, at), self.stage.person(who)
        said, parent = self.said(page), page.get_parent().pk
        if page.latest_revision_id and self.tries(
            "override", lambda: actions.override(actor=user, page=page, reason="It is urgent.")
        ):
            self.notes.overridden(page.pk, who, said, parent)
