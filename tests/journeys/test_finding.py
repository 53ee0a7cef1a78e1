"""Searching with the keyboard on a phone: suggestions come, can be walked through, and go."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from lpsa_wagtail.models import WorkingGroupIndexPage
from tests import factories as make
from tests.journeys.keyboard import KeyboardVisitor

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH = reverse("lpsa_wagtail:search")


@pytest.fixture
def reader(chromium, live_server, people, settings):
    make.InterestFactory(name="Rivers and lakes", slug="rivers")
    group = make.group(title="Delta rivers", slug="delta")
    make.post(group, title="Rivers <b>rise</b>")
    people.append(KeyboardVisitor(chromium, live_server.url))
    return people[-1]


def test_suggestions_are_walked_through_with_the_arrows(reader):
    reader.go(make.index_page(WorkingGroupIndexPage).url)
    field = reader.page.get_by_role("combobox", name="Search the site")
    expect(field).to_have_attribute("aria-expanded", "false")

    reader.types(field, "riv")
    options = reader.page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(options.nth(2)).to_contain_text("Rivers <b>rise</b>")
    expect(reader.page.get_by_role("status")).to_have_text("Suggestions: 3")
    reader.page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(field).to_be_focused()
    reader.finds_no_barrier()

    reader.page.keyboard.press("ArrowUp")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    reader.page.keyboard.press("ArrowUp")  # and round to the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    reader.page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("riv")

    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Delta rivers")
    assert reader.foreign == []


def test_without_choosing_the_form_is_sent(reader):
    reader.go(SEARCH)
    field = reader.page.get_by_role("combobox", name="Search groups, posts and webinars")
    reader.types(field, "rivers")
    expect(reader.page.get_by_role("listbox")).to_be_visible()
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    assert reader.page.url.endswith(f"{SEARCH}?q=rivers")
    assert reader.results == ["Delta rivers", "Rivers <b>rise</b>"]
    reader.finds_no_barrier()


def test_without_scripts_the_form_is_sent_too(visitor, reader):
    visitor.go(SEARCH)
    visitor.page.get_by_role("searchbox").fill("rivers")
    visitor.page.get_by_role("button", name="Find").click()
    assert visitor.results == ["Delta rivers", "Rivers <b>rise</b>"]
