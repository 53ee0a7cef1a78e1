"""The tasks of each person, at a phone's width, with the keyboard alone, with axe on each screen.

``docs/reference/clicks.md`` prints how many steps each takes; the tests count them.
"""

import re
from pathlib import Path

import pytest

from lpsa_wagtail.models import WebinarIndexPage
from tests import factories as make
from tests.journeys.keyboard import KeyboardColleague, KeyboardVisitor

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs/reference/clicks.md"
ROW = re.compile(r"^\| (?P<who>[^|]+) \| (?P<task>[^|]+) \| (?P<steps>\d+) \|$", re.MULTILINE)


def printed() -> dict:
    """Map task → steps, as the document has it."""
    return {row["task"]: int(row["steps"]) for row in ROW.finditer(DOCUMENT.read_text())}


@pytest.fixture
def keyboard(chromium, live_server, people, settings):
    """Somebody at the keyboard: a user of the admin, or nobody in particular."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url  # the bar on live pages asks for it

    def sit_down(user=None):
        kind = KeyboardColleague if user else KeyboardVisitor
        people.append(kind(chromium, live_server.url, *([user] if user else [])))
        return people[-1]

    return sit_down


def test_a_chair_moves_a_webinar(keyboard):
    group = make.group()
    webinar = make.webinar(group, title="Budgets")
    chair = keyboard(make.leader(of=group))

    chair.go(webinar.url)
    chair.chooses_in_bar("Change times and links")
    chair.finds_no_barrier()
    chair.types(chair.field("Start*"), "2030-05-07 15:00")
    chair.types(chair.field("Registration link"), "https://example.org/join")
    chair.follows(chair.button("Change now"))
    chair.is_told("Start: 2030-05-07 16:00 → 2030-05-07 15:00")

    assert make.fresh(webinar).registration_url == "https://example.org/join"
    assert chair.steps == printed()["Change the time or a link of a webinar"]


def test_a_chair_adds_the_recording_after_the_event_from_the_list(keyboard):
    own = make.index_page(WebinarIndexPage)
    webinar = make.webinar(own, title="Budgets")
    secretary = keyboard(make.secretary())

    secretary.go("/admin/lpsa/webinars/")
    secretary.finds_no_barrier()
    secretary.follows(secretary.link(re.compile("^Change times and links.*Budgets")))
    secretary.types(secretary.field("Recording link"), "https://video.example.org/1")
    secretary.follows(secretary.button("Change now"))

    secretary.is_told("Recording link: nothing → https://video.example.org/1")
    assert make.fresh(webinar).recording_url == "https://video.example.org/1"
    assert secretary.steps == printed()["Add the recording after the event"]


def test_a_chair_corrects_a_typo(keyboard):
    group = make.group()
    post = make.post(group, title="Budgets", summary="What was fuond.")
    chair = keyboard(make.leader(of=group))

    chair.go(post.url)
    chair.chooses_in_bar("Edit this page")
    chair.types(chair.field("Summary"), "What was found.")
    chair.follows(chair.button("Submit this correction"))
    chair.is_told("submitted for moderation")

    assert make.fresh(post).current_workflow_state is not None
    assert chair.steps == printed()["Correct a typo on a live page and submit it"]
