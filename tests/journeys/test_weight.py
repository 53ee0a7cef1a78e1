"""What a page weighs on a slow line, and that nothing on it moves while it comes."""

import gzip

import pytest

from tests.rich_pages import rich_pages

#: 40 kB, packed as servers pack it.
MOST = 40_000
#: A slow phone network: 400 kbit/s, answers after 400 ms.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
#: What has moved on the page so far, looked at from the bottom up, so that all is loaded.
SHIFTS = """async () => {
  window.scrollTo(0, document.body.scrollHeight);
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return new Promise((done) => {
    const found = [];
    new PerformanceObserver((list) => found.push(...list.getEntries()))
      .observe({type: "layout-shift", buffered: true});
    const place = (node) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 120);
    setTimeout(() => done(found.flatMap((one) => one.sources.map(({node}) => place(node)))), 200);
  });
}"""


@pytest.fixture
def pages(site, settings):
    """Name → address."""
    return {name: address for name, (address, _status) in rich_pages(site, settings).items()}


@pytest.fixture
def slow(chromium):
    """A phone on a slow line, and what it was sent."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    yield page
    context.close()


@pytest.mark.parametrize("name", ["group", "post", "webinar"])
def test_a_page_is_light_and_stands_still(slow, live_server, pages, name):
    sent = []
    slow.on("response", lambda response: sent.append(response))

    slow.goto(f"{live_server.url}{pages[name]}", wait_until="load")
    moved = slow.evaluate(SHIFTS)

    kinds = {"document", "stylesheet", "script"}
    texts = [response for response in sent if response.request.resource_type in kinds]
    weight = {response.url: len(gzip.compress(response.body(), 6)) for response in texts}
    assert (sum(weight.values()) <= MOST, moved) == (True, []), weight
    assert [one.url for one in sent if one.request.resource_type == "font"] == []
    assert {one.url.split("/")[2] for one in sent} == {live_server.url.split("/")[2]}
