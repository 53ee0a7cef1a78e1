"""Verbs: the only places that write. Each takes its actor by keyword and is one transaction."""

from lpsa_wagtail.actions.caches import forget_cached
from lpsa_wagtail.actions.decisions import decide, install_page, override, record_decision
from lpsa_wagtail.actions.drafts import add_draft, submit_draft
from lpsa_wagtail.actions.due_dates import follow_due_dates, note_matter
from lpsa_wagtail.actions.events import (
    note_decision,
    note_stage_passed,
    note_stage_refused,
    note_submission,
    record_event,
    telling_nobody,
)
from lpsa_wagtail.actions.files import add_document, add_picture, note_files
from lpsa_wagtail.actions.group_changes import (
    apply_due_changes,
    decide_change,
    propose_change,
    take_back_change,
)
from lpsa_wagtail.actions.installation import (
    equip_index,
    install,
    missing_steps,
    remember,
    why_no_place,
)
from lpsa_wagtail.actions.interests import (
    import_vocabulary,
    merge_interests,
    remove_interest,
    why_not_remove,
)
from lpsa_wagtail.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    invite_again,
)
from lpsa_wagtail.actions.links import decide_by_link, send_code
from lpsa_wagtail.actions.mandates import end_mandate, give_mandate
from lpsa_wagtail.actions.matters import count_vote, matter_of
from lpsa_wagtail.actions.memberships import (
    end_role,
    rights_out_of_step,
    sync_all_rights,
    sync_group_rights,
)
from lpsa_wagtail.actions.notes import add_note, remove_note
from lpsa_wagtail.actions.noticing import note_after_commit
from lpsa_wagtail.actions.people import (
    give_account,
    give_role,
    open_account,
    register_member,
)
from lpsa_wagtail.actions.positions import (
    ask_for_positions,
    ask_on_submission,
    give_position,
)
from lpsa_wagtail.actions.proposals import (
    appoint_leaders,
    note_review,
    propose_group,
    record_proposal,
    revise_proposal,
)
from lpsa_wagtail.actions.publications import note_public_changes
from lpsa_wagtail.actions.removal import (
    forget_types_without_tables,
    remove_everything,
    what_else_changes,
    what_goes,
    why_not_remove_everything,
)
from lpsa_wagtail.actions.searching import index_for_search
from lpsa_wagtail.actions.site_texts import fill_introduction, fill_join_line
from lpsa_wagtail.actions.stages import pass_stage
from lpsa_wagtail.actions.submissions import (
    cancel_submission,
    let_go_of_disabled,
    reopen_stages,
    settle_cancelled,
)
from lpsa_wagtail.actions.taking import hand_over, let_go, remind, take
from lpsa_wagtail.actions.webinars import change_facts
from lpsa_wagtail.actions.withdrawals import (
    lift_restriction,
    note_unscheduled,
    take_down,
    take_down_undecided,
    take_down_undecided_uses,
    withdraw,
)
from lpsa_wagtail.actions.working_groups import (
    establish_group,
    forget_group,
    keep_record,
)

__all__ = [
    "accept_invitation",
    "add_document",
    "add_draft",
    "add_note",
    "add_picture",
    "apply_due_changes",
    "appoint_leaders",
    "ask_for_positions",
    "ask_on_submission",
    "cancel_submission",
    "change_facts",
    "count_vote",
    "decide",
    "decide_by_link",
    "decide_change",
    "decline_invitation",
    "end_mandate",
    "end_role",
    "equip_index",
    "establish_group",
    "fill_introduction",
    "fill_join_line",
    "follow_due_dates",
    "forget_cached",
    "forget_group",
    "forget_types_without_tables",
    "give_account",
    "give_mandate",
    "give_position",
    "give_role",
    "hand_over",
    "import_vocabulary",
    "index_for_search",
    "install",
    "install_page",
    "invite",
    "invite_again",
    "keep_record",
    "let_go",
    "let_go_of_disabled",
    "lift_restriction",
    "matter_of",
    "merge_interests",
    "missing_steps",
    "note_after_commit",
    "note_decision",
    "note_files",
    "note_matter",
    "note_public_changes",
    "note_review",
    "note_stage_passed",
    "note_stage_refused",
    "note_submission",
    "note_unscheduled",
    "open_account",
    "override",
    "pass_stage",
    "propose_change",
    "propose_group",
    "record_decision",
    "record_event",
    "record_proposal",
    "register_member",
    "remember",
    "remind",
    "remove_everything",
    "remove_interest",
    "remove_note",
    "reopen_stages",
    "revise_proposal",
    "rights_out_of_step",
    "send_code",
    "settle_cancelled",
    "submit_draft",
    "sync_all_rights",
    "sync_group_rights",
    "take",
    "take_back_change",
    "take_down",
    "take_down_undecided",
    "take_down_undecided_uses",
    "telling_nobody",
    "what_else_changes",
    "what_goes",
    "why_no_place",
    "why_not_remove",
    "why_not_remove_everything",
    "withdraw",
]
