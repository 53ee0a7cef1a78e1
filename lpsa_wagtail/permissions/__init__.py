"""Rules: who may do what, and what may be live. Nothing in here writes.

``roles`` says who someone is, ``content`` what exactly a page contains, ``gate`` whether that may
be live, ``deciding`` who may decide on it, ``standing`` where a page stands, ``visibility`` what
people find in lists, ``testers`` gives Wagtail the answers.
"""

from lpsa_wagtail.permissions.content import charter_hash, content_hash
from lpsa_wagtail.permissions.deciding import (
    authors_since_last_go,
    deciding_groups,
    facts_about,
    stage_of,
    stages_of,
    states_to_decide,
    task_states_to_decide,
    why_not_decide,
)
from lpsa_wagtail.permissions.gate import (
    deciding_page,
    guard_file,
    guard_page,
    guard_part,
    is_governed,
    is_undecided,
    may_go_live,
)
from lpsa_wagtail.permissions.roles import (
    group_made,
    groups_led_by,
    is_board_chair,
    is_board_member,
    is_secretariat,
    leads,
)
from lpsa_wagtail.permissions.standing import Standing, attach_standing, with_standing
from lpsa_wagtail.permissions.testers import GovernedPageTester, IndexPageTester
from lpsa_wagtail.permissions.visibility import (
    governed_below,
    seen_by,
    sees_everything,
    without_foreign_drafts,
    works_here,
)

__all__ = [
    "GovernedPageTester",
    "IndexPageTester",
    "Standing",
    "attach_standing",
    "authors_since_last_go",
    "charter_hash",
    "content_hash",
    "deciding_groups",
    "deciding_page",
    "facts_about",
    "governed_below",
    "group_made",
    "groups_led_by",
    "guard_file",
    "guard_page",
    "guard_part",
    "is_board_chair",
    "is_board_member",
    "is_governed",
    "is_secretariat",
    "is_undecided",
    "leads",
    "may_go_live",
    "seen_by",
    "sees_everything",
    "stage_of",
    "stages_of",
    "states_to_decide",
    "task_states_to_decide",
    "why_not_decide",
    "with_standing",
    "without_foreign_drafts",
    "works_here",
]
