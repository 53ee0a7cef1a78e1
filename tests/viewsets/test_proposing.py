"""The form in which a group is proposed, and the one for another state of a group."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, MandateKind
from lpsa_wagtail.models import (
    Mandate,
    Matter,
    Proposal,
    WorkingGroupIndexPage,
    WorkingGroupPage,
)
from tests import factories as make

PROPOSE = "lpsa_groups_life:propose"


def may_enter_the_admin():
    admins, is_new = Group.objects.get_or_create(name="May enter the admin")
    if is_new:
        admins.permissions.add(Permission.objects.get(codename="access_admin"))
    user = make.UserFactory()
    user.groups.add(admins)
    return user


@pytest.fixture
def proposer():
    user = may_enter_the_admin()
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=user)
    return user


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def answers(**changes):
    rows = {
        f"{name}-{key}": value
        for name in ("leaders", "partners")
        for key, value in (("TOTAL_FORMS", "3"), ("INITIAL_FORMS", "0"))
    }
    rows |= {f"leaders-{number}-role": "co-chair" for number in range(3)}
    return {
        **{"title": "Rivers", "purpose": "To keep them.", "designation": "chapter"},
        **{"focus": "topic", "plan": "Posts.", "differs_from": "", "seen": ""},
        **rows,
        **{"leaders-0-name": "Ama", "leaders-0-email": "ama@example.org"},
        **{"partners-0-name": "Towns United", "partners-0-link": "towns.example.org"},
        **changes,
    }


def seen(response):
    return BeautifulSoup(response.content, "html.parser")


def overlaps_named(response):
    return [
        " ".join(item.get_text(" ").split()) for item in seen(response).select(".lpsa-overlaps li")
    ]


def test_whoever_may_propose_finds_the_form_in_the_menu_and_nobody_else(proposer):
    home, address = reverse("wagtailadmin_home"), reverse(PROPOSE)
    for user, may in ((proposer, True), (make.secretary(), True), (make.board_member(), False)):
        client = browser(user)
        assert (address in client.get(home).content.decode()) is may
        assert client.get(address).status_code == (200 if may else 302)


def test_a_group_is_proposed_and_stands_among_ones_proposals(proposer):
    client = browser(proposer)

    response = client.post(reverse(PROPOSE), answers(), follow=True)

    assert WorkingGroupPage.objects.get().record.state == GroupState.IN_REVIEW
    [item] = seen(response).select(".lpsa-proposals li")
    assert "Rivers Waiting for the Advisory Board Chair Take back" in " ".join(
        item.get_text(" ").split()
    )
    proposal = Proposal.objects.get()
    assert [row.link for row in proposal.record.page.partners.all()] == [
        "https://towns.example.org"
    ]


def test_overlaps_are_shown_before_it_is_submitted_and_must_be_answered(proposer):
    word = make.InterestFactory(name="Water")
    narrower = make.InterestFactory(name="Wells", parent=word)
    make.group(title="Rivers and lakes")
    make.group(title="Dry land", interests=[narrower])
    make.group(title="Money")
    client, data = browser(proposer), answers(interests=[word.slug])

    first = client.post(reverse(PROPOSE), data)
    assert overlaps_named(first) == [
        "Rivers and lakes The title is similar.",
        "Dry land In common: Wells.",
    ]
    assert "Say how it differs" in first.content.decode()
    shown = seen(first).select_one("input[name=seen]")["value"]
    unseen = client.post(reverse(PROPOSE), data | {"differs_from": "It does."})
    assert len(overlaps_named(unseen)) == 2
    assert Proposal.objects.count() == 0

    client.post(reverse(PROPOSE), data | {"differs_from": "It does.", "seen": shown})
    assert Proposal.objects.get().differs_from == "It does."


def test_looking_for_groups_like_it_submits_nothing(proposer):
    response = browser(proposer).post(reverse(PROPOSE), answers(check="1"))
    assert "There are no groups like it." in response.content.decode()
    assert Proposal.objects.count() == 0


def test_anothers_proposal_is_not_named_and_an_ended_group_does_not_count(proposer):
    index = make.index_page(WorkingGroupIndexPage)
    make.draft(make.WorkingGroupPageFactory, index, title="Secret rivers")
    ended = make.group(title="Rivers of old").record
    ended.state = GroupState.DISSOLVED
    ended.save()

    response = browser(proposer).post(reverse(PROPOSE), answers())

    assert overlaps_named(response) == ["A proposal that is not public yet The title is similar."]
    assert "Secret" not in response.content.decode()
    by = browser(make.secretary()).post(reverse(PROPOSE), answers())
    assert overlaps_named(by) == ["Secret rivers The title is similar."]


def test_a_known_address_is_answered_like_an_unknown_one(proposer):
    make.MemberFactory(name="Ama Mensah", email="ama@example.org")
    client = browser(proposer)
    texts = []
    for number, email in enumerate(("ama@example.org", "nobody@example.org")):
        data = answers(**{"title": f"Topic{number}", "leaders-0-email": email})
        if number:
            data["differs_from"] = "It does."
        client.post(reverse(PROPOSE), data)
        proposal = Proposal.objects.first()
        actions.cancel_submission(actor=proposer, page=proposal.record.page)
        page = seen(client.get(reverse("lpsa_groups_life:revise", args=[proposal.pk])))
        texts.append(
            [page.select_one(f"[name=leaders-0-{name}]")["value"] for name in ("name", "email")]
        )

    assert texts == [["Ama", "ama@example.org"], ["Ama", "nobody@example.org"]]


def test_sent_back_it_is_changed_and_submitted_again(proposer):
    client = browser(proposer)
    client.post(reverse(PROPOSE), answers())
    proposal = Proposal.objects.get()
    address = reverse("lpsa_groups_life:revise", args=[proposal.pk])
    assert client.get(address).url == reverse(PROPOSE)
    state = proposal.record.page.current_workflow_state.current_task_state
    actions.decide(actor=make.board_chair(), task_state=state, action="reject", comment="More.")

    assert "More." in client.get(reverse(PROPOSE)).content.decode()
    form = seen(client.get(address))
    assert form.select_one("[name=title]")["value"] == "Rivers"
    data = answers(title="Rivers, kept", **{"leaders-INITIAL_FORMS": "1"})
    client.post(address, data | {"partners-INITIAL_FORMS": "1"})

    page = make.fresh(proposal.record.page)
    assert page.get_latest_revision_as_object().title == "Rivers, kept"
    assert page.record.state == GroupState.IN_REVIEW


def test_it_is_taken_back_by_who_proposed_it_alone(proposer):
    client, other = browser(proposer), may_enter_the_admin()
    client.post(reverse(PROPOSE), answers())
    number = Proposal.objects.get().pk
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=other)
    for odd in (str(number), "x", "-1"):
        assert browser(other).post(reverse(PROPOSE), {"take_back": odd}).status_code == 404

    client.post(reverse(PROPOSE), {"take_back": str(number)})

    assert Proposal.objects.get().record.state == GroupState.PROPOSED


def test_anothers_proposal_does_not_open(proposer):
    browser(proposer).post(reverse(PROPOSE), answers())
    address = reverse("lpsa_groups_life:revise", args=[Proposal.objects.get().pk])
    other = may_enter_the_admin()
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=other)
    response = browser(other).get(address)
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


def test_what_is_missing_is_said_at_its_field(proposer):
    data = answers(plan="", designation="other", **{"leaders-1-name": "Bo"})
    response = browser(proposer).post(reverse(PROPOSE), data)
    text = response.content.decode()
    assert text.count("This field is required.") == 2
    assert "Say what the group calls itself." in text
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("who", ["secretariat", "co-chair"])
def test_another_state_is_proposed_and_taken_back(who):
    group = make.group()
    user = make.leader(of=group) if who == "co-chair" else make.secretary()
    client = browser(user)
    address = reverse("lpsa_groups_life:change_state", args=[group.pk])
    assert (
        address in client.get(reverse("wagtailadmin_pages:edit", args=[group.pk])).content.decode()
    )
    day = timezone.localdate() + dt.timedelta(days=9)
    data = {"change": "archive", "reason": "All is said.", "effective_on": day.isoformat()}

    refused = client.post(address, data | {"effective_on": "2020-01-01"})
    assert "today or later" in refused.content.decode()
    client.post(address, data | {"change": "revive"})
    assert Matter.objects.count() == 0
    client.post(address, data)

    matter = Matter.objects.get()
    assert (matter.change, matter.effective_on, matter.proposed_by) == ("archive", day, user)
    assert "This waits for a decision" in client.get(address).content.decode()
    client.post(address, {"take_back": "1"})
    assert Matter.objects.open().count() == 0


def test_nobody_else_finds_or_opens_it():
    group = make.group()
    for user in (make.leader(of=make.group()), make.board_chair()):
        address = reverse("lpsa_groups_life:change_state", args=[group.pk])
        assert browser(user).get(address).status_code == 302
