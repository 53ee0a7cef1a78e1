"""What a reviewer reads of the proposal of a group."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from lpsa_wagtail import actions
from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import Mandate, WorkingGroupIndexPage
from tests import factories as make

LEADERS = [
    {"name": "Ama", "email": "ama@example.org", "role": "co-chair"},
    {"name": "Bo", "email": "bo@example.org", "role": "coordinator"},
]


@pytest.fixture
def matter():
    make.MemberFactory(name="Ama Mensah", email="ama@example.org")
    make.group(title="Rivers and lakes")
    by = make.board_member()
    Mandate.objects.create(kind=MandateKind.PROPOSER, user=by)
    proposal = actions.propose_group(
        actor=by,
        index=make.index_page(WorkingGroupIndexPage),
        plan="Four posts.",
        differs_from="It is about rain.",
        leaders=LEADERS,
        **{"title": "Rivers", "purpose": "To keep them.", "focus": "topic"},
    )
    state = proposal.record.page.current_workflow_state.current_task_state
    return actions.matter_of(task_state=state)


def section(user, matter):
    client = Client()
    client.force_login(user)
    response = client.get(reverse("lpsa_desk:review", args=[matter.pk]))
    found = BeautifulSoup(response.content, "html.parser")
    found = found.select_one('[aria-labelledby="lpsa-proposal"]')
    return " ".join(found.get_text(" ").split()).replace(" ,", ",").replace(" :", ":")


def test_the_board_reads_plan_leaders_and_overlaps(matter):
    for user in (make.board_chair(), make.board_member(), make.secretary()):
        assert section(user, matter) == (
            "The proposal Plan for the first year Four posts. Who is to lead it "
            "Ama, Co-chair: in the register as “Ama Mensah” "
            "Bo, Coordinator: not in the register, to be invited "
            "Groups like it These groups exist or are proposed: Rivers and lakes "
            "The title is similar. How it differs: It is about rain."
        )


def test_who_proposed_it_does_not_read_who_is_in_the_register(matter):
    text = section(matter.task_state.workflow_state.requested_by, matter)
    assert "Ama, Co-chair Bo, Coordinator" in text
    assert "register" not in text
