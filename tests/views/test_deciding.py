"""From the mail to the decision, through a mail server and the real addresses."""

import datetime as dt
import html
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from lpsa_wagtail import actions
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    Decision,
    DecisionLink,
    Delivery,
    Event,
    Mandate,
    Matter,
    Vote,
    WorkingGroupIndexPage,
)
from lpsa_wagtail.notifications import empty_outbox
from tests import factories as make
from tests import mail_server


@pytest.fixture
def server():
    with mail_server.listening() as box:
        yield box


@pytest.fixture
def group():
    return make.group(title="Rivers")


@pytest.fixture
def leader(group):
    return make.leader(of=group)


@pytest.fixture
def board():
    return make.board_member()


@pytest.fixture
def post(group, leader):
    return make.draft(make.BlogPostFactory, group, owner=leader, title="Five lessons")


@pytest.fixture
def waiting(post, leader, board):
    return make.submit(post, leader)


@pytest.fixture
def address(server, waiting, board):
    """The path of the link in the mail to the one member of the Board."""
    return address_in(mail_to(server, board))


def mail_to(server, user):
    """The newest mail to this person."""
    empty_outbox()
    found = [m for m in server.messages if m["To"].addresses[0].addr_spec == user.email]
    return found[-1]


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def address_in(message) -> str:
    found = re.findall(r"http://localhost:8000(/lpsa/decide/\S+/)\s", text_of(message))
    assert len(found) == 1
    return found[0]


def code_in(message) -> str:
    return re.search(r": (\d{6})\s", text_of(message)).group(1)


def token_in(address) -> str:
    return address.split("/")[-2]


def says(client, address, **data):
    """Post what the pages post, and return the answer."""
    return client.post("/lpsa/decide/", {"token": token_in(address), **data})


def decisions() -> list:
    """What people decided since the draft was made."""
    return list(Decision.objects.exclude(outcome="installation").values_list("outcome", flat=True))


def test_from_the_mail_to_the_live_page_without_an_account_in_the_browser(
    server, address, post, board
):
    visitor = Client()
    opened = visitor.get(address)
    asked = says(visitor, address, action="approve", comment="Well done.")
    code = code_in(mail_to(server, board))
    decided = says(visitor, address, action="approve", comment="Well done.", step="code", code=code)
    closed = visitor.get(decided.url)

    assert opened.status_code == asked.status_code == closed.status_code == 200
    assert "Five lessons" in opened.text
    assert decided.url == f"{address}?done"
    assert "Your decision is noted" in closed.text
    assert make.fresh(post).live
    decision = Decision.objects.first()
    assert (decision.outcome, decision.actor_id, decision.acted_as, decision.comment) == (
        *("go", str(board.pk), "LPSA Advisory Board", "Well done."),
    )


def test_who_is_signed_in_as_that_person_decides_at_once(server, address, post, board, client):
    client.force_login(board)

    decided = says(client, address, action="approve")

    empty_outbox()
    assert decided.url == f"{address}?done"
    assert make.fresh(post).live
    assert Event.objects.filter(kind="code").count() == 0


def test_sending_back_needs_a_comment_and_keeps_everything_else(
    server, address, post, board, client
):
    client.force_login(board)

    empty = says(client, address, action="reject", comment=" \r\n")
    said = says(client, address, action="reject", comment="Add a source.")

    assert "Say what should be changed." in empty.text
    assert said.url == f"{address}?done"
    decision = Decision.objects.first()
    assert (decision.outcome, decision.comment, make.fresh(post).live) == (
        *("rejected", "Add a source.", False),
    )
    assert "Changes requested" in client.get(said.url).text


