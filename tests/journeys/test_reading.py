"""Every public page, for all who read: fits the screen, is light or dark, has no barrier.

The widths are those of a small phone (which is also a window of 1280 pixels at 400 %), of a window
of 1280 pixels at 200 %, and of a large window.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.rich_pages import rich_pages

WIDTHS = (320, 640, 1280)
#: How many ways to read on there are: all that can be seen and has its place in the order.
REACHABLE = """() => {
  const all = document.querySelectorAll("a[href], button, input, summary, select, [tabindex]");
  const seen = (e) => e.checkVisibility({ visibilityProperty: true });
  return [...all].filter((e) => e.tabIndex >= 0 && e.type !== "hidden" && seen(e)).length;
}"""
#: What has the focus for the first time, and whether it shows; "" for nothing.
FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body || e.dataset.seen) return "";
  e.dataset.seen = "yes";
  const style = getComputedStyle(e);
  const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return `${e.outerHTML.slice(0, 90)} ${ring >= 2 ? "" : "WITHOUT A RING"}`;
}"""
MOVING = """() => [...document.querySelectorAll(".lpsa, .lpsa *")].filter((e) => {
  const style = getComputedStyle(e);
  return style.transitionDuration !== "0s" || style.animationName !== "none";
}).map((e) => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def addresses(site, settings) -> dict:
    """Name of a page → its address."""
    return {name: address for name, (address, _status) in rich_pages(site, settings).items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(
    scheme, addresses, chromium, live_server
):
    context = chromium.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, address in addresses.items():
            page.goto(f"{live_server.url}{address}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            found[name, width] = (wide, barriers(page))
    context.close()

    assert found == {(name, width): (width, []) for width in WIDTHS for name in addresses}


def barriers(page) -> list[str]:
    """What axe objects to."""
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_all_is_reached_with_the_keyboard_and_shows_where_it_is(
    width, addresses, chromium, live_server
):
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    reached, unseen = {}, []
    for name, address in addresses.items():
        page.goto(f"{live_server.url}{address}")
        steps = list(tabbed(page))
        unseen += [(name, step) for step in steps if "WITHOUT A RING" in step]
        reached[name] = (page.evaluate(REACHABLE), len(steps))
    context.close()

    assert unseen == []
    assert reached == {name: (expected, expected) for name, (expected, _n) in reached.items()}
    assert min(expected for expected, _count in reached.values()) > 5


def tabbed(page):
    """What the tabulator reaches, one after the other, until it comes to the end."""
    page.keyboard.press("Tab")
    while step := page.evaluate(FOCUSED):
        yield step
        page.keyboard.press("Tab")


def test_nothing_moves_for_who_does_not_want_it(addresses, chromium, live_server):
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    moving = {}
    for name, address in addresses.items():
        page.goto(f"{live_server.url}{address}")
        moving[name] = page.evaluate(MOVING)
    context.close()

    assert moving == {name: [] for name in addresses}
