"""Rules: who may do what, and what may be live. Nothing in here writes.

``roles`` says who someone is, ``content`` what exactly a page contains, ``gate`` whether that may
be live, ``hands`` who wrote it, ``stages`` what it went through, ``deciding`` who may decide on it,
``chairing`` who decides for the Chair, ``differences`` what differs between versions, ``reviewing``
what one reads before one decides, ``parts`` its rows and files, ``standing`` where a page
``facts`` who changes what needs no Board, ``parts`` its rows and files, ``standing`` where a page
stands, ``privacy`` who may see it, ``visibility`` what people find in lists, ``rows`` which of
Wagtail's rows of rights count today, ``testers`` gives Wagtail the answers.
"""

from lpsa_wagtail.permissions.by_link import (
    Bar,
    hash_of,
    may_decide_by_link,
    obstacle_to,
)
from lpsa_wagtail.permissions.chairing import (
    CHAIR,
    IN_PLACE_OF_CHAIR,
    ChairToday,
    chair_today,
    chairs,
    groups_that_count,
    may_propose,
    people_at,
    sits_at,
    why_not_decide_change,
    why_not_mandate,
    why_not_position,
)
from lpsa_wagtail.permissions.changing import (
    acts_as_on_change,
    changes_of,
    why_not_propose_change,
    why_not_take_back_change,
)
from lpsa_wagtail.permissions.content import charter_hash, content_hash
from lpsa_wagtail.permissions.deciding import (
    BOARD_SEAT,
    acts_as,
    approvals_needed,
    authors_since_last_go,
    deciding_groups,
    facts_about,
    has_voted,
    stage_of,
    stages_of,
    states_at_seat,
    states_to_decide,
    task_states_to_decide,
    votes_that_count,
    why_not_decide,
)
from lpsa_wagtail.permissions.differences import Difference, changed_fields, differences
from lpsa_wagtail.permissions.facts import (
    attach_right_to_facts,
    groups_with_facts,
    may_show,
    why_not_change_facts,
)
from lpsa_wagtail.permissions.gate import (
    deciding_on,
    guard_page,
    guard_submission,
    is_about_governed,
    is_governed,
    is_undecided,
    may_go_live,
)
from lpsa_wagtail.permissions.opened import note_opened, opened_content
from lpsa_wagtail.permissions.parts import (
    guard_file,
    guard_links,
    guard_part,
    is_replaced,
    pages_of_part,
    pages_that_show,
    validate_file,
)
from lpsa_wagtail.permissions.positions import (
    asks_for_positions,
    decides,
    page_of_matter,
    positions_seen_by,
    why_not_give_position,
)
from lpsa_wagtail.permissions.privacy import guard_restriction, is_unchanged, lifting
from lpsa_wagtail.permissions.proposing import (
    proposals_of,
    proposes,
    sees_group,
    sees_register_of,
    why_not_revise,
)
from lpsa_wagtail.permissions.reviewing import Comparison, Review, accounts
from lpsa_wagtail.permissions.roles import (
    group_made,
    groups_led_by,
    has_ended,
    is_board_chair,
    is_board_member,
    is_secretariat,
    leads,
    why_not_override,
    why_not_take_down,
)
from lpsa_wagtail.permissions.rows import count_rows_of_today
from lpsa_wagtail.permissions.stages import has_passed, stages_before, tasks_before
from lpsa_wagtail.permissions.standing import Standing, attach_standing, with_standing
from lpsa_wagtail.permissions.testers import GovernedPageTester, IndexPageTester
from lpsa_wagtail.permissions.visibility import (
    GOVERNED_TYPES,
    governed_below,
    seen_by,
    sees_everything,
    without_foreign_drafts,
    without_foreign_files,
    works_here,
)

__all__ = [
    "BOARD_SEAT",
    "CHAIR",
    "GOVERNED_TYPES",
    "IN_PLACE_OF_CHAIR",
    "Bar",
    "ChairToday",
    "Comparison",
    "Difference",
    "GovernedPageTester",
    "IndexPageTester",
    "Review",
    "Standing",
    "accounts",
    "acts_as",
    "acts_as_on_change",
    "approvals_needed",
    "asks_for_positions",
    "attach_right_to_facts",
    "attach_standing",
    "authors_since_last_go",
    "chair_today",
    "chairs",
    "changed_fields",
    "changes_of",
    "charter_hash",
    "content_hash",
    "count_rows_of_today",
    "decides",
    "deciding_groups",
    "deciding_on",
    "differences",
    "facts_about",
    "governed_below",
    "group_made",
    "groups_led_by",
    "groups_that_count",
    "groups_with_facts",
    "guard_file",
    "guard_links",
    "guard_page",
    "guard_part",
    "guard_restriction",
    "guard_submission",
    "has_ended",
    "has_passed",
    "has_voted",
    "hash_of",
    "is_about_governed",
    "is_board_chair",
    "is_board_member",
    "is_governed",
    "is_replaced",
    "is_secretariat",
    "is_unchanged",
    "is_undecided",
    "leads",
    "lifting",
    "may_decide_by_link",
    "may_go_live",
    "may_propose",
    "may_show",
    "note_opened",
    "obstacle_to",
    "opened_content",
    "page_of_matter",
    "pages_of_part",
    "pages_that_show",
    "people_at",
    "positions_seen_by",
    "proposals_of",
    "proposes",
    "seen_by",
    "sees_everything",
    "sees_group",
    "sees_register_of",
    "sits_at",
    "stage_of",
    "stages_before",
    "stages_of",
    "states_at_seat",
    "states_to_decide",
    "task_states_to_decide",
    "tasks_before",
    "validate_file",
    "votes_that_count",
    "why_not_change_facts",
    "why_not_decide",
    "why_not_decide_change",
    "why_not_give_position",
    "why_not_mandate",
    "why_not_override",
    "why_not_position",
    "why_not_propose_change",
    "why_not_revise",
    "why_not_take_back_change",
    "why_not_take_down",
    "with_standing",
    "without_foreign_drafts",
    "without_foreign_files",
    "works_here",
]
