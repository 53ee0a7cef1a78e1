"""A Board member decides from the mail: on a phone, without scripts, and with the keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories as make
from tests import mail_server
from tests.views.test_deciding import address_in, code_in, mail_to

WIDTHS = (360, 1280)


@pytest.fixture
def server():
    with mail_server.listening() as box:
        yield box


@pytest.fixture
def member():
    return make.board_member()


@pytest.fixture
def live():
    """A live post of which a change waits, with everything that the page of a link can show."""
    group = make.group(title="Rivers")
    leader = make.leader(of=group)
    live = make.post(group, owner=leader, title="Five lessons", summary="What was found.")
    live.summary = "What was lost."
    live.save_revision(user=leader)
    make.submit(live, leader)
    return live


def test_a_change_goes_live_from_the_mail_in_four_clicks(live, member, server, visitor):
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.go(address_in(mail_to(server, member)))
    visitor.sees("Compared with what is live")
    shown = visitor.page.frame_locator("iframe")
    assert shown.get_by_text("Money follows function.").is_visible()

    visitor.page.get_by_role("button", name="Approve").click()
    visitor.page.get_by_label("Code").fill(code_in(mail_to(server, member)))
    visitor.page.keyboard.press("Enter")

    visitor.sees("It is decided: “Approved”, by: LPSA Advisory Board.")
    assert make.fresh(live).summary == "What was lost."
    assert visitor.foreign == []


def test_without_a_comment_the_browser_does_not_send_it_back(live, member, server, visitor):
    visitor.go(address_in(mail_to(server, member)))

    visitor.page.get_by_role("button", name="Send back").click()
    assert visitor.page.get_by_role("heading", name="Enter the code").count() == 0
    visitor.page.get_by_label("Comment").fill("Add a source.")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")

    visitor.sees("Add a source.")
    assert "Your code to send back" in mail_to(server, member)["Subject"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_link_fits_and_axe_finds_nothing(
    chromium, live_server, live, member, server, width, scheme
):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []

    def look(name):
        wide = page.evaluate("document.documentElement.scrollWidth")
        found.append((name, wide, violations(page)))

    def approve():
        # A click does not wait for what the next page loads: without its styles the browser's
        # own colours are looked at.
        with page.expect_navigation():
            page.get_by_role("button", name="Approve").click()

    page.goto(f"{live_server.url}{address_in(mail_to(server, member))}")
    look("question")
    approve()
    look("code")
    page.get_by_label("Code").fill("nothing")
    approve()
    look("wrong code")
    page.get_by_label("Code").fill(code_in(mail_to(server, member)))
    approve()
    look("decided")
    page.goto(f"{live_server.url}/lpsa/decide/nothing/")
    look("unknown")
    context.close()

    names = ("question", "code", "wrong code", "decided", "unknown")
    assert found == [(name, width, []) for name in names]


def violations(page) -> list[str]:
    """What axe finds on the page around the content, which is the site's own."""
    answer = Axe().run(page, options={"iframes": False})
    return [rule["id"] for rule in answer.response["violations"]]
