"""Who may do what in which state, as one table.

The table repeats the rules for people and for tests; it decides nothing. Every cell is tried in
the tests through the real addresses, and every address of ours is in ``ADDRESSES``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: A "leader" is a co-chair or coordinator whose role lasts today.
ROLES = {
    "administrator": _("Administrator"),
    "secretariat": _("Secretariat"),
    "chair": _("Advisory Board Chair"),
    "board": _("Advisory Board member"),
    "leader": _("Co-chair or coordinator of the group"),
    "other": _("Co-chair or coordinator of another group"),
    "former": _("Former co-chair of the group"),
    "contributor": _("Account with access to the admin only"),
    "visitor": _("Visitor"),
}
STATES = {
    "draft": _("draft"),
    "waiting": _("waiting for the Board"),
    "returned": _("sent back"),
    "dated": _("approved with a date"),
    "live": _("live"),
    "changed": _("live with changes"),
    "down": _("taken down"),
}
EVERYBODY = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
ADMINISTRATORS = frozenset({"administrator"})
KEEPERS = ADMINISTRATORS | {"secretariat"}
WRITERS = KEEPERS | {"leader"}
DECIDERS = frozenset({"chair", "board"})
READERS = KEEPERS | DECIDERS
WORKING_HERE = READERS | {"leader", "other"}


@dataclass(frozen=True)
class Row:
    """One action: who may, for each state of the content; one entry "" where states say nothing."""

    code: str
    label: Any
    who: Mapping[str, frozenset[str]]

    def may(self, role: str, state: str = "") -> bool:
        return role in self.who.get(state, NOBODY)


def _content(code, label, always=NOBODY, **states) -> Row:
    """An action on content: who may in every state, and otherwise in the states named."""
    return Row(code, label, {state: states.get(state, always) for state in STATES})


def _always(code, label, who) -> Row:
    return Row(code, label, {"": who})


#: Actions on a post or webinar of the group. (A group's own page is decided on by the Chair.)
CONTENT = (
    _content("see_live", _("See the public page"), live=EVERYBODY, changed=EVERYBODY),
    _content("see_draft", _("See the newest version"), WRITERS, waiting=WRITERS | DECIDERS),
    _content("edit", _("Edit"), WRITERS, waiting=DECIDERS, dated=NOBODY),
    _content("submit", _("Submit"), WRITERS, waiting=NOBODY, dated=NOBODY),
    _content(
        "take_back",
        _("Take back a submission (the leader's own)"),
        waiting=DECIDERS | {"leader"},
        returned=frozenset({"leader"}),
    ),
    _content("approve", _("Approve"), waiting=DECIDERS),
    _content("ask_for_changes", _("Ask for changes"), waiting=DECIDERS),
    _content("override", _("Publish without the Board"), ADMINISTRATORS, live=NOBODY),
    _content("take_down", _("Take down"), live=KEEPERS, changed=KEEPERS),
    _content("restrict", _("Restrict who sees it"), KEEPERS),
    _content("lift_restriction", _("Lift a restriction"), ADMINISTRATORS),
    _content("reorder", _("Reorder"), KEEPERS),
    _content("unschedule", _("Take the date off"), dated=KEEPERS),
    _content("move", _("Move to another parent"), KEEPERS, live=NOBODY, changed=NOBODY),
    _content("copy", _("Copy as a draft"), WRITERS),
    _content("delete", _("Delete"), WRITERS, live=ADMINISTRATORS, changed=ADMINISTRATORS),
    _content("see_history", _("See the history"), WRITERS),
    _content("compare", _("Compare any versions"), WRITERS),
    _content("see_what_changed", _("See what changed"), WRITERS, waiting=WRITERS | DECIDERS),
    _content("preview", _("See an older version"), WRITERS),
)
#: Actions for which the state of a post or webinar does not matter.
REST = (
    _always("add_post", _("Write a post in the group"), WRITERS),
    _always("add_webinar", _("Announce a webinar of the group"), WRITERS),
    _always("change_group", _("Edit the page of the group"), WRITERS),
    _always("propose_group", _("Propose a group"), KEEPERS),
    _always("establish_group", _("Establish a group"), frozenset({"chair"})),
    _always("give_position", _("Leave a position on what the Chair decides"), frozenset({"board"})),
    _always("propose_change", _("Propose another state for the group"), WRITERS),
    _always("decide_change", _("Decide on the state of a group"), frozenset({"chair"})),
    _always("change_facts", _("Change operational facts of a webinar"), WRITERS),
    _always("use_pictures", _("Use the group's pictures"), WRITERS),
    _always("add_picture", _("Add pictures to the group's"), WRITERS),
    _always("list_posts", _("Open the lists of groups, posts and webinars"), WORKING_HERE),
    _always("read_members", _("Read the register of members"), KEEPERS),
    _always("read_people", _("Read of the people in the group"), WRITERS),
    _always("change_members", _("Change members"), KEEPERS),
    _always("read_memberships", _("Read roles in the group"), WRITERS),
    _always("give_role", _("Give somebody a role in a group"), KEEPERS),
    _always("invite", _("Invite to an ordinary role (the co-chairs)"), WRITERS),
    _always("change_role", _("Change an ordinary role (the co-chairs)"), WRITERS),
    _always("end_role", _("End an ordinary role (the co-chairs)"), WRITERS),
    _always("remove_role", _("Remove a role"), KEEPERS),
    _always("read_mandates", _("Read who acts for whom"), READERS),
    _always("let_act", _("Let a Board member act for the Chair"), ADMINISTRATORS | {"chair"}),
    _always("let_propose", _("Let somebody propose groups"), KEEPERS),
    _always("read_decisions", _("Read all decisions"), READERS),
    _always("read_deliveries", _("Read who was told of what"), KEEPERS),
    _always("keep_words", _("Keep the vocabulary"), KEEPERS),
    _always("merge_words", _("Merge interests"), KEEPERS),
    _always("change_settings", _("Change the settings of working groups"), KEEPERS),
)
MATRIX = CONTENT + REST


def _named(prefix, who, *names) -> dict[str, frozenset[str]]:
    return {f"{prefix}{name}": who for name in names}


LISTS = ("index", "index_results", "choose_parent")
WORDS = ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
#: Name of each address of ours → who may open it, with things of the group where it names things.
ADDRESSES = {
    **_named("lpsa_desk:", EVERYBODY - {"visitor"}, "inbox"),
    **_named("lpsa_desk:", READERS, "review", "content"),
    **_named("lpsa_desk:", NOBODY, "remind"),
    **_named("lpsa_groups:", WORKING_HERE, *LISTS),
    **_named("lpsa_posts:", WORKING_HERE, *LISTS),
    **_named("lpsa_webinars:", WORKING_HERE, *LISTS),
    **_named("lpsa_interests:", KEEPERS, *WORDS, "merge"),
    **_named("lpsa_members_modeladmin_", WRITERS | {"other"}, "index"),
    **_named("lpsa_members_modeladmin_", WRITERS, "inspect"),
    **_named("lpsa_members_modeladmin_", KEEPERS, "create", "edit", "delete", "history"),
    **_named("lpsa_memberships_modeladmin_", WRITERS | {"other"}, "index", "invite"),
    **_named("lpsa_memberships_modeladmin_", WRITERS, "edit", "history", "end"),
    **_named("lpsa_memberships_modeladmin_", KEEPERS, "create", "delete", "invite_again"),
    **_named("lpsa_mandates_modeladmin_", READERS, "index"),
    **_named("lpsa_mandates_modeladmin_", KEEPERS | {"chair"}, "create"),
    **_named("lpsa_mandates_modeladmin_", ADMINISTRATORS | {"chair"}, "end"),
    **_named("lpsa_mandates_modeladmin_", NOBODY, "edit", "delete"),
    **_named("lpsa_wagtail:", EVERYBODY, "invitation", "citation_bib", "citation_ris"),
    **_named("lpsa_wagtail:", EVERYBODY, "share_picture", "search", "search_suggestions"),
    **_named("lpsa_decisions_modeladmin_", READERS, "index", "inspect"),
    **_named("lpsa_decisions_modeladmin_", NOBODY, "create", "edit", "delete"),
    **_named("lpsa_deliveries_modeladmin_", KEEPERS, "index", "inspect", "edit"),
    **_named("lpsa_deliveries_modeladmin_", NOBODY, "create", "delete"),
    **_named("lpsa_groups_life:", KEEPERS, "propose", "revise"),
    **_named("lpsa_groups_life:", WRITERS, "change_state"),
    **_named("lpsa_pages:", ADMINISTRATORS, "publish_without_board", "lift_restriction"),
    **_named("lpsa_pages:", KEEPERS, "take_down"),
    **_named("lpsa_pages:", WRITERS, "what_changed", "facts"),
    **_named("lpsa_wagtail:", EVERYBODY, "decide", "decide_content"),
    **_named("lpsa_wagtail:", EVERYBODY, "feed_atom", "feed_json", "feed_ics", "webinar_ics"),
    **_named("lpsa_wagtail:", NOBODY, "deciding"),
    **_named("lpsa_api:", EVERYBODY, "openapi-json", "openapi-view"),
    **_named("lpsa_api:", NOBODY, "api-root"),
    **_named("lpsa_api:", EVERYBODY, "list_groups", "list_posts", "list_webinars"),
    **_named("lpsa_api:", EVERYBODY, "list_interests", "get_group", "get_post", "get_webinar"),
    **_named("lpsa_api:", EVERYBODY, "get_interest", "list_people", "list_series", "search"),
    **_named("lpsa_api:", EVERYBODY, "get_navigation", "list_changes"),
    **_named("lpsa_api:", NOBODY, "get_preview"),
}