def test_a_wrong_code_keeps_the_comment(server, address, post, board):
    visitor = Client()
    says(visitor, address, action="reject", comment="Add <b>a</b>\r\nsource.")
    code = code_in(mail_to(server, board))

    wrong = says(
        visitor, address, action="reject", comment="Add <b>a</b>\r\nsource.", step="code", code="x"
    )
    kept = html.unescape(re.search(r'name="comment" value="([^"]*)"', wrong.text).group(1))
    says(
        visitor, address, action="reject", comment=kept, step="code", code=f" {code[:3]} {code[3:]}"
    )

    assert "not the newest code" in wrong.text
    assert Decision.objects.first().comment == "Add <b>a</b>\r\nsource."


# Opening.


def everything():
    """All that opening could change."""
    models = (
        DecisionLink,
        Decision,
        Event,
        Delivery,
        Matter,
        Vote,
        TaskState,
        PageLogEntry,
        Session,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("path", ["", "content/"])
def test_opening_changes_nothing_however_often(address, path, client, board):
    before = everything()

    for _number in range(3):
        for ask in (client.get, client.head, client.options):
            assert ask(address + path).status_code == 200
    assert client.get("/lpsa/decide/").status_code == 404

    assert everything() == before
    client.force_login(board)
    assert says(client, address, action="approve").url == f"{address}?done"


def test_the_page_tells_what_who_and_until_when(address, leader, client):
    page = client.get(address).text

    due = Matter.objects.get().due_on
    days = [f"{day:%-d %B %Y}" for day in (timezone.localdate(), due)]
    assert re.findall(r"<dd.*?>(.*?)</dd>", page)[:5] == [
        *("Blog post", "Rivers", leader.username, *days),
    ]
    assert "This is new: nothing of it was approved before." in page


def test_the_page_shows_what_changed_beside_what_is_live(server, group, leader, board, client):
    live = make.post(group, owner=leader, summary="What was found.")
    live.summary = "What was lost."
    live.save_revision(user=leader)
    make.submit(live, leader)

    page = client.get(address_in(mail_to(server, board))).text

    assert "Compared with what is live" in page
    assert "What was <del>found.</del><ins>lost.</ins>" in page


def test_the_content_is_what_visitors_will_see(address, post, board, client):
    client.force_login(board)

    shown = client.get(f"{address}content/")

    assert "<p>Money follows function.</p>" in shown.text
    assert "Five lessons</h1>" in shown.text
    assert "wagtail-userbar" not in shown.text
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert shown["Content-Security-Policy"].startswith("sandbox allow-same-origin allow-popups")
    assert "script-src 'none'" in shown["Content-Security-Policy"]


def test_a_form_in_the_template_of_the_host_does_not_take_the_page_its_cookie(
    address, board, host_has
):
    host_has({"base.html": "{% csrf_token %}{% block content %}{% endblock %}"})
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(board)

    page = careful.get(address)
    shown = careful.get(f"{address}content/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text).group(1)

    assert dict(shown.cookies) == {}
    assert says(careful, address, action="approve", csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize("path", ["", "content/"])
def test_the_address_stays_here(address, path, client):
    answer = client.get(address + path)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == ("no-referrer" if path else "strict-origin")
    assert re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", answer.text) == []


def test_the_question_is_in_nobodys_frame_and_runs_no_foreign_script(address, client):
    answer = client.get(address)

    assert answer["X-Frame-Options"] == "DENY"
    assert "script-src 'self'; connect-src 'self'" in answer["Content-Security-Policy"]
    assert re.findall(r"<script|<style|\sstyle=|\son\w+=", answer.text) == []


# Who.


def test_a_code_goes_to_the_address_that_the_account_has_now(server, address, board):
    type(board).objects.filter(pk=board.pk).update(email="moved@example.org")

    says(Client(), address, action="approve")
    empty_outbox()

    assert server.recipients[-1] == ["moved@example.org"]


def test_a_forwarded_link_decides_nothing_without_the_code(server, address, post, board):
    stranger = Client()

    answers = [says(stranger, address, action="approve", step="code", code=code) for code in CODES]
    asked = says(stranger, address, action="approve")
    answers += [says(stranger, address, action="approve", step="code", code=c) for c in CODES]

    assert {answer.status_code for answer in [asked, *answers]} == {200}
    assert decisions() == []
    assert board.email not in asked.text
    assert board.username not in asked.text
    assert not make.fresh(post).live


CODES = ("", "0", "abc", "null", "-1", "１２３４５６", "1" * 20)


def test_with_anothers_session_nothing_is_decided_even_with_the_code(server, address, board):
    says(Client(), address, action="approve")
    code = code_in(mail_to(server, board))
    other = Client()
    other.force_login(make.board_chair())

    opened = other.get(address)
    shown = other.get(f"{address}content/")
    said = says(other, address, action="approve", step="code", code=code)

    for answer in (opened, shown, said):
        assert "sent to somebody else" in answer.text
        assert board.username not in answer.text
        assert "Money follows function" not in answer.text
    assert decisions() == []


def test_who_left_the_board_decides_nothing_and_reads_nothing(server, address, board):
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    board.groups.clear()

    answers = [
        visitor.get(address),
        visitor.get(f"{address}content/"),
        says(visitor, address, action="approve", step="code", code=code),
        says(visitor, address, action="approve"),
    ]

    for answer in answers:
        assert "has nothing to decide here" in answer.text
        assert "Five lessons" not in answer.text
    assert decisions() == []
    assert Event.objects.filter(kind="code").count() == 1


@pytest.mark.parametrize("change", [{"is_active": False}])
def test_a_closed_account_decides_nothing(server, address, board, change):
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    type(board).objects.filter(pk=board.pk).update(**change)

    answer = says(visitor, address, action="approve", step="code", code=code)

    assert "has nothing to decide here" in answer.text
    assert decisions() == []


def test_who_had_a_hand_in_it_since_decides_nothing(server, address, post, board):
    post.summary = "Mine."
    post.save_revision(user=board)

    answer = Client().get(address)

    assert "has nothing to decide here" in answer.text
    assert "Mine." not in answer.text


def test_who_acts_for_the_chair_decides_until_the_last_day(server, leader, time_machine):
    time_machine.move_to("2030-05-06 12:00Z")
    member = make.board_member()
    Mandate.objects.create(
        kind="acting-chair", user=member, start=dt.date(2030, 5, 1), end=dt.date(2030, 5, 7)
    )
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, owner=leader, title="Lakes")
    make.submit(page, make.secretary())
    address = address_in(mail_to(server, member))

    assert "Lakes" in Client().get(address).text
    time_machine.move_to("2030-05-08 00:01Z")
    assert "has nothing to decide here" in Client().get(address).text
    time_machine.move_to("2030-05-07 23:00Z")
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, member))
    says(visitor, address, action="approve", step="code", code=code)

    decision = Decision.objects.first()
    assert (decision.outcome, decision.acted_as) == ("go", "acting-chair")
    assert make.fresh(page).live


