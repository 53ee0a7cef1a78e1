"""Our pages among the styles of other people: nothing of ours reaches out, nothing reaches in.

``sites/`` holds three base templates: one that says nothing of any element, one that resets them
all, one that gives each a look of its own.
"""

import re
from pathlib import Path

import pytest

from tests.rich_pages import rich_pages

SITES = Path(__file__).resolve().parent / "sites"
STRANGE_SITES = ["resets", "elements"]
PAGES = ("group", "post", "webinar", "posts", "refused")
CSS = re.compile(r"/lpsa_wagtail/lpsa\.css")
#: The site's, and right so: where a jump to an anchor stops below the site's own bar.
OF_THE_SITE = "scroll-margin"
READY = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
}"""
#: All that can be known of the look of elements: [[name, "property: value" in lines], …].
LOOK = """([selector, skipped]) => {
  const top = document.querySelector(selector).getBoundingClientRect();
  const properties = [...getComputedStyle(document.body)].filter((p) => !/^(--|SITE)/.test(p));
  const found = [];
  const note = (name, style) => found.push(
    [name, properties.map((p) => `${p}: ${style.getPropertyValue(p)}`).join("\\n")]);
  const elements = [...document.querySelectorAll(`${selector}, ${selector} *`)];
  elements.filter((element) => !skipped || !element.closest(skipped)).forEach((element, number) => {
    const name = `${number} ${element.tagName.toLowerCase()}.${element.getAttribute("class")}`;
    note(name, getComputedStyle(element));
    for (const part of ["::before", "::after", "::marker", "::first-letter", "::first-line"]) {
      const style = getComputedStyle(element, part);
      const there = !/before|after/.test(part) || !["none", "normal"].includes(style.content);
      if (there) note(name + part, style);
    }
    if (!element.checkVisibility()) return;
    const box = element.getBoundingClientRect();
    // Shapes in a drawing are not laid out in parts of a pixel that add up.
    const exact = (n) => (element.ownerSVGElement ? Math.round(n * 10) / 10 : n);
    const places = [box.x - top.x, box.y - top.y, box.width, box.height];
    found.push([`${name} box`, places.map(exact).join("\\n")]);
  });
  return found;
}""".replace("SITE", OF_THE_SITE)


@pytest.fixture
def pages(site, settings):
    """Name → address."""
    return {name: address for name, (address, _status) in rich_pages(site, settings).items()}


@pytest.fixture
def choose_site(host_has, settings):
    """Let our pages stand in one of the sites: ``choose_site("resets")``."""
    host_has({path.name: path.read_text(encoding="utf-8") for path in SITES.iterdir()})

    def choose(name):
        settings.LPSA_BASE_TEMPLATE = f"{name}.html"

    return choose


@pytest.fixture
def window(chromium):
    """A window that anybody could have, with nothing moving in it."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def show(window, live_server):
    """Open an address, with everything loaded, and return the window."""

    def show(address):
        window.goto(f"{live_server.url}{address}")
        window.evaluate(READY)
        return window

    return show


def look(window, selector=".lpsa", skipped="") -> list:
    return window.evaluate(LOOK, [selector, skipped])


def differences(one, other) -> list[str]:
    """What differs between two looks, as sentences."""
    assert [name for name, _style in one] == [name for name, _style in other]
    return [
        f"{name}, {here} became {there}"
        for (name, style), (_name, changed) in zip(one, other, strict=True)
        if style != changed
        for here, there in zip(style.split("\n"), changed.split("\n"), strict=True)
        if here != there
    ]


def edges(seen) -> list[float]:
    """Where each element ends at the right, in pixels from the left of the first one."""
    boxes = [box.split("\n") for name, box in seen if name.endswith(" box")]
    return [float(x) + float(width) for x, _y, width, _height in boxes]


# What is ours.


def test_nothing_that_a_site_says_of_elements_reaches_ours(pages, choose_site, show, window):
    seen = {}
    for site in ("plain", *STRANGE_SITES):
        choose_site(site)
        seen[site] = {}
        for width in (360, 1280):
            window.set_viewport_size({"width": width, "height": 900})
            seen[site] |= {(name, width): look(show(pages[name])) for name in PAGES}
        seen[site]["pointed at, focus"] = used(show(pages["posts"]))

    for site in STRANGE_SITES:
        for name, expected in seen["plain"].items():
            assert (site, name, differences(expected, seen[site][name])[:20]) == (site, name, [])


def used(window) -> list:
    """A link, a button and a field, each while it is pointed at and while it has the focus."""
    seen = []
    for selector in (".lpsa-card-title a", ".lpsa-search button", ".lpsa-search #lpsa-q"):
        window.locator(selector).first.hover()
        seen += look(window, selector)
        window.locator(selector).first.focus()
        seen += look(window, selector)
    return seen


AROUND = [
    "display: flex",
    "display: flex; flex-direction: column; align-items: center",
    "display: grid; justify-items: center",
]


def test_pages_keep_to_the_room_that_the_site_gives_and_take_all_of_it(pages, choose_site, show):
    choose_site("plain")
    for name in PAGES:
        window = show(pages[name])
        for column in (320, 640):
            window.add_style_tag(content=f"html body div#content {{ width: {column}px }}")
            assert (name, max(edges(look(window)))) == (name, column)
        for around in AROUND:
            window.add_style_tag(content=f"#content {{ {around} }}")
            assert window.locator(".lpsa").bounding_box()["width"] == 640


def test_a_site_can_give_its_own_fonts_and_colours_and_keep_parts_to_itself(
    pages, choose_site, show
):
    choose_site("elements")
    window = show(pages["group"])
    window.add_style_tag(
        content=".lpsa { --lpsa-brand: rgb(1, 2, 3); --lpsa-serif: fantasy; --lpsa-size: 20px }"
    )
    window.locator(".lpsa-join").evaluate("(join) => join.classList.add('lpsa-free')")

    assert style(window, ".lpsa-title", "fontFamily") == "fantasy"
    assert style(window, ".lpsa-all a", "color") == "rgb(1, 2, 3)"
    assert style(window, "aside", "fontSize") == "20px"
    assert style(window, ".lpsa-join a", "textDecorationLine") == "line-through"


def style(window, selector, name):
    return window.locator(f".lpsa {selector}".strip()).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )


# What is the site's.


def test_no_rule_of_ours_reaches_an_element_of_a_site(pages, choose_site, show, window):
    seen = {}
    for ours in (True, False):
        if not ours:
            window.route(CSS, lambda route: route.abort())
        for site in ("plain", *STRANGE_SITES):
            choose_site(site)
            for name in ("group", "posts"):
                show(pages[name])
                # However high our content is.
                window.add_style_tag(content="#content { height: 900px; overflow: hidden }")
                seen[site, name, ours] = look(window, "html", skipped=".lpsa")

    for site, name, ours in seen:
        found = differences(seen[site, name, ours], seen[site, name, False])
        assert (site, name, found[:20]) == (site, name, [])


# A strict content policy.


def test_a_site_that_allows_nothing_but_itself_shows_all_of_it(pages, show, window):
    window.add_init_script(
        "refused = [];"
        "addEventListener('securitypolicyviolation', (e) => refused.push(e.blockedURI))"
    )
    policy = {"Content-Security-Policy": "default-src 'self'"}

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **policy})

    window.route("**/*", answer)
    for name in PAGES:
        show(pages[name])
        missing = window.evaluate("[...document.images].filter((i) => !i.naturalWidth).length")
        container = style(window, "", "containerName")
        assert (missing, container, window.evaluate("refused")) == (0, "lpsa", [])
