"""Private notes of reviewers reach nobody but reviewers."""

import pytest
from django.apps import apps
from django.core import serializers

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import ReviewNote
from lpsa_wagtail.notifications import empty_outbox
from lpsa_wagtail.permissions import content_hash, notes_on
from tests import factories as make
from tests import mail_server

CANARY = "canary-7c1f"


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def page(group, chair):
    return make.draft(make.BlogPostFactory, group, owner=chair)


@pytest.fixture
def matter(page, chair):
    return actions.matter_of(task_state=make.submit(page, by=chair))


def reads(user, page) -> bool:
    return [note.text for note in notes_on(page, user)] == [CANARY]


@pytest.fixture
def note(matter, page):
    return actions.add_note(actor=make.board_member(), page=page, text=CANARY)


def test_members_of_the_board_read_them_also_after_the_decision(matter, page, note):
    member = make.board_member()
    assert (reads(member, page), reads(note.author, page)) == (True, True)

    actions.decide(actor=member, task_state=matter.task_state, action="approve")

    assert (reads(member, page), reads(make.board_chair(), page)) == (True, True)


def on_the_board(user):
    user.groups.add(make.group_made(make.BOARD))
    return user


def closed_account():
    member = make.board_member()
    member.is_active = False
    return member


def who_changed(page):
    """A member of the Board who changed the text, which others then approved."""
    member = make.board_member()
    changed = page.get_latest_revision_as_object()
    changed.summary = "In other words."
    changed.save_revision(user=member)
    state = make.fresh(page).current_workflow_task_state
    seen = content_hash(make.fresh(page).get_latest_revision_as_object())
    actions.decide(actor=make.board_member(), task_state=state, action="approve", seen=seen)
    return member


def who_submitted(page, chair):
    """A member of the Board who submitted it again, which others then approved."""
    member = make.board_member()
    actions.cancel_submission(actor=chair, page=page)
    state = make.submit(make.fresh(page), by=member)
    actions.decide(actor=make.board_member(), task_state=state, action="approve")
    return member


PEOPLE = {
    "its owner, on the Board": lambda group, page, chair: on_the_board(chair),
    "a leader, on the Board": lambda group, page, chair: on_the_board(make.leader(of=group)),
    "who changed it, on the Board": lambda group, page, chair: who_changed(page),
    "who submitted it, on the Board": lambda group, page, chair: who_submitted(page, chair),
    "secretariat": lambda group, page, chair: make.secretary(),
    "administrator": lambda group, page, chair: make.UserFactory(is_superuser=True),
    "other leader": lambda group, page, chair: make.leader(of=make.group()),
    "closed account": lambda group, page, chair: closed_account(),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_else_reads_or_writes_them(who, page, note, group, chair):
    person = PEOPLE[who](group, page, chair)

    assert reads(person, make.fresh(page)) is False
    with pytest.raises(NotAllowed):
        actions.add_note(actor=person, page=make.fresh(page), text="Mine")


def test_who_only_comments_in_the_editor_is_a_reviewer(page, note):
    member = make.board_member()
    make.fresh(page).get_latest_revision_as_object().save_revision(user=member)

    assert reads(member, make.fresh(page)) is True


def test_one_removes_ones_own(page, note):
    with pytest.raises(NotAllowed, match="Only who wrote a note"):
        actions.remove_note(actor=make.board_member(), note=note)

    actions.remove_note(actor=note.author, note=note)

    assert ReviewNote.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_what_is_no_note(text, page, matter):
    with pytest.raises(NotAllowed):
        actions.add_note(actor=make.board_member(), page=page, text=text)


def tables_with_the_canary() -> list:
    found = []
    for model in apps.get_models():
        rows = serializers.serialize("json", model._base_manager.all())
        if CANARY in rows and not model._meta.proxy:
            found.append(model.__name__)
    return found


def test_no_log_no_event_no_revision_holds_them(page, matter, note):
    actions.take(actor=note.author, matter=matter)
    actions.decide(actor=note.author, task_state=matter.task_state, action="approve")

    assert tables_with_the_canary() == ["ReviewNote"]


def test_no_mail_holds_them(page, matter, note, chair):
    actions.remind(actor=chair, matter=matter)
    actions.decide(actor=note.author, task_state=matter.task_state, action="reject", comment="Why?")

    with mail_server.listening() as server:
        empty_outbox()

    assert server.messages
    assert [message for message in server.messages if CANARY in message.as_string()] == []


ADDRESSES = (
    *("/", "/blog/", "/api/lpsa/v1/posts/", "/api/lpsa/v1/groups/", "/api/v2/pages/"),
    *("/admin/", "/admin/lpsa/desk/", "/admin/lpsa/posts/", "/admin/lpsa/decisions/"),
    *("/admin/lpsa/decisions/?export=csv", "/admin/lpsa/decisions/?export=xlsx"),
    *("/admin/pages/{page}/edit/", "/admin/pages/{page}/history/", "/admin/reports/site-history/"),
    *("/admin/pages/{page}/view_draft/", "/admin/lpsa/desk/{matter}/", "{url}"),
    *("/api/lpsa/v1/posts/{page}/", "/admin/api/main/pages/{page}/"),
)


@pytest.mark.parametrize("state", ["waiting", "approved"])
def test_no_address_tells_them_to_anybody_else(state, client, page, matter, note, chair):
    if state == "approved":
        actions.decide(actor=note.author, task_state=matter.task_state, action="approve")
    names = {"page": page.pk, "matter": matter.pk, "url": page.url}
    people = [None, chair, make.secretary(), make.UserFactory(is_superuser=True)]
    told = []
    for person in people:
        if person:
            client.force_login(person)
        for address in ADDRESSES:
            answer = client.get(address.format(**names), follow=True)
            body = b"".join(answer) if answer.streaming else answer.content
            if CANARY.encode() in body:
                told.append((person, address))

    assert told == []
    client.force_login(make.board_member())
    assert CANARY in client.get(f"/admin/lpsa/desk/{matter.pk}/").content.decode()