# When and what.


def test_changed_content_is_neither_shown_nor_decided(server, address, post, board):
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    post.summary = "Something else."
    post.save_revision(user=make.board_member())

    answers = [
        visitor.get(address),
        visitor.get(f"{address}content/"),
        says(visitor, address, action="approve", step="code", code=code),
        says(visitor, address, action="reject", comment="No.", step="code", code=code),
    ]

    for answer in answers:
        assert "This was changed after the mail was sent" in answer.text
        assert "Something else." not in answer.text
        assert (
            f'href="{reverse("lpsa_desk:review", args=[Matter.objects.get().pk])}"' in answer.text
        )
    assert decisions() == []


def test_who_comes_late_reads_what_was_decided_and_by_which_role(server, address, waiting, client):
    other = make.board_member()
    actions.decide(actor=other, task_state=waiting, action="reject", comment="Not so.")

    for answer in (client.get(address), says(client, address, action="approve")):
        assert "It is decided: “Changes requested”, by: LPSA Advisory Board." in answer.text
        assert "Not so." not in answer.text
        assert other.username not in answer.text
    assert client.get(f"{address}content/").text.count("Five lessons") == 0
    assert decisions() == ["rejected"]


def test_what_was_published_without_the_board_says_so(address, post, client):
    actions.override(actor=make.UserFactory(is_superuser=True), page=post, reason="At once.")

    answer = client.get(address)

    assert "It is decided: “Published without the Board”, by: Administrator." in answer.text
    assert "At once." not in answer.text


