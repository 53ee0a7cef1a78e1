"""A video elsewhere plays in the page after a click, and nothing is loaded from there before."""

import pytest

from tests import factories as make

ELSEWHERE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def post():
    recording = ("recording", {"title": "Who pays?", "url": ADDRESS})
    return make.post(make.group(), title="Talk", body=[recording, recording])


@pytest.fixture
def asked():
    return []


@pytest.fixture
def open_page(chromium, live_server, asked, post):
    """Open the post; what is asked of other places is noted, and answered here."""
    contexts = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body="<p>A video</p>", content_type="text/html")

    def open_page(**options):
        contexts.append(chromium.new_context(**options))
        contexts[-1].route(lambda url: not url.startswith(live_server.url), answer)
        page = contexts[-1].new_page()
        page.goto(f"{live_server.url}{post.url}", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_it_plays_after_a_click_and_the_link_stays(open_page, asked):
    page = open_page()
    assert (page.locator("iframe").count(), asked) == (0, [])

    page.get_by_role("link", name="Who pays?").first.click()
    page.wait_for_load_state("networkidle")

    frame = page.locator("iframe")
    assert frame.get_attribute("src") == f"{ELSEWHERE}?autoplay=1"
    assert frame.get_attribute("title") == "Who pays?"
    assert asked == [f"{ELSEWHERE}?autoplay=1"]
    assert page.get_by_role("link", name="Who pays?").count() == 2
    box = frame.bounding_box()
    assert round(box["width"] / box["height"], 1) == 1.8


def test_by_key_the_same(open_page, asked):
    page = open_page()

    page.get_by_role("link", name="Who pays?").last.press("Enter")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert asked == [f"{ELSEWHERE}?autoplay=1"]


def test_without_a_script_the_link_leads_there(open_page, asked):
    page = open_page(java_script_enabled=False)
    assert asked == []

    page.get_by_role("link", name="Who pays?").first.click()
    page.wait_for_load_state("networkidle")

    assert page.url == ADDRESS
