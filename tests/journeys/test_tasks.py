"""The tasks of each person, at a phone's width, with the keyboard alone, with axe on each screen.

``docs/reference/clicks.md`` prints how many steps each takes; the tests count them.
"""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from lpsa_wagtail.choices import MandateKind
from lpsa_wagtail.models import Mandate, WebinarIndexPage, WorkingGroupIndexPage
from lpsa_wagtail.notifications import empty_outbox
from tests import factories as make
from tests import mail_server
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


def test_the_document_names_each_task_that_is_tried_here():
    tried = re.findall(r'printed\(\)\["([^"]+)"\]', Path(__file__).read_text())

    assert sorted(printed()) == sorted(tried)


# Facts and corrections


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


def test_the_secretariat_adds_the_recording_after_the_event_from_the_list(keyboard):
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


# Deciding


@pytest.fixture
def server():
    with mail_server.listening() as box:
        yield box


def newest_mail(server, user) -> str:
    """The text of the newest mail to this person."""
    empty_outbox()
    mails = [mail for mail in server.messages if mail["To"].addresses[0].addr_spec == user.email]
    return mails[-1].get_body(("plain",)).get_content()


def test_a_member_of_the_board_approves_at_the_desk(keyboard):
    group = make.group()
    author, judge = make.leader(of=group), make.board_member()
    post = make.draft(make.BlogPostFactory, group, owner=author, title="Budgets")
    make.submit(post, by=author)
    member = keyboard(judge)

    member.go("/admin/")
    member.finds_no_barrier()
    member.follows(member.link(re.compile("^Review.*Budgets")))
    member.finds_no_barrier()
    member.follows(member.button("Approve"))
    member.finds_no_barrier()

    assert make.fresh(post).live is True
    assert member.steps == printed()["Approve what waits"]


def test_a_member_of_the_board_sends_back_what_the_author_then_finds_on_the_desk(keyboard):
    group = make.group()
    author, judge = make.leader(of=group), make.board_member()
    post = make.draft(make.BlogPostFactory, group, owner=author, title="Budgets")
    make.submit(post, by=author)
    member = keyboard(judge)

    member.go("/admin/")
    member.follows(member.link(re.compile("^Review.*Budgets")))
    member.types(member.field("Comment"), "Name the source of the figures.")
    member.follows(member.button("Send back"))

    assert make.fresh(post).current_workflow_state.status == "needs_changes"
    assert member.steps == printed()["Send it back with a comment"]

    chair = keyboard(author)
    chair.go("/admin/")
    chair.finds_no_barrier()
    chair.sees("Name the source of the figures.")
    assert chair.steps == printed()["See where my drafts stand and what was said"]


def test_a_member_of_the_board_approves_a_correction_from_the_mail_alone(keyboard, server):
    group = make.group()
    author, judge = make.leader(of=group), make.board_member()
    post = make.post(group, title="Budgets", summary="What was fuond.")
    post.summary = "What was found."
    post.save_revision(user=author)
    make.submit(post, by=author)
    link = re.search(r"(/lpsa/decide/\S+/)\s", newest_mail(server, judge))[1]
    member = keyboard()

    member.go(link)
    member.steps += 1  # the link in the mail
    member.finds_no_barrier()
    member.sees("fuond")
    member.follows(member.button("Approve"))
    member.finds_no_barrier()
    code = re.search(r"\b(\d{3} ?\d{3})\b", newest_mail(server, judge))[1]
    member.types(member.field("Code"), code)
    member.follows(member.button("Approve"))
    member.finds_no_barrier()

    assert make.fresh(post).summary == "What was found."
    assert member.steps == printed()["Approve from the mail, signed in nowhere"]


@pytest.mark.parametrize("who", ["Advisory Board Chair", "who acts for the Chair"])
def test_a_group_is_established(who, keyboard):
    author = make.secretary()
    index = make.index_page(WorkingGroupIndexPage)
    group = make.draft(make.WorkingGroupPageFactory, index, owner=author, title="Rivers")
    make.submit(group, by=author)
    chair = make.board_chair() if who == "Advisory Board Chair" else make.board_member()
    if who == "who acts for the Chair":
        today = timezone.localdate()
        Mandate.objects.create(kind=MandateKind.ACTING_CHAIR, user=chair, start=today, end=today)
    person = keyboard(chair)

    person.go("/admin/")
    person.follows(person.link(re.compile("^Review.*Rivers")))
    person.finds_no_barrier()
    person.follows(person.button("Approve"))

    assert make.fresh(group).live is True
    assert person.steps == printed()["Establish a group"]