def test_what_was_taken_back_is_decided_by_nobody(address, post, leader, client):
    actions.cancel_submission(actor=leader, page=post)

    assert "It was taken back" in client.get(address).text


def test_what_was_deleted_is_decided_by_nobody(address, post, client):
    make.fresh(post).delete()

    assert client.get(address).status_code == 404


def test_a_link_works_once(server, group, leader, address, board, client):
    client.force_login(board)
    says(client, address, action="approve")

    again = says(client, address, action="reject", comment="On second thoughts.")

    assert "This link was used. It works once. It is decided: “Approved”" in again.text
    assert decisions() == ["go"]


def test_what_is_submitted_again_gets_a_link_of_its_own(
    server, address, post, leader, board, client
):
    client.force_login(board)
    says(client, address, action="reject", comment="Shorter.")
    make.fresh(post).current_workflow_state.resume(user=leader)

    again = address_in(mail_to(server, board))

    assert again != address
    assert "This link was used." in client.get(address).text
    assert says(client, again, action="approve").url == f"{again}?done"


def test_a_link_expires(address, board, settings, time_machine, client):
    client.force_login(board)

    time_machine.move_to(timezone.now() + dt.timedelta(days=14, seconds=1))

    for answer in (client.get(address), says(client, address, action="approve")):
        assert "This link has expired" in answer.text
    assert decisions() == []


def test_a_reminder_carries_the_same_link_and_makes_it_last(
    server, address, waiting, board, time_machine, client
):
    time_machine.move_to(timezone.now() + dt.timedelta(days=6))
    actions.follow_due_dates(actor=None)

    assert address_in(mail_to(server, board)) == address
    time_machine.move_to(timezone.now() + dt.timedelta(days=13))
    assert "Your decision" in client.get(address).text
    assert DecisionLink.objects.count() == 1


def test_where_two_must_approve_a_link_is_one_vote(server, group, leader, post, client):
    AdvisoryBoardApprovalTask.objects.filter(pk=post.get_workflow().tasks.get().pk).update(
        approvals_needed=2
    )
    first, second = make.board_member(), make.board_member()
    make.submit(post, leader)
    addresses = [address_in(mail_to(server, person)) for person in (first, second)]

    client.force_login(first)
    said = says(client, addresses[0], action="approve")
    after_one = (decisions(), client.get(said.url).text)
    client.force_login(second)
    says(client, addresses[1], action="approve")

    assert after_one[0] == []
    assert "It works once. Other members still have to approve." in after_one[1]
    assert decisions() == ["go"]
    assert Vote.objects.count() == 2


def test_the_state_of_a_group_is_decided_the_same_way(server, group, time_machine):
    chair, secretary = make.board_chair(), make.secretary()
    matter = actions.propose_change(
        actor=secretary, record=group.record, change="dissolve", reason="Its work is done."
    )
    address = address_in(mail_to(server, chair))
    visitor = Client()
    page = visitor.get(address).text
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, chair))

    said = says(visitor, address, action="approve", step="code", code=code)

    assert "Dissolve it, and take its pages down" in page
    assert "Its work is done." in page
    assert "<iframe" not in page
    group.record.refresh_from_db()
    assert group.record.state == "dissolved"
    assert "“Dissolved”, by: LPSA Advisory Board Chair" in visitor.get(said.url).text
    matter.refresh_from_db()
    assert matter.closed_at


