"""What people read, and that nothing somebody typed steers the mail around it."""

import email
import email.policy
import re
import time

import pytest
from wagtail.users.models import UserProfile

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import DecisionLink, Delivery, Matter
from lpsa_wagtail.notifications import empty_outbox
from lpsa_wagtail.notifications.messages import line
from tests import factories as make

#: The headers of a message of ours, and no others.
HEADERS = {
    *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"),
    *("Auto-Submitted", "X-Auto-Response-Suppress"),
}
HOSTILE = [
    "Eve, <evil@example.net>",
    "Eve\r\nBcc: evil@example.net",
    "Eve\nBcc: evil@example.net\n\nAnother body",
    '"; <evil@example.net>',
    "evil@example.net, other@example.net",
    "=?utf-8?q?Eve=0D=0ABcc=3A_evil=40example=2Enet?=",
    "Eve\u202emoc.elpmaxe\x01\x0b\u2028Bcc: evil@example.net",
    "{{ 7|add:7 }}{% now 'Y' %} {0.__class__}",
    "<a href='http://example.net'>x</a><script>x</script>",
    "Ж" * 300,
    "🦆 " * 100,
    "\\" * 10 + '"',
]


def bodies(message) -> tuple[str, str]:
    text = message.get_body(("plain",)).get_content()
    return text.replace("\r\n", "\n"), message.get_body(("html",)).get_content()


def test_a_message_says_what_happened_what_to_do_and_why_it_came(server, waiting, board, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.org"
    settings.WAGTAIL_SITE_NAME = "Example"

    empty_outbox()

    message = server.messages[0]
    review = f"https://admin.example.org/admin/lpsa/desk/{Matter.objects.get().pk}/"
    assert message["Subject"] == "Waiting for your decision: Five lessons"
    assert message["To"] == f"{board.username} <{board.email}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f-]{36}@admin\.example\.org>", message["Message-ID"])
    assert set(message.keys()) - {"Content-Transfer-Encoding"} == HEADERS
    text, html = bodies(message)
    assert text == (
        "The blog post “Five lessons” of “Rivers” was submitted and waits at the stage "
        "“Advisory Board decides”.\n\n"
        "See it and decide, without signing in. The link is for you alone:\n"
        f"https://admin.example.org/lpsa/decide/{DecisionLink.objects.get().token}/\n\n"
        "Read it, then approve it or request changes:\n"
        f"{review}\n\n"
        "Why this came to you: You are a member of “LPSA Advisory Board”, and you may decide on "
        "this.\n"
        "You can turn off messages of this kind in your account in the admin.\n\n"
        "-- \n"
        "Example\n"
    )
    assert f'<a href="{review}">' in html


def test_who_submitted_reads_what_was_asked_for(server, waiting, board):
    comment = "Shorter.\n\nAnd: <b>see</b> http://example.net\r\nWhy this came to you: nothing"
    actions.decide(actor=board, task_state=waiting, action="reject", comment=comment)

    empty_outbox()

    text, html = bodies(server.messages[0])
    assert server.messages[0]["Subject"] == "Changes requested: Five lessons"
    assert [row for row in text.splitlines() if row.startswith(">")] == [
        "> Shorter.",
        "> ",
        "> And: <b>see</b> http://example.net",
        "> Why this came to you: nothing",
    ]
    assert "&lt;b&gt;see&lt;/b&gt;" in html
    assert re.findall(r'href="([^"]+)"', html) == [
        f"http://localhost:8000/admin/pages/{waiting.workflow_state.object_id}/edit/"
    ]


def test_an_approved_page_is_named_by_its_public_address(server, waiting, board, site):
    actions.decide(actor=board, task_state=waiting, action="approve")

    empty_outbox()

    page = waiting.workflow_state.content_object
    text, _html = bodies(server.messages[0])
    assert f"It is live; nothing is left to do:\n{site.root_url}" in text
    assert server.messages[0]["Subject"] == "Approved: Five lessons"
    assert f"/{page.slug}/" in text


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.RECALLED, Outcome.OVERRIDE])
def test_each_notice_has_its_texts(server, draft, leader, outcome):
    chair = make.board_chair()

    actions.record_decision(actor=None, content=draft, outcome=outcome, stage="content")
    empty_outbox()

    subjects = {
        Outcome.WITHDRAWN: (leader.email, "Taken down: Five lessons"),
        Outcome.RECALLED: (leader.email, "Recalled before its date: Five lessons"),
        Outcome.OVERRIDE: (chair.email, "Published without the Board: Five lessons"),
    }
    found = [(m["To"].addresses[0].addr_spec, m["Subject"]) for m in server.messages]
    assert found == [subjects[outcome]]
    text, html = bodies(server.messages[0])
    assert "Why this came to you:" in text
    assert "Five lessons" in html


def test_the_language_is_the_recipients(server, waiting, board, settings):
    settings.LANGUAGE_CODE = "de"
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("fr", "French")]
    UserProfile.objects.create(user=board, preferred_language="fr")

    empty_outbox()

    _text, html = bodies(server.messages[0])
    assert '<html lang="fr" dir="ltr">' in html


def test_a_member_without_a_choice_in_the_admin_reads_the_language_of_the_register(
    server, waiting, board
):
    make.MemberFactory(user=board, language="ar")

    empty_outbox()

    _text, html = bodies(server.messages[0])
    assert '<html lang="ar" dir="rtl">' in html


def test_who_turned_these_messages_off_gets_none(server, waiting, board):
    UserProfile.objects.create(user=board, submitted_notifications=False)

    empty_outbox()

    assert (server.taken, Delivery.objects.count()) == ([], 0)


def test_who_turned_them_off_after_it_happened_gets_none_either(server, waiting, board):
    from lpsa_wagtail.notifications import deliver, fan_out

    fan_out(1)
    UserProfile.objects.create(user=board, submitted_notifications=False)
    deliver(1)

    assert (server.taken, Delivery.objects.get().state) == ([], "suppressed")


def test_an_override_cannot_be_turned_off(server, draft):
    chair = make.board_chair()
    names = ("submitted", "approved", "rejected")
    UserProfile.objects.create(user=chair, **{f"{name}_notifications": False for name in names})

    actions.record_decision(actor=None, content=draft, outcome=Outcome.OVERRIDE, stage="content")
    empty_outbox()

    assert server.recipients == [[chair.email]]
    assert "turn off" not in bodies(server.messages[0])[0]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_or_title_gives_one_recipient_and_no_header(
    server, group, leader, board, hostile
):
    type(board).objects.filter(pk=board.pk).update(first_name=hostile[:150])
    title = hostile[:255]
    make.submit(
        make.draft(make.BlogPostFactory, group, owner=leader, title=title, slug="h"), leader
    )

    empty_outbox()

    assert server.recipients == [[board.email]]
    raw = server.taken[0][2]
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert set(message.keys()) - {"Content-Transfer-Encoding"} == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == [board.email]
    assert message.defects == []
    text, html = bodies(message)
    assert text.count("Why this came to you:") == 1
    assert len(re.findall(r"<a |<script", html)) == 2  # deciding by the link, and the editor
    assert time.strftime("%Y") not in message["Subject"]


def test_a_line_is_one_line():
    assert line(" a\r\nb\tc\x00\u2028d\u202e ", 20) == "a b c d"
    assert line("x" * 30, 10) == f"{'x' * 9}…"
