"""The visitor's own time, told by a small script below the printed ones; the way to a calendar."""

import datetime as dt

import pytest
import vobject
from axe_playwright_python.sync_playwright import Axe

from lpsa_wagtail.models import WebinarCity, WebinarIndexPage
from tests import factories as make

#: What moved inside the content after it was shown first.
MOVED = """() => new Promise((resolve) => {
  const nodes = [];
  const isInside = ({ node }) => node?.parentElement?.closest(".lpsa-page");
  new PerformanceObserver((list) => list.getEntries().forEach((shift) => {
    nodes.push(...shift.sources.filter(isInside).map(({ node }) => node.outerHTML ?? node.data));
  })).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(nodes), 300);
})"""
PRINTED = ["Nairobi 23:00 – 00:30", "Kolkata 01:30 – 03:00 Wednesday, 8 May 2030"]


@pytest.fixture
def event():
    start = dt.datetime(2030, 5, 7, 20, tzinfo=dt.UTC)
    return make.webinar(
        make.group(slug="finance"),
        slug="who-pays",
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=90),
        cities=[WebinarCity(time_zone="Asia/Kolkata")],
    )


@pytest.fixture
def window(chromium, live_server):
    """Open an address as somebody does who is in a zone: ``window(address, zone)``."""
    contexts = []

    def open_window(address, zone, width=360, **more):
        context = chromium.new_context(
            viewport={"width": width, "height": 740},
            timezone_id=zone,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}{address}")
        page.wait_for_load_state("networkidle")
        return page

    yield open_window
    for context in contexts:
        context.close()


def rows(page, selector=".lpsa-times tr") -> list[str]:
    """What can be seen, row by row."""
    found = page.locator(selector).filter(visible=True).all()
    return [" ".join(row.inner_text().split()) for row in found]


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("America/La_Paz", "Your time La Paz 16:00 – 17:30"),
        ("America/Argentina/Buenos_Aires", "Your time Buenos Aires 17:00 – 18:30"),
        ("Asia/Katmandu", "Your time Kathmandu 01:45 – 03:15 Wed, 8 May 2030"),
        ("Etc/GMT+6", "Your time 14:00 – 15:30"),
        ("Africa/Nairobi", "Your time as in Nairobi"),
        ("Africa/Kampala", "Your time as in Nairobi"),
        ("Asia/Calcutta", "Your time as in Kolkata"),
    ],
)
def test_the_visitors_own_time_stands_below_the_printed_ones(window, event, zone, own):
    page = window(event.url, zone)

    assert rows(page) == [*PRINTED, own]
    assert page.evaluate(MOVED) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_without_a_script_the_printed_times_are_all_there_is(window, event):
    page = window(event.url, "America/La_Paz", java_script_enabled=False)

    assert rows(page) == PRINTED
    assert page.locator("[data-lpsa-yours]").bounding_box() is None


def test_cards_tell_it_too(window, event):
    lists = make.index_page(WebinarIndexPage).url

    for address in (lists, event.group.url):
        page = window(address, "America/La_Paz")
        assert rows(page, "p.lpsa-yours") == ["Your time 16:00 La Paz"]
        assert page.evaluate(MOVED) == []
        for zone, own in (
            ("Africa/Nairobi", "as in Nairobi"),
            ("Asia/Katmandu", "Wed 01:45 Kathmandu"),
        ):
            page = window(address, zone)
            assert rows(page, "p.lpsa-yours") == [f"Your time {own}"]
            assert page.evaluate(MOVED) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(window, event, scheme, width):
    page = window(event.url, "America/La_Paz", width, color_scheme=scheme)

    found = Axe().run(page).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_telephone_gets_the_event_for_its_calendar(window, event):
    page = window(event.url, "Africa/Nairobi", is_mobile=True, has_touch=True)

    with page.expect_download() as download:
        page.get_by_role("link", name="Add to your calendar").tap()

    assert download.value.suggested_filename == "who-pays.ics"
    text = download.value.path().read_text(encoding="utf-8")
    assert vobject.readOne(text).vevent.dtstart.value == event.starts_at