@pytest.mark.parametrize(
    "change", [{"change": "archive"}, {"reason": "Other."}, {"effective_on": dt.date(2031, 1, 1)}]
)
def test_a_change_with_other_words_or_another_date_is_not_decided(server, group, change):
    chair = make.board_chair()
    matter = actions.propose_change(
        actor=make.secretary(), record=group.record, change="dissolve", reason="Its work is done."
    )
    address = address_in(mail_to(server, chair))
    Matter.objects.filter(pk=matter.pk).update(**change)

    for path in ("", "content/"):
        answer = Client().get(address + path)
        assert "This was changed after the mail was sent" in answer.text


def test_a_change_of_a_group_has_no_content_to_show(server, group):
    chair = make.board_chair()
    actions.propose_change(
        actor=make.secretary(), record=group.record, change="dormant", reason="Nobody meets."
    )
    address = address_in(mail_to(server, chair))

    assert Client().get(f"{address}content/").status_code == 404


# Codes.


def test_after_five_wrong_codes_it_takes_a_new_one(server, address, board):
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    for number in range(5):
        says(visitor, address, action="approve", step="code", code=str(number))

    says(visitor, address, action="approve", step="code", code=code)
    too_late = decisions()
    says(visitor, address, action="approve", step="again")
    newer = code_in(mail_to(server, board))
    says(visitor, address, action="approve", step="code", code=newer)

    assert (too_late, decisions()) == ([], ["go"])


def test_a_code_is_valid_for_ten_minutes(server, address, board, time_machine):
    visitor = Client()
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))

    time_machine.move_to(timezone.now() + dt.timedelta(minutes=10, seconds=1))
    late = says(visitor, address, action="approve", step="code", code=code)

    assert "not the newest code" in late.text
    assert decisions() == []


def test_a_code_is_for_the_answer_that_it_was_asked_for(server, address, board):
    visitor = Client()
    says(visitor, address, action="reject", comment="No.")
    code = code_in(mail_to(server, board))

    says(visitor, address, action="approve", step="code", code=code)

    assert decisions() == []


def test_three_codes_an_hour_and_then_again(server, address, board, time_machine):
    visitor, sent = Client(), []
    for _number in range(5):
        time_machine.move_to(timezone.now() + dt.timedelta(minutes=2))
        sent.append(
            "were sent within the last hour" in says(visitor, address, action="approve").text
        )
        empty_outbox()
    after = len(server.taken)
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=55))
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    says(visitor, address, action="approve", step="code", code=code)

    assert sent == [False, False, False, True, True]
    assert after == 1 + 3
    assert decisions() == ["go"]


def test_asking_twice_in_a_moment_sends_one_code(server, address, board):
    visitor = Client()
    says(visitor, address, action="approve")
    says(visitor, address, action="approve")

    code = code_in(mail_to(server, board))
    says(visitor, address, action="approve", step="code", code=code)

    assert len(server.taken) == 2
    assert decisions() == ["go"]


def test_a_code_that_is_too_old_is_not_sent(server, address, time_machine):
    says(Client(), address, action="approve")
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=11))

    empty_outbox()

    assert len(server.taken) == 1
    assert Delivery.objects.filter(event__kind="code").count() == 0


# Tokens and keys.

ODD_TOKENS = (
    *("0", "x" * 5000, "%00", "%F0%9F%8C%8D", "..", "a.b", f"{'0' * 32}.{'A' * 43}", "%0A", "%2F"),
    *("' OR 1=1", "<script>", "🦆" * 100, "%ED%A0%80"),
)


@pytest.mark.parametrize("token", ODD_TOKENS)
def test_an_address_of_nothing_is_a_page_that_names_nothing(token, client):
    opened = [client.get(f"/lpsa/decide/{token}/{path}") for path in ("", "content/")]
    said = client.post("/lpsa/decide/", {"token": token, "action": "approve"})

    assert {answer.status_code for answer in [*opened, said]} <= {404}
    assert "There is no such link" in said.text


def test_each_sign_of_a_token_counts(address, client):
    token = token_in(address)
    for place in range(0, len(token), 3):
        other = "a" if token[place] != "a" else "b"
        bent = f"{token[:place]}{other}{token[place + 1 :]}"
        assert client.get(f"/lpsa/decide/{bent}/").status_code == 404


