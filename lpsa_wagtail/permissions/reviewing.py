"""What somebody reads before they decide on a matter, and afterwards. No request, no address."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from lpsa_wagtail.choices import Outcome, Stance
from lpsa_wagtail.models import AdvisoryBoardApprovalTask, Decision, Matter
from lpsa_wagtail.models.working_groups import group_above
from lpsa_wagtail.permissions.chairing import (
    people_in_the_chair,
    sits_at,
    why_not_decide_change,
)
from lpsa_wagtail.permissions.content import content_hash
from lpsa_wagtail.permissions.deciding import (
    approvals_needed,
    authors_since_last_go,
    deciders,
    stage_of,
    votes_that_count,
    why_not_decide,
)
from lpsa_wagtail.permissions.desk import why_not_remind
from lpsa_wagtail.permissions.differences import Difference, differences
from lpsa_wagtail.permissions.hands import accounts, attach_deciders
from lpsa_wagtail.permissions.notes import notes_on, why_not_note
from lpsa_wagtail.permissions.positions import (
    asks_for_positions,
    positions_seen_by,
    why_not_give_position,
)
from lpsa_wagtail.permissions.proposing import leaders_shown, overlaps_shown, proposal_about
from lpsa_wagtail.permissions.roles import is_board_member
from lpsa_wagtail.permissions.visibility import sees_everything

#: Decisions that approved content as it was then.
APPROVALS = (Outcome.GO, Outcome.OVERRIDE, Outcome.INSTALLATION)
#: How many earlier decisions are named.
EARLIER_SHOWN = 20


@dataclass(frozen=True)
class Comparison:
    """What waits beside an earlier version; ``differences`` may be empty."""

    heading: str
    differences: list[Difference]


class Review:
    """One matter as this person may see it. Everything is read when it is asked for, once.

    ``page`` is the page as it is stored, ``content`` what waits for a decision (the newest
    revision as an object), ``seen`` its hash, which goes with the decision.
    """

    def __init__(self, *, matter: Matter, user):
        self.matter, self.user = matter, user

    @cached_property
    def task_state(self):
        """The stage that it waits or waited at; None for a change of a group's state."""
        states = TaskState.objects.select_related("workflow_state__requested_by", "revision")
        return states.filter(pk=self.matter.task_state_id).first()

    @cached_property
    def task(self):
        return self.task_state.task.specific if self.task_state else None

    @cached_property
    def page(self):
        if self.task_state is None:
            return self.matter.record.page
        page = Page.objects.filter(pk=self.task_state.workflow_state.object_id).first()
        return page and page.specific

    @cached_property
    def content(self):
        return self.page.get_latest_revision_as_object() if self.task_state else self.page

    @cached_property
    def seen(self) -> str:
        return content_hash(self.content)

    @cached_property
    def is_open(self) -> bool:
        """True while it waits for a decision."""
        return Matter.objects.open().filter(pk=self.matter.pk).exists()

    # Who may.

    @cached_property
    def may_see(self) -> bool:
        """True for who sits at the stage, the secretariat, and the Board where it has a say."""
        if not (self.user.is_active and self.page):
            return False
        if sees_everything(self.user):
            return True
        if self.task and hasattr(self.task, "groups") and sits_at(self.user, self.task):
            return True
        return is_board_member(self.user) and asks_for_positions(self.matter)

    @cached_property
    def why_not(self) -> str:
        """Why the person may not decide; "" if they may."""
        if not self.is_open:
            return _("Somebody has decided on this.")
        if self.task is None:
            return why_not_decide_change(self.user, self.matter)
        if self.is_at_board:
            return why_not_decide(user=self.user, page=self.page, task=self.task)
        may = bool(self.user.is_active and self.task.get_actions(self.page, self.user))
        return "" if may else _("You are not in this stage's groups.")

    @property
    def is_at_board(self) -> bool:
        """True at a stage of the Board, and for changes of a group's state."""
        return self.task is None or isinstance(self.task, AdvisoryBoardApprovalTask)

    @cached_property
    def reads_for_the_board(self) -> bool:
        """True if the names behind votes and positions are for this person."""
        return is_board_member(self.user) or (self.is_at_board and not self.why_not)

    @cached_property
    def deciders(self) -> list:
        """The other accounts that may decide on it now."""
        if not (self.is_open and self.is_at_board):
            return []
        if self.task is None:
            people = people_in_the_chair()
            found = [one for one in people if not why_not_decide_change(one, self.matter)]
        else:
            found = deciders(self.page, self.task)
        return [one for one in found if one != self.user]

    @cached_property
    def may_remind(self) -> bool:
        return self.is_open and not why_not_remind(self.user, self.matter)

    # What it is.

    @cached_property
    def title(self) -> str:
        """As it stands where it waits; of what was decided, as it was then."""
        if self.is_open or self.task_state is None:
            return self.content.title
        return self.task_state.revision.object_str

    @cached_property
    def kind(self) -> str:
        return self.matter.get_change_display() or str(self.page._meta.verbose_name)

    @cached_property
    def group(self):
        """The group that the page lies in, or None; of a group's own page None too."""
        group = group_above(self.page)
        return None if group == self.page else group

    @cached_property
    def submitted_by(self):
        if self.task_state is None:
            return self.matter.proposed_by
        return self.task_state.workflow_state.requested_by

    @cached_property
    def since(self) -> dt.datetime:
        return self.matter.opened_at

    @cached_property
    def hands(self) -> list:
        """Accounts of who wrote or submitted it since the last approval."""
        if self.task_state is None:
            return [self.submitted_by] if self.submitted_by else []
        return list(accounts(authors_since_last_go(self.page)).values())

    # What it changes.

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Beside what is live, and beside what was approved last where that is something else."""
        if self.task_state is None or not self.is_open:
            return []
        found = []
        if self.page.live:
            heading = _("Compared with what is live")
            found.append(Comparison(heading, differences(self.page, self.content)))
        approved = self.last_approval
        if approved and not (self.page.live and approved.revision_id == self.page.live_revision_id):
            revision = self._revision(approved.revision_id)
            if revision:
                heading = _("Compared with what was approved last")
                found.append(Comparison(heading, differences(revision.as_object(), self.content)))
        return found

    def comparison_with(self, revision_id) -> Comparison | None:
        """Beside the version of this id, which the person had before their eyes; None if gone."""
        revision = self._revision(revision_id) if self.task_state and self.is_open else None
        if revision is None:
            return None
        heading = _("What changed since you opened it")
        return Comparison(heading, differences(revision.as_object(), self.content))

    def _revision(self, revision_id):
        known = str(revision_id).isdecimal() and len(str(revision_id)) < 19
        return self.page.revisions.filter(pk=revision_id).first() if known else None

    @cached_property
    def last_approval(self):
        """The newest decision that approved content of this page, or None."""
        approvals = Decision.objects.filter(page_id=self.page.pk, outcome__in=APPROVALS)
        return approvals.exclude(revision_id=None).order_by("-pk").first()

    # What was said.

    @cached_property
    def decisions(self) -> list:
        """Decisions on this page, newest first, each with ``who``, the account or None."""
        found = list(Decision.objects.filter(page_id=self.page.pk).order_by("-pk")[:EARLIER_SHOWN])
        attach_deciders(found)
        return found

    @cached_property
    def approvals_needed(self) -> int:
        if not (self.task_state and self.is_at_board):
            return 1
        return approvals_needed(stage_of(self.content), self.task)

    @cached_property
    def votes(self) -> list:
        """Approvals of exactly this content that count, each with ``who``, the account."""
        if not (self.task_state and self.is_open and self.approvals_needed > 1):
            return []
        found = list(votes_that_count(self.matter, self.content, self.task))
        people = accounts(vote.voter_id for vote in found)
        for vote in found:
            vote.who = people.get(vote.voter_id)
        return found

    @cached_property
    def positions(self) -> list:
        """The positions that this person may read."""
        return list(positions_seen_by(self.user, self.matter))

    @cached_property
    def why_not_position(self) -> str:
        """Why the person does not leave a position now; "" if they may."""
        return why_not_give_position(self.user, self.matter)

    @property
    def stances(self) -> list:
        return Stance.choices

    @cached_property
    def own_position(self):
        return self.matter.positions.filter(person=self.user.pk).first()

    @cached_property
    def why_not_note(self) -> str:
        """Why the person neither reads nor writes private notes here; "" if they do."""
        return why_not_note(self.user, self.page)

    @cached_property
    def notes(self) -> list:
        return list(notes_on(self.page, self.user))

    # A group that is proposed.

    @cached_property
    def proposal(self):
        """The proposal of the group that waits to be established, else None."""
        return proposal_about(self.page) if self.task_state else None

    @cached_property
    def proposed_leaders(self) -> list[dict]:
        return leaders_shown(self.user, self.proposal) if self.proposal else []

    @cached_property
    def overlaps(self) -> list:
        """Groups that the proposed one would overlap with."""
        return overlaps_shown(self.user, self.content) if self.proposal else []
