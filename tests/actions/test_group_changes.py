"""The state of an established group: proposed, decided, in effect on its day."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Locale, WorkflowState

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, MandateKind, Outcome, Role, Stage
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import (
    BlogPost,
    Decision,
    Event,
    Mandate,
    Matter,
    Membership,
    WorkingGroupRecord,
)
from lpsa_wagtail.permissions import groups_led_by, leads
from tests import factories as make

DAY = dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def chair():
    return make.board_chair()


@pytest.fixture
def french(site, settings):
    """Translate a group and make the translation live: ``french(group)``."""
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    locale = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(locale).save_revision().publish()

    def translate(group):
        copy = group.copy_for_translation(locale, copy_parents=True)
        return actions.install_page(actor=None, page=copy)

    return translate


def propose(group, change, by=None, **fields):
    by = by or make.secretary()
    fields = {"reason": "Nobody meets any more.", **fields}
    return actions.propose_change(actor=by, record=group.record, change=change, **fields)


def decide(group, change, chair, **fields):
    matter = propose(group, change, **fields)
    return actions.decide_change(actor=chair, matter=matter, action="approve", comment="Agreed.")


def state_of(group):
    return WorkingGroupRecord.objects.get(translation_key=group.translation_key).state


def again(user):
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("change", "state"),
    [("dormant", "dormant"), ("dissolve", "dissolved"), ("archive", "archived")],
)
def test_a_change_decided_for_today_takes_effect_at_once(chair, today, change, state):
    group = make.group()

    decision = decide(group, change, chair)

    assert state_of(group) == state
    assert (decision.stage, decision.outcome) == (Stage.ESTABLISHMENT, state)
    assert (decision.effective_on, decision.page_id) == (today, group.pk)
    assert (decision.acted_as, decision.comment) == ("LPSA Advisory Board Chair", "Agreed.")


def test_a_change_for_a_later_day_takes_effect_on_that_day_and_once(chair, today):
    group = make.group()
    decide(group, "dormant", chair, effective_on=today + 3 * DAY)

    assert actions.apply_due_changes(actor=None, today=today + 2 * DAY) == 0
    assert state_of(group) == GroupState.FORMING
    assert actions.apply_due_changes(actor=None, today=today + 3 * DAY) == 1
    assert state_of(group) == GroupState.DORMANT
    assert actions.apply_due_changes(actor=None, today=today + 4 * DAY) == 0


def test_a_change_to_come_is_called_off_by_a_later_decision(chair, today):
    group = make.group()
    decide(group, "dissolve", chair, effective_on=today + 9 * DAY)
    decide(group, "revive", chair)

    assert actions.apply_due_changes(actor=None, today=today + 10 * DAY) == 0
    assert state_of(group) == GroupState.FORMING
    assert make.fresh(group).live is True


@pytest.mark.parametrize(("chairs", "state"), [(0, "forming"), (1, "active")])
def test_a_revived_group_is_active_if_somebody_chairs_it(chair, chairs, state):
    group = make.group()
    for _each in range(chairs):
        make.leader(of=group)
    decide(group, "dormant", chair)

    decide(group, "revive", chair)

    assert state_of(group) == state


def test_a_rejected_change_changes_nothing_and_is_on_record(chair):
    group = make.group()
    matter = propose(group, "dissolve")

    decision = actions.decide_change(actor=chair, matter=matter, action="reject", comment="No.")

    assert state_of(group) == GroupState.FORMING
    assert (decision.outcome, decision.effective_on) == (Outcome.REJECTED, None)
    assert actions.apply_due_changes(actor=None) == 0
    assert Matter.objects.open().count() == 0
    kinds = set(Event.objects.filter(page_id=group.pk).values_list("kind", flat=True))
    assert kinds == {"proposed", "position-asked", "group-changed"}


def test_secretariat_and_chairs_of_the_group_propose_nobody_else(chair):
    group, other = make.group(), make.group()
    past = make.leader(of=group, end=timezone.localdate() - DAY)
    refused = [
        *(make.leader(of=other), make.leader(of=group, role=Role.COORDINATOR), past),
        *(make.board_member(), chair, make.UserFactory(), make.person("group.contributors")),
        make.UserFactory(is_superuser=True, is_active=False),
    ]
    for user in refused:
        with pytest.raises(NotAllowed):
            propose(group, "dissolve", by=user)

    for user in (make.leader(of=group), make.UserFactory(is_superuser=True)):
        actions.take_back_change(actor=user, matter=propose(group, "dissolve", by=user))


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ("proposed", set()),
        ("in-review", set()),
        ("forming", {"dormant", "dissolve", "archive"}),
        ("active", {"dormant", "dissolve", "archive"}),
        ("dormant", {"revive", "dissolve", "archive"}),
        ("archived", {"revive", "dissolve"}),
        ("dissolved", set()),
    ],
)
def test_which_change_is_possible_in_which_state(state, possible):
    group = make.group()
    WorkingGroupRecord.objects.update(state=state)
    found = set()
    for change in ("dormant", "revive", "dissolve", "archive"):
        try:
            matter = propose(group, change)
        except NotAllowed:
            continue
        found.add(change)
        actions.take_back_change(actor=matter.proposed_by, matter=matter)
    assert found == possible


def test_a_proposal_needs_a_reason_and_a_day_that_is_not_over(today):
    group = make.group()
    for bad in ({"reason": " "}, {"effective_on": today - DAY}):
        with pytest.raises(NotAllowed):
            propose(group, "dissolve", **bad)
    assert Matter.objects.count() == 0


def test_one_change_waits_at_a_time(chair):
    group = make.group()
    matter = propose(group, "dormant")
    with pytest.raises(NotAllowed):
        propose(group, "dissolve")
    actions.decide_change(actor=chair, matter=matter, action="approve")
    with pytest.raises(AlreadyDecided):
        actions.decide_change(actor=chair, matter=matter, action="approve")
    with pytest.raises(AlreadyDecided):
        actions.take_back_change(actor=matter.proposed_by, matter=matter)


def test_only_who_acts_as_chair_and_did_not_propose_it_decides(chair, today):
    group, member, deputy = make.group(), make.board_member(), make.board_member()
    Mandate.objects.create(kind=MandateKind.DEPUTY, user=deputy)
    boss = make.leader(of=group)
    boss.groups.add(*chair.groups.all())
    matter = propose(group, "dissolve", by=again(boss))
    for user in (
        member,
        deputy,
        make.secretary(),
        again(boss),
        make.UserFactory(is_superuser=True),
    ):
        with pytest.raises(NotAllowed):
            actions.decide_change(actor=again(user), matter=matter, action="approve")

    Matter.objects.filter(pk=matter.pk).update(due_on=today - DAY)
    decision = actions.decide_change(actor=again(deputy), matter=matter, action="approve")

    assert decision.acted_as == "deputy"


def test_a_chair_whose_right_ended_decides_nothing(chair):
    matter = propose(make.group(), "dissolve")
    chair.groups.clear()
    with pytest.raises(NotAllowed):
        actions.decide_change(actor=again(chair), matter=matter, action="approve")


def test_an_answer_that_does_not_exist_is_refused(chair):
    matter = propose(make.group(), "dissolve")
    with pytest.raises(NotAllowed):
        actions.decide_change(actor=chair, matter=matter, action="publish")


def everything(group, owner):
    """A group with a post that is live, one that waits, one that was sent back, one with a date."""
    judge = make.board_member()
    pages = {"live": make.post(group, owner=owner), "event": make.webinar(group, owner=owner)}
    for name in ("waiting", "returned", "dated"):
        later = {"go_live_at": timezone.now() + 9 * DAY} if name == "dated" else {}
        pages[name] = make.draft(make.BlogPostFactory, group, owner=owner, **later)
        state = make.submit(pages[name], by=owner)
        if name != "waiting":
            action = "reject" if name == "returned" else "approve"
            actions.decide(actor=judge, task_state=state, action=action)
    pages["draft"] = make.draft(make.BlogPostFactory, group, owner=owner)
    return pages


@pytest.mark.parametrize("change", ["dissolve", "archive"])
def test_what_waits_and_what_has_a_date_ends_with_the_group(chair, change):
    group = make.group()
    pages = everything(group, make.leader(of=group))

    decide(group, change, chair)

    assert WorkflowState.objects.active().count() == 0
    dated = make.fresh(pages["dated"])
    assert dated.revisions.filter(approved_go_live_at__isnull=False).count() == 0
    assert Decision.objects.in_force(dated.pk) == []
    still = {name for name, page in pages.items() if make.fresh(page).live}
    assert still == ({"live", "event"} if change == "archive" else set())
    in_force = {name for name, page in pages.items() if Decision.objects.in_force(page.pk)}
    assert in_force == still
    assert bool(Decision.objects.in_force(group.pk)) == (change == "archive")


def test_people_hear_of_the_decision_and_not_of_each_page(chair):
    group = make.group()
    everything(group, make.leader(of=group))
    before = Event.objects.filter(fanned_out_at=None).count()

    decide(group, "dissolve", chair)

    news = Event.objects.filter(fanned_out_at=None).order_by("pk")[before:]
    assert [event.kind for event in news] == ["proposed", "position-asked", "group-changed"]


@pytest.mark.parametrize("change", ["dissolve", "archive"])
def test_roles_and_rights_end_with_the_group(chair, today, change):
    group = make.group()
    leader = make.leader(of=group)
    to_come = make.MembershipFactory(group=group.record, start=today + 5 * DAY)
    over = make.MembershipFactory(group=group.record, end=dt.date(2021, 1, 1))

    decide(group, change, chair)

    role = Membership.objects.get(member__user=leader)
    assert role.end == today
    assert Membership.objects.filter(pk=to_come.pk).count() == 0
    assert Membership.objects.get(pk=over.pk).end == dt.date(2021, 1, 1)
    assert not leads(again(leader), group)
    assert not make.fresh(group).permissions_for_user(again(leader)).can_edit()
    assert group.record.auth_group.user_set.count() == 0
    assert not again(leader).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("state", ["dissolved", "archived"])
def test_nobody_leads_a_group_that_ended_whatever_the_rows_say(state):
    group = make.group()
    leader = make.leader(of=group)
    WorkingGroupRecord.objects.update(state=state)

    assert leads(again(leader), group) is False
    assert list(groups_led_by(again(leader))) == []
    assert not make.fresh(group).permissions_for_user(again(leader)).can_edit()


def test_an_archived_group_takes_nothing_new(chair):
    group, admin = make.group(), make.UserFactory(is_superuser=True)
    post = make.post(group)
    decide(group, "archive", chair)

    for user in (admin, make.secretary()):
        assert not make.fresh(group).permissions_for_user(user).can_add_subpage()
        assert not make.fresh(post).permissions_for_user(user).can_submit_for_moderation()
        with pytest.raises(NotAllowed):
            actions.add_draft(actor=user, parent=group, page=BlogPost(title="New", summary="x"))
    with pytest.raises(NotAllowed):
        make.submit(make.fresh(post), by=admin)
    assert make.fresh(post).live is True


def test_a_dissolved_group_can_only_be_proposed_anew(chair):
    group = make.group()
    decide(group, "dissolve", chair)
    with pytest.raises(NotAllowed):
        make.submit(make.fresh(group), by=make.secretary())


def test_all_languages_of_a_group_end_together(chair, french):
    group = make.group()
    translation = french(group)
    post = make.post(translation)

    decide(group, "dissolve", chair)

    assert [make.fresh(page).live for page in (group, translation, post)] == [False] * 3


def test_a_change_is_closed_when_the_page_of_the_group_is_deleted():
    group = make.group()
    propose(group, "dissolve")
    group.delete()
    assert Matter.objects.open().count() == 0
