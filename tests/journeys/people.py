"""People who use the site in a browser: what they see and what they press."""

import re

from playwright.sync_api import expect

SECONDS = 1000
PASSWORD = "secret"  # what factories give


class Person:
    """Somebody in front of a browser of their own.

    ``foreign`` collects addresses outside the site that a page asked for; they are refused.
    """

    name = "visitor"
    scripts = False  # all that visitors do must work without
    size = {"width": 1280, "height": 900}

    def __init__(self, browser, address):
        self.address = address
        self.foreign: list[str] = []
        self.context = browser.new_context(
            viewport=self.size, java_script_enabled=self.scripts, reduced_motion="reduce"
        )
        self.context.set_default_timeout(20 * SECONDS)
        self.context.route(lambda url: not url.startswith(address), self._refuse)
        self.page = self.context.new_page()

    def _refuse(self, route):
        self.foreign.append(route.request.url)
        route.abort()

    def leave(self):
        self.context.close()

    def go(self, path):
        """Open a path of the site and return the response."""
        return self.page.goto(f"{self.address}{path}")

    def sees(self, text):
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def follow(self, name):
        """Follow a link whose text starts like this."""
        self.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.page.wait_for_load_state()


class Visitor(Person):
    """Somebody without an account."""

    @property
    def results(self) -> list[str]:
        """Titles of the pages that the list shows."""
        return self.page.get_by_role("article").get_by_role("heading").all_inner_texts()

    def filter_by(self, kind, choice):
        """Choose a value of one of the filters beside a list; it has one result."""
        filters = self.page.get_by_role("region", name="Search and filters")
        heading = self.page.get_by_role("heading", name=kind, exact=True)
        box = filters.locator("details", has=heading).last
        link = box.get_by_role("link", name=re.compile(f"^{re.escape(choice)} 1$"))
        if not link.is_visible():
            heading.click()
        link.click()
        self.page.wait_for_load_state()

    def read_json(self, path):
        """The answer of the API to anybody."""
        answer = self.context.request.get(f"{self.address}/api/lpsa/v1/{path}")
        assert answer.status == 200, answer.text()
        return answer.json()


class Colleague(Person):
    """Somebody who works in the Wagtail admin."""

    scripts = True

    def __init__(self, browser, address, user):
        self.name = user.username
        super().__init__(browser, address)
        self.errors: list[str] = []
        self.page.clock.install()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.go("/admin/login/")
        self.page.get_by_label("Username").fill(user.username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("complementary", name="Sidebar")).to_be_attached()

    def fill(self, label, text):
        self.page.get_by_role("textbox", name=label).fill(text)

    def set_clock(self, field, clock):
        """Enter a date and time; the picker that opens is closed again."""
        self.page.locator(f"[name={field}]").fill(clock)
        self.page.keyboard.press("Tab")

    def choose(self, label, value):
        self.page.get_by_label(label).select_option(value)

    def open_tab(self, name):
        self.page.get_by_role("tab", name=name).click()

    def write_title(self, text):
        """Type as people do: the address of the page is made while they type."""
        self.page.get_by_role("textbox", name="Title*").press_sequentially(text)

    def write_paragraph(self, section, field, text):
        """Add a block of text below the heading ``section`` and write in it."""
        panel = self.page.get_by_role("region", name=section).first
        panel.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name="Text").click()
        panel.locator("[contenteditable=true]").last.click()
        self.page.keyboard.type(text)
        # The editor hands over what was written a moment later.
        expect(panel.locator(f"[name='{field}-0-value']")).to_have_value(re.compile(text))

    def choose_interests(self, *words):
        self.open_tab("Interests")
        for word in words:
            self.page.get_by_role("checkbox", name=word, exact=True).check()

    def press(self, name):
        """Press a button of the editor's footer, which may be in its menu."""
        footer = self.page.get_by_role("navigation", name="Actions (footer)")
        button = footer.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first
        if not button.is_visible():
            footer.get_by_role("button", name="More actions").click()
        button.click()

    def answer(self, name):
        """Press a button of the review page, and wait for what comes after it.

        By the keyboard: just after scrolling, the browser sends a click into the frame above it.
        """
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).press("Enter")

    def save_draft(self):
        self.press("Save draft")
        self.page.wait_for_url("**/edit/**")
        self.page.wait_for_load_state()

    def take_time(self, seconds=12):
        """Let the clock of the browser run ahead: Wagtail saves by itself only after a while."""
        self.page.clock.fast_forward(seconds * SECONDS)

    def wait_until_saved(self):
        """Wait until Wagtail has saved by itself."""
        self.take_time()
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible(timeout=20 * SECONDS)

    def is_told(self, text):
        """Read the text in a message, and no refusal beside it."""
        messages = self.page.get_by_role("status").first
        expect(messages).to_contain_text(text)
        expect(messages).not_to_contain_text("Sorry")
