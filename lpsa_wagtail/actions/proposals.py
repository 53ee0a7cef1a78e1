"""The proposal of a group: made, changed, in review, and what follows from its approval."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from lpsa_wagtail.actions.drafts import place_draft, submit_draft
from lpsa_wagtail.actions.invitations import invite
from lpsa_wagtail.choices import DRAFTING_ROLES, GroupState
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import (
    Member,
    Membership,
    Proposal,
    ProposedLeader,
    WorkingGroupPage,
    WorkingGroupPartner,
    WorkingGroupRecord,
    overlaps,
)
from lpsa_wagtail.permissions import may_propose, why_not_revise

#: Columns of the page that the proposal fills.
ON_PAGE = ("title", "purpose", "designation", "designation_other", "focus")
#: How many leaders a proposal names, at most: everyone gets a mail when it is approved.
MOST_LEADERS = 10


@transaction.atomic
def propose_group(
    *, actor, index, plan, differs_from="", leaders=(), partners=(), interests=(), **fields
) -> Proposal:
    """Propose a group below the ``index`` page, and submit it for the Board Chair's decision.

    ``fields`` are those of the page: title, purpose, designation, focus. ``leaders`` are mappings
    with name, email and role, ``partners`` with name and link. For the secretariat and whom it
    lets propose; None stands for a command. Side effects: a draft page with its record, owned by
    the actor; a workflow begins. Whether the register knows an address makes no difference.
    Raises ``NotAllowed`` or ``ValidationError``.
    """
    if actor and not may_propose(actor):
        raise NotAllowed(_("You may not propose groups. Ask the secretariat."))
    _check(fields["title"], interests, differs_from, plan, leaders)
    page = WorkingGroupPage(**{name: fields[name] for name in ON_PAGE if name in fields})
    page.search_description = page.purpose
    page.partners.set(_partners(partners))
    page.full_clean(exclude=["path", "depth", "slug", "url_path", "translation_key", "locale"])
    page = place_draft(actor=actor, parent=index, page=page, interests=interests)
    proposal = record_proposal(
        actor=actor, page=page, plan=plan, differs_from=differs_from, leaders=leaders
    )
    submit_draft(actor=actor, page=page)
    return proposal


@transaction.atomic
def record_proposal(*, actor, page, plan, differs_from="", leaders=()) -> Proposal:
    """Write down what belongs to the proposal of a group and not to its page."""
    record = WorkingGroupRecord.objects.get(translation_key=page.translation_key)
    proposal = Proposal.objects.create(
        record=record, proposed_by=actor, plan=plan.strip(), differs_from=differs_from.strip()
    )
    _set_leaders(proposal, leaders)
    return proposal


@transaction.atomic
def revise_proposal(
    *, actor, proposal, plan, differs_from="", leaders=(), partners=(), interests=(), **fields
) -> Proposal:
    """Change a proposal that was sent back or taken back, and submit it again.

    Arguments, side effects and errors are those of ``propose_group``.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if why_not := why_not_revise(actor, proposal):
        raise NotAllowed(why_not)
    key = proposal.record.translation_key
    _check(fields["title"], interests, differs_from, plan, leaders, key)
    page = proposal.record.page.get_latest_revision_as_object()
    for name in ON_PAGE:
        setattr(page, name, fields.get(name, getattr(page, name)))
    page.partners.set(_partners(partners))
    page.interests.set(interests)
    page.save_revision(user=actor)
    proposal.plan, proposal.differs_from = plan.strip(), differs_from.strip()
    proposal.save(update_fields=["plan", "differs_from"])
    _set_leaders(proposal, leaders)
    submit_draft(actor=actor, page=proposal.record.page.specific)
    return proposal


def _check(title, interests, differs_from, plan, leaders, key=None) -> None:
    if not plan.strip():
        raise NotAllowed(_("Say what the group plans for its first year."))
    if len(leaders) > MOST_LEADERS:
        raise NotAllowed(_("Name fewer people to lead it."))
    if any(leader["role"] not in DRAFTING_ROLES for leader in leaders):
        raise NotAllowed(_("A proposal names co-chairs and coordinators, nobody else."))
    found = overlaps(title=title, interests=interests, translation_key=key)
    if found and not differs_from.strip():
        raise NotAllowed(_("Say how it differs from the groups that it overlaps with."))


def _partners(rows) -> list:
    return [WorkingGroupPartner(name=row["name"], link=row.get("link", "")) for row in rows]


def _set_leaders(proposal, leaders) -> None:
    """Note name and address as they were given; nobody is looked up before the approval."""
    proposal.leaders.all().delete()
    for leader in leaders:
        row = ProposedLeader(
            proposal=proposal,
            name=leader["name"],
            email=leader["email"].strip().lower(),
            role=leader["role"],
        )
        row.full_clean()
        row.save()


@transaction.atomic
def note_review(*, actor, workflow_state) -> None:
    """Keep the state of a proposed group: in review while it waits, else proposed.

    Called whenever the workflow of a page is stored. What was approved is left to establishing.
    """
    page = workflow_state.content_object
    if not isinstance(page, Page) or page.specific_class is not WorkingGroupPage:
        return
    states = {
        workflow_state.STATUS_IN_PROGRESS: GroupState.IN_REVIEW,
        workflow_state.STATUS_NEEDS_CHANGES: GroupState.PROPOSED,
        workflow_state.STATUS_CANCELLED: GroupState.PROPOSED,
    }
    not_established = WorkingGroupRecord.objects.filter(
        translation_key=page.translation_key,
        state__in=(GroupState.PROPOSED, GroupState.IN_REVIEW),
    )
    if state := states.get(workflow_state.status):
        not_established.update(state=state)


@transaction.atomic
def appoint_leaders(*, actor, record) -> None:
    """Give the people whom the approved proposal names their roles, once, and invite them.

    Who is not in the register is entered. Side effects: memberships, invitations by mail; the
    addresses in the proposal are removed, since the register has them from now on.
    """
    proposal = Proposal.objects.filter(record=record).first()
    for leader in proposal.leaders.filter(member=None) if proposal else ():
        held = Membership.objects.on().filter(group=record, role=leader.role)
        role = held.filter(member__email__iexact=leader.email).first()
        leader.member = role.member if role else _invite(record, leader)
        leader.email = ""
        leader.save(update_fields=["member", "email"])


def _invite(record, leader) -> Member:
    invitation = invite(
        actor=None, record=record, role=leader.role, email=leader.email, name=leader.name
    )
    return invitation.membership.member
