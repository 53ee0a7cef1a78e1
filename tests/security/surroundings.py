"""What happens around writing and deciding: ways beside a decision, time, roles, the workflow."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Task

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import Interest, Member, Membership, WorkingGroupPage
from lpsa_wagtail.permissions import group_made
from lpsa_wagtail.permissions.roles import BOARD as BOARD_GROUP
from tests.security.deeds import MOST_PAGES, Deeds
from tests.security.doors import DOORS, time_comes
from tests.security.stage import PASSING, page_of

HOURS = (1, 2, 24, 24 * 40)


class Surroundings(Deeds):
    """As for ``Deeds``, ``at`` and ``choice`` are any numbers."""

    # Beside a decision

    def publish_beside(self, who, at, choice):
        page, user = self.some(self.pages, at), self.stage.person(who)
        door = DOORS[choice % len(DOORS)]
        if page.latest_revision_id:
            self.tries(f"beside: {door.__name__}", lambda: door(page, user))

    def move(self, who, at, choice):
        page, user = self.some(self.pages, at), self.stage.person(who)
        targets = [pk for pk in (*self.groups, *self.stage.indexes) if pk != page.pk]
        goal = self.some(targets, choice)

        def act():
            if not page.permissions_for_user(user).can_move_to(goal):
                raise PermissionDenied
            MovePageAction(page, goal, pos="last-child", user=user).execute()

        self.tries("move", act)

    def copy(self, who, at, choice):
        if len(self.pages) >= MOST_PAGES:
            return
        page, user = self.some(self.pages, at), self.stage.person(who)
        is_group = isinstance(page, WorkingGroupPage)
        goal = self.some(self.stage.indexes[:1] if is_group else self.groups, choice)

        def act():
            if not page.permissions_for_user(user).can_copy_to(goal):
                raise PermissionDenied
            page.copy(
                to=goal,
                update_attrs={"slug": f"copy-{next(self.numbers)}"},
                copy_revisions=bool(choice % 2),
                keep_live=bool(choice % 3),
                recursive=is_group and len(self.pages) < MOST_PAGES // 2,
                user=user,
            )

        self.tries("copy", act)

    def translate(self, at, choice, **_):
        page, language = self.some(self.pages, at), Locale.objects.get(pk=self.stage.language)
        there = page.locale_id == language.pk or page.has_translation(language)
        if not there and len(self.pages) < MOST_PAGES:
            alias = bool(choice % 2)
            self.tries(
                "translate",
                lambda: page.copy_for_translation(language, copy_parents=True, alias=alias),
            )

    # Time, roles and the workflow

    def time_passes(self, choice, **_):
        self.clock.shift(dt.timedelta(hours=HOURS[choice % len(HOURS)]))
        self.tries("time passes", time_comes)

    def role_given(self, at, choice, **_):
        name, today = PASSING[at % len(PASSING)], timezone.localdate()
        end = today + dt.timedelta(days=choice) if choice % 2 else None
        member = Member.objects.get(pk=self.stage.members[name])
        record = page_of(self.stage.groups[0]).record
        dates = {"start": today, "end": end}
        self.tries(
            "role given",
            lambda: actions.give_role(
                actor=None, member=member, record=record, role=Role.CO_CHAIR, **dates
            ),
        )

    def role_ended(self, at, **_):
        name = PASSING[at % len(PASSING)]
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        for role in Membership.objects.on().filter(member=self.stage.members[name]):
            role.end = max(role.start, yesterday)
            self.tries("role ended", role.save)

    def board_changes(self, at, choice, **_):
        name = ("cleo", "dan", "eve")[at % 3]
        groups, board = self.stage.person(name).groups, group_made(BOARD_GROUP)
        if choice % 3:
            self.tries("board: in", lambda: groups.add(board))
            self.notes.board.add(name)
        else:
            self.tries("board: out", lambda: groups.remove(board))
            self.notes.board.discard(name)

    def task_switched(self, choice, **_):
        task = Task.objects.get(pk=self.stage.task).specific
        if choice % 3:
            task.active = True
            self.tries("task enabled", task.save)
        else:
            self.tries("task disabled", lambda: task.deactivate(user=None))

    def words_merged(self, at, choice, **_):
        word, into = (Interest.objects.get(pk=self.stage.words[n % 4]) for n in (at, choice))
        if not word.merged_into_id and self.tries(
            "merge", lambda: actions.merge_interests(actor=None, word=word, into=into)
        ):
            self.notes.merged(word.pk, into.pk)
