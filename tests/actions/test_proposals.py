"""Proposing a group, changing the proposal, and what follows from its approval."""

import datetime as dt

import pytest
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, MandateKind
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import (
    Invitation,
    Mandate,
    Member,
    Membership,
    Proposal,
    WorkingGroupIndexPage,
    WorkingGroupPage,
    WorkingGroupRecord,
)
from tests import factories as make


@pytest.fixture
def index():
    return make.index_page(WorkingGroupIndexPage)


@pytest.fixture
def proposer():
    user = make.UserFactory()
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=user)
    return user


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


AMA = {"name": "Ama", "email": "Ama@Example.org", "role": "co-chair"}


def propose(index, by, **fields):
    fields = {
        "title": "Water and rivers",
        "purpose": "To share how rivers are kept.",
        "focus": "topic",
        "designation": "chapter",
        "plan": "Four posts.",
        "leaders": [AMA],
        "partners": [{"name": "Towns United", "link": "https://towns.example.org"}],
        **fields,
    }
    return actions.propose_group(actor=by, index=index, **fields)


def waiting_at(proposal):
    page = again(proposal).record.page
    return page.current_workflow_state.current_task_state


def state_of(proposal):
    return WorkingGroupRecord.objects.get(pk=proposal.record_id).state


def decide(proposal, action, by=None):
    by = by or make.board_chair()
    state = waiting_at(proposal)
    actions.decide(actor=by, task_state=state, action=action, comment="Say more.")


def test_a_proposal_is_a_draft_that_waits_for_the_chair(index, proposer):
    word = make.InterestFactory()
    proposal = propose(index, proposer, interests=[word])

    page = proposal.record.page
    assert (page.live, page.owner, page.title) == (False, proposer, "Water and rivers")
    assert (page.designation, page.focus, page.purpose) == (
        *("chapter", "topic"),
        "To share how rivers are kept.",
    )
    assert [row.name for row in page.partners.all()] == ["Towns United"]
    assert list(page.interests.all()) == [word]
    assert page.current_workflow_state.workflow.name == "Establish a working group"
    assert (proposal.proposed_by, proposal.plan) == (proposer, "Four posts.")
    assert list(proposal.leaders.values_list("name", "email", "role", "member")) == [
        ("Ama", "ama@example.org", "co-chair", None)
    ]
    assert state_of(proposal) == GroupState.IN_REVIEW


def test_only_whom_the_secretariat_lets_propose_today(index, proposer):
    group = make.group()
    past = make.UserFactory()
    today = timezone.localdate()
    over = {"start": today - dt.timedelta(days=9), "end": today - dt.timedelta(days=1)}
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=past, **over)
    for user in (past, make.leader(of=group), make.board_member(), make.UserFactory()):
        with pytest.raises(NotAllowed):
            propose(index, user)
    assert WorkingGroupPage.objects.count() == 1

    for user in (proposer, make.secretary(), make.UserFactory(is_superuser=True)):
        propose(index, user, title=f"Topic {user.pk}", differs_from="It does.")


def test_whoever_proposed_does_not_decide_but_a_named_member_does(index):
    chair, member = make.board_chair(), make.board_member()
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=chair)
    proposal = propose(index, again(chair))
    for user in (chair, member):
        with pytest.raises(NotAllowed):
            decide(proposal, "approve", by=again(user))

    Mandate.objects.create(kind=MandateKind.DECIDER, user=member, page=proposal.record.page)
    decide(proposal, "approve", by=again(member))

    assert again(proposal.record.page).live is True


def test_sent_back_it_is_proposed_changed_and_submitted_again(index, proposer):
    proposal = propose(index, proposer)
    fields = {
        **{"title": "Rivers", "purpose": "To compare.", "focus": "topic"},
        **{"plan": "Six posts.", "leaders": [{**AMA, "name": "Ama B."}], "partners": []},
    }
    with pytest.raises(NotAllowed):
        actions.revise_proposal(actor=proposer, proposal=proposal, **fields)
    decide(proposal, "reject")
    assert state_of(proposal) == GroupState.PROPOSED

    for user in (make.board_member(), make.UserFactory()):
        with pytest.raises(NotAllowed):
            actions.revise_proposal(actor=user, proposal=again(proposal), **fields)
    actions.revise_proposal(actor=proposer, proposal=again(proposal), **fields)

    content = again(proposal.record.page).get_latest_revision_as_object()
    assert (content.title, content.purpose, content.designation) == (
        *("Rivers", "To compare."),
        "chapter",
    )
    assert (content.partners.count(), again(proposal).plan) == (0, "Six posts.")
    assert list(proposal.leaders.values_list("name", flat=True)) == ["Ama B."]
    assert state_of(proposal) == GroupState.IN_REVIEW
    decide(proposal, "approve")
    assert again(proposal.record.page).title == "Rivers"