def test_a_member_leaves_a_position_and_the_chair_dissolves_the_group(keyboard):
    group = make.group(title="Rivers")
    secretary, board, chair = make.secretary(), make.board_member(), make.board_chair()

    office = keyboard(secretary)
    office.go(f"/admin/pages/{group.pk}/edit/")
    office.presses(office.button("Actions"))
    office.follows(office.link("Change the state of the group"))
    office.finds_no_barrier()
    office.picks(office.page.get_by_role("radio", name=re.compile("[Dd]issol")))
    office.types(office.field("Reason"), "It has done its work.")
    office.follows(office.button("Ask for a decision"))
    assert office.steps == printed()["Ask for another state of a group"]

    member = keyboard(board)
    member.go("/admin/")
    member.follows(member.link(re.compile("^Review.*Rivers")))
    member.finds_no_barrier()
    member.picks(member.page.get_by_role("radio", name="Support"))
    member.follows(member.button("Leave my position"))
    assert member.steps == printed()["Leave a position"]

    decider = keyboard(chair)
    decider.go("/admin/")
    decider.follows(decider.link(re.compile("^Review.*Rivers")))
    decider.finds_no_barrier()
    decider.follows(decider.button("Approve"))
    assert decider.steps == printed()["Decide on another state of a group"]

    reader = keyboard()
    assert reader.go(group.url).status == 410
    reader.finds_no_barrier()


# Proposing, and reading what was decided


def test_a_member_of_the_board_takes_it_notes_and_hands_over(keyboard):
    group = make.group()
    author, judge, other = make.leader(of=group), make.board_member(), make.board_member()
    post = make.draft(make.BlogPostFactory, group, owner=author, title="Budgets")
    make.submit(post, by=author)
    member = keyboard(judge)

    member.go("/admin/")
    member.follows(member.link(re.compile("^Review.*Budgets")))
    member.follows(member.button("I look at it"))
    member.types(member.field("A private note"), "Compare with the budget law.")
    member.follows(member.button("Keep the note"))
    member.finds_no_barrier()
    member.follows(member.button("Hand over"))

    assert member.page.url.endswith("/admin/lpsa/desk/")
    member.finds_no_barrier()
    assert make.models.Matter.objects.get().taken_by == other
    assert member.steps == printed()["Take it, keep a private note, hand it over"]


def test_the_secretariat_proposes_a_group(keyboard):
    office = keyboard(make.secretary())

    office.go("/admin/")
    office.presses(office.button("Toggle sidebar"))
    office.presses(office.button("Working groups"))
    office.follows(office.link("Propose a group"))
    office.finds_no_barrier()
    office.types(office.field("Title"), "Rivers")
    office.types(office.field("Scope and purpose"), "To share what works.")
    office.types(office.field("Plan for the first year"), "Six meetings.")
    office.follows(office.button("Submit"))
    office.finds_no_barrier()

    proposed = make.models.WorkingGroupPage.objects.get(title="Rivers")
    assert proposed.current_workflow_state is not None
    assert office.steps == printed()["Propose a group"]


def test_a_visitor_reads_what_was_decided(keyboard):
    group = make.group(title="Rivers")
    reader = keyboard()

    reader.go("/working-groups/")
    reader.finds_no_barrier()
    reader.follows(reader.link("Rivers"))
    reader.finds_no_barrier()
    reader.sees("Decisions")

    assert reader.page.url.endswith(group.url)
    assert reader.steps == printed()["Read what was decided about a group"]


# Keeping the register


def test_a_chair_invites_somebody_who_accepts_and_whose_role_then_ends(keyboard, server):
    group = make.group(title="Rivers")
    chair = keyboard(make.leader(of=group))

    chair.go("/admin/")
    chair.presses(chair.button("Toggle sidebar"))
    chair.presses(chair.button("Working groups"))
    chair.follows(chair.link("Memberships"))
    chair.finds_no_barrier()
    chair.follows(chair.link("Invite"))
    chair.finds_no_barrier()
    chair.types(chair.field("E-mail"), "amina@example.org")
    chair.types(chair.field("Name"), "Amina Sample")
    chair.follows(chair.button("Send the invitation"))
    assert chair.steps == printed()["Invite somebody to a role"]

    mail = newest_mail(server, make.UserFactory.build(email="amina@example.org"))
    guest = keyboard()
    guest.go(re.search(r"(/lpsa/invitation/\S+/)\s", mail)[1])
    guest.steps += 1  # the link in the mail
    guest.finds_no_barrier()
    guest.follows(guest.button("Accept"))
    guest.finds_no_barrier()
    assert guest.steps == printed()["Accept a role from the mail"]

    chair.steps = 0
    chair.go("/admin/lpsa/memberships/")
    row = chair.page.locator("tr", has_text="Amina Sample")
    chair.follows(row.get_by_role("link", name="End this role"))
    chair.finds_no_barrier()
    chair.follows(chair.button("Save"))
    assert chair.steps == printed()["End a role with a date"]


def test_the_secretariat_lets_somebody_act_for_the_chair(keyboard):
    deputy = make.board_member()
    office = keyboard(make.secretary())

    office.go("/admin/")
    office.presses(office.button("Toggle sidebar"))
    office.presses(office.button("Working groups"))
    office.follows(office.link("Mandates"))
    office.finds_no_barrier()
    office.follows(office.link("Add mandate"))
    office.finds_no_barrier()
    office.chooses(office.page.get_by_role("combobox", name="Task"), "Acts for the Board Chair")
    office.chooses(office.page.get_by_role("combobox", name="Person"), str(deputy))
    office.types(office.field("Last day"), "2035-01-01")
    office.follows(office.button("Save"))

    mandate = Mandate.objects.get()
    assert (mandate.user, mandate.kind) == (deputy, MandateKind.ACTING_CHAIR)
    assert office.steps == printed()["Let somebody act for the Chair"]
