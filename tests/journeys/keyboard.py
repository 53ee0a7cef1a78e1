"""People with a phone's width and no mouse: they press keys only, and each step is counted.

A step is what a click is to others: following a link, pressing a button, ticking a box, choosing
from a list. Moving the focus and typing text are none.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.people import Colleague, Visitor

PHONE = {"width": 360, "height": 740}
#: A screen where more keys are needed to reach something is too long.
KEYS_AT_MOST = 120
IS_FOCUSED = """(wanted) => {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found === wanted;
}"""
#: Seen by an outline, or by a shadow that is drawn like one.
FOCUS_SHOWS = """(element) => {
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return element.matches(":focus-visible") && (outlined || style.boxShadow !== "none");
}"""
OPTION = """(list, label) => [...list.options].findIndex((one) => one.label.includes(label))"""


class OnTheKeyboard:
    """Tab, Enter, Space and the arrows of a list; ``steps`` counts what was done."""

    size = PHONE
    steps = 0

    def reach(self, target):
        """Move the focus to it, and see that it shows where the focus is."""
        for _key in range(KEYS_AT_MOST):
            if target.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{target} is not reached with {KEYS_AT_MOST} keys")
        assert target.evaluate(FOCUS_SHOWS), f"{target} does not show that it has the focus"

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True).first

    def link(self, name):
        return self.page.get_by_role("link", name=name).first

    def field(self, name):
        return self.page.get_by_role("textbox", name=name).first

    def presses(self, target, key="Enter"):
        """One step: press a key on something."""
        self.reach(target)
        self.page.keyboard.press(key)
        self.steps += 1

    def follows(self, target):
        """One step: press Enter on what leads to another page, and wait for that."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.steps += 1

    def ticks(self, target):
        self.presses(target, key="Space")
        assert target.is_checked()

    def picks(self, target):
        """One step: choose one of several; in such a group the arrows move the focus."""
        group = target.evaluate("(radio) => radio.name")
        self.reach(self.page.locator(f"[name={group}]").first)
        while not target.evaluate(IS_FOCUSED):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        self.steps += 1
        assert target.is_checked()

    def types(self, target, text):
        """Replace what is in a field. No step."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def chooses(self, target, label):
        """One step: choose from a list, key by key."""
        self.reach(target)
        wanted, now = target.evaluate(OPTION, label), target.evaluate("(e) => e.selectedIndex")
        assert wanted >= 0, f"{label} is not offered"
        for _key in range(abs(wanted - now)):
            self.page.keyboard.press("ArrowDown" if wanted > now else "ArrowUp")
        self.steps += 1

    def finds_no_barrier(self):
        """Nothing here that axe objects to, and nothing wider than the screen."""
        self.page.wait_for_load_state("networkidle")  # what scripts draw is drawn
        rules = Axe().run(self.page).response["violations"]
        found = [
            f"{rule['id']}: {node['html']} {node['failureSummary']}"
            for rule in rules
            for node in rule["nodes"]
        ]
        assert found == [], "\n".join(found)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


class KeyboardColleague(OnTheKeyboard, Colleague):
    """Somebody who works in the Wagtail admin this way."""

    def chooses_in_bar(self, name):
        """Two steps: open the bar that Wagtail shows on live pages, and choose from its menu.

        In a menu the arrows move the focus.
        """
        self.page.wait_for_load_state("networkidle")  # until then the bar does not open
        self.presses(self.page.get_by_role("button", name="View Wagtail quick actions"))
        items = self.page.get_by_role("menuitem")
        for item in items.all():
            expect(item).to_be_focused()
            if name in item.inner_text():
                return self.follows(item)
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The bar offers no “{name}”")


class KeyboardVisitor(OnTheKeyboard, Visitor):
    """Somebody without an account. Scripts run, for axe is one; our pages need none."""

    scripts = True