def test_taken_back_it_is_proposed_and_can_be_submitted_again(index, proposer):
    proposal = propose(index, proposer)

    actions.cancel_submission(actor=proposer, page=proposal.record.page)
    assert state_of(proposal) == GroupState.PROPOSED
    actions.submit_draft(actor=proposer, page=again(proposal.record.page))

    assert state_of(proposal) == GroupState.IN_REVIEW


def test_the_proposer_works_on_the_page_only_while_the_mandate_lasts(index, proposer):
    page = propose(index, proposer).record.page
    other = make.draft(make.WorkingGroupPageFactory, index)

    def may(page):
        return page.permissions_for_user(again(proposer)).can_edit()

    assert (may(page), may(other), may(index)) == (True, False, False)
    Mandate.objects.update(start=dt.date(2020, 1, 1), end=dt.date(2020, 1, 2))
    assert may(page) is False


def test_an_established_group_is_not_its_proposers(index, proposer):
    proposal = propose(index, proposer)
    decide(proposal, "approve")
    page = again(proposal.record.page)
    assert not page.permissions_for_user(again(proposer)).can_edit()
    with pytest.raises(NotAllowed):
        actions.revise_proposal(actor=proposer, proposal=again(proposal), title="x", plan="x")


def test_on_approval_the_leaders_get_their_roles_and_the_unknown_are_entered(index, proposer):
    known = make.MemberFactory(name="Ama Mensah", email="ama@example.org", user=make.UserFactory())
    leaders = [AMA, {"name": "Bo", "email": "bo@example.org", "role": "coordinator"}]
    proposal = propose(index, proposer, leaders=leaders)
    before = Member.objects.count()

    decide(proposal, "approve")

    record = WorkingGroupRecord.objects.get(pk=proposal.record_id)
    assert (record.state, record.established_on) == (GroupState.ACTIVE, timezone.localdate())
    assert Member.objects.count() == before + 1
    held = Membership.objects.filter(group=record).values_list("member__name", "role")
    assert set(held) == {("Ama Mensah", "co-chair"), ("Bo", "coordinator")}
    assert Membership.objects.filter(accepted_at__isnull=False).count() == 0
    assert list(record.auth_group.user_set.all()) == [known.user]
    assert Invitation.objects.filter(membership__group=record).count() == 2
    assert set(proposal.leaders.values_list("email", flat=True)) == {""}
    assert again(record.page).get_workflow().name == "Working group content"


def test_who_was_given_the_role_before_the_approval_keeps_it(index, proposer):
    proposal = propose(index, proposer)
    member = make.MemberFactory(email="ama@example.org")
    make.MembershipFactory(member=member, group=proposal.record)

    decide(proposal, "approve")

    assert list(Membership.objects.values_list("member", flat=True)) == [member.pk]
    assert state_of(proposal) == GroupState.ACTIVE


def test_a_group_without_chairs_is_forming(index, proposer):
    proposal = propose(index, proposer, leaders=[])
    decide(proposal, "approve")
    assert state_of(proposal) == GroupState.FORMING


def test_nobody_is_entered_or_given_a_role_before_the_approval(index, proposer):
    members = Member.objects.count()
    proposal = propose(index, proposer)
    decide(proposal, "reject")
    assert (Member.objects.count(), Membership.objects.count()) == (members, 0)


def test_a_known_address_makes_no_difference_to_what_is_stored(index, proposer):
    make.MemberFactory(name="Ama Mensah", email="ama@example.org")
    proposal = propose(index, proposer)
    [row] = proposal.leaders.all()
    assert (row.name, row.email, row.member, str(row)) == ("Ama", "ama@example.org", None, "Ama")


def test_an_overlap_wants_to_be_explained(index, proposer):
    make.group(title="Rivers and water")
    with pytest.raises(NotAllowed):
        propose(index, proposer)
    assert Proposal.objects.count() == 0
    propose(index, proposer, differs_from="It is about rain.")


@pytest.mark.parametrize(
    "bad",
    [
        {"plan": " "},
        {"leaders": [{**AMA, "role": "guest"}]},
        {"leaders": [{**AMA, "email": f"a{n}@example.org"} for n in range(11)]},
    ],
)
def test_what_a_proposal_cannot_be(index, proposer, bad):
    with pytest.raises(NotAllowed):
        propose(index, proposer, **bad)
    assert WorkingGroupPage.objects.count() == 0
