"""Verbs: the only places that write. Each takes its actor by keyword and is one transaction."""

from lpsa_wagtail.actions.decisions import (
    decide,
    install_page,
    record_decision,
    take_down_undecided,
    withdraw,
)
from lpsa_wagtail.actions.installation import install
from lpsa_wagtail.actions.interests import import_vocabulary, merge_interests
from lpsa_wagtail.actions.memberships import sync_all_rights, sync_group_rights
from lpsa_wagtail.actions.working_groups import (
    establish_group,
    forget_group,
    keep_record,
    note_review,
)

__all__ = [
    "decide",
    "establish_group",
    "forget_group",
    "import_vocabulary",
    "install",
    "install_page",
    "keep_record",
    "merge_interests",
    "note_review",
    "record_decision",
    "sync_all_rights",
    "sync_group_rights",
    "take_down_undecided",
    "withdraw",
]
