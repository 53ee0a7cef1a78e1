"""Eight people do whatever comes to mind; what is live was approved by others all the same."""

import datetime as dt
from collections import Counter

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lpsa_wagtail.models import Decision
from tests.security import wording
from tests.security.deeds import MOST_PAGES
from tests.security.stage import BOARD, ITS_LEADER, PEOPLE, Stage
from tests.security.surroundings import Surroundings

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)

#: What is chosen more often brings plays further; weights are how often a name stands here.
WORK = ("draft", "edit", "edit", "autosave", "autosave", "revert", "facts", "submit", "submit")
WORK += ("the_usual_way",) * 4
REVIEW = ("decide",) * 6 + ("open_to_review",) * 2 + ("cancel", "take_down")
ELSE = ("publish_beside",) * 6 + ("move", "move", "copy", "copy", "translate")
ELSE += ("time_passes", "time_passes", "role_given", "role_ended", "board_changes")
ELSE += ("task_switched", "words_merged", "override", "take_down")

number = st.integers(0, 2 * MOST_PAGES - 1)
author = st.sampled_from((*PEOPLE, *["eve"] * 4, *[ITS_LEADER] * 6))
reviewer = st.sampled_from((*PEOPLE, *BOARD, *BOARD, *BOARD))


class Play(RuleBasedStateMachine):
    """One play on the stage; everything is rolled back after it.

    ``stage`` and ``steps`` (which counts what happens) are set by who runs it.
    """

    stage: Stage
    steps: Counter

    def __init__(self):
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.travel = time_machine.travel(BEGIN, tick=False)
        self.deeds = Surroundings(self.stage, self.steps, self.travel.start())
        self.decision, self.digest = Decision.objects.values_list("pk", "digest").first()

    def teardown(self):
        self.travel.stop()
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @rule(deed=st.sampled_from(WORK), who=author, other=reviewer, at=number, choice=number)
    def work(self, deed, **choices):
        getattr(self.deeds, deed)(**choices)

    @precondition(lambda self: self.deeds.open)
    @rule(deed=st.sampled_from(REVIEW), who=reviewer, at=number, choice=number)
    def review(self, deed, **choices):
        getattr(self.deeds, deed)(**choices)

    @rule(deed=st.sampled_from(ELSE), who=st.sampled_from(PEOPLE), at=number, choice=number)
    def something_else(self, deed, **choices):
        getattr(self.deeds, deed)(**choices)

    @invariant()
    def what_is_live_was_approved_by_others(self):
        self.steps["steps"] += 1
        if self.deeds.nothing_was_written():
            return
        self.deeds.refresh()
        self.deeds.notes.look(wording.of_live_pages())
        assert self.deeds.notes.faults == []

    @invariant()
    def the_chain_of_decisions_is_whole(self):
        rows = list(Decision.objects.filter(pk__gte=self.decision).order_by("pk"))
        first, *added = rows
        assert (first.pk, first.digest) == (self.decision, self.digest)
        for row in added:
            assert (row.previous_digest, row.digest) == (self.digest, row.computed_digest())
            self.decision, self.digest = row.pk, row.digest