def test_the_key_of_the_site_can_change_at_any_step(server, waiting, board, settings):
    """Between mail and opening, and between code and entering it."""
    address = address_in(mail_to(server, board))
    visitor = Client()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the second"
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    settings.SECRET_KEY = "the third"

    says(visitor, address, action="approve", step="code", code=code)

    assert decisions() == ["go"]


def test_a_key_that_was_given_up_signs_nothing(address, settings, client):
    settings.SECRET_KEY = "the second"

    assert client.get(address).status_code == 404


def test_what_is_posted_from_elsewhere_is_refused(address, board):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(board)

    refused = says(careful, address, action="approve")
    careful.get(address)
    token = careful.cookies["csrftoken"].value
    taken = says(careful, address, action="approve", csrfmiddlewaretoken=token)

    assert (refused.status_code, taken.status_code) == (403, 302)
    assert decisions() == ["go"]


def test_no_token_and_no_code_lies_anywhere(server, address, board, caplog):
    caplog.set_level(logging.DEBUG)
    careful = Client(enforce_csrf_checks=True)
    visitor = Client(raise_request_exception=False)
    says(careful, address, action="approve")
    says(visitor, address, action="approve")
    code = code_in(mail_to(server, board))
    says(visitor, address, action="approve", step="code", code="000000")
    visitor.get("/lpsa/decide/")
    says(visitor, address, action="approve", step="code", code=code)
    visitor.get(address)
    empty_outbox()

    rows = [
        *Delivery.objects.values(),
        *Event.objects.values(),
        *Decision.objects.values(),
        *PageLogEntry.objects.values(),
    ]
    written = "\n".join(
        map(
            str,
            [
                *rows,
                *(record.getMessage() for record in caplog.records if record.name != "mail.log"),
            ],
        )
    )
    assert "Forbidden" in written
    assert token_in(address) not in written
    assert token_in(address).split(".")[1] not in written
    assert not re.search(rf"\b{code}\b", written)


# Hosts.


def test_a_host_without_our_urls_gets_mails_without_the_link(server, waiting, board, settings):
    settings.ROOT_URLCONF = "tests.views.urls_without_ours"

    text = text_of(mail_to(server, board))

    assert "decide/" not in text
    assert f"/admin/lpsa/desk/{waiting.lpsa_matter.pk}/" in text
    assert DecisionLink.objects.count() == 0


def test_the_address_has_a_language_that_the_site_has(server, waiting, board, settings):
    settings.ROOT_URLCONF = "tests.views.urls_by_language"
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    make.MemberFactory(user=board, language="fr-ca")

    assert "http://localhost:8000/fr/lpsa/decide/" in text_of(mail_to(server, board))


def test_a_language_that_the_site_lacks_gives_the_sites_own(server, waiting, board, settings):
    settings.ROOT_URLCONF = "tests.views.urls_by_language"
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    make.MemberFactory(user=board, language="ar")

    found = re.search(
        r"http://localhost:8000(/en/lpsa/decide/\S+)", text_of(mail_to(server, board))
    )
    assert Client().get(found.group(1)).status_code == 200


def test_it_lies_in_the_template_of_the_host(address, client, host_has):
    host_has({"base.html": "<main>Ours {% block content %}{% endblock %}</main>"})

    assert client.get(address).text.strip().startswith("<main>Ours ")


@pytest.mark.parametrize("urls", ["headless", "without_admin"])
def test_a_host_with_fewer_addresses_shows_and_decides_as_well(
    server, address, post, board, settings, client, urls
):
    settings.ROOT_URLCONF = f"tests.views.urls_{urls}"
    settings.APPEND_SLASH = False

    opened = client.get(address)
    shown = client.get(f"{address}content/")
    client.force_login(board)
    said = says(client, address, action="approve")

    assert ("Decide in the admin instead" in opened.text) == (urls == "headless")
    assert "Money follows function." in shown.text
    assert said.url == f"{address}?done"
    assert make.fresh(post).live
