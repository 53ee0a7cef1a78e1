"""What of ours is registered with Wagtail's admin, and who sees it."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from lpsa_wagtail.models import WorkingGroupIndexPage
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


def menu_of(user, rf) -> list:
    """Labels of the menu "Working groups" for this user; [] if it is not there."""
    request = rf.get("/")
    request.user = user
    for item in admin_menu.menu_items_for_request(request):
        if item.name == "lpsa":
            return [str(one.label) for one in item.menu.menu_items_for_request(request)]
    return []


def test_everybody_finds_their_places_in_the_menu(rf, group):
    lists = ["My desk", "Groups", "Blog posts", "Webinars"]
    register = ["Members", "Memberships"]
    everything = [*lists, "Interests", *register, "Mandates", "Decisions", "Deliveries"]
    everything.append("Propose a group")

    assert menu_of(make.secretary(), rf) == everything
    assert menu_of(make.UserFactory(is_superuser=True), rf) == everything
    assert menu_of(make.leader(of=group), rf) == [*lists, *register]
    assert menu_of(make.board_member(), rf) == [*lists, "Mandates", "Decisions"]
    assert menu_of(make.board_chair(), rf) == [*lists, "Mandates", "Decisions"]
    assert menu_of(make.UserFactory(), rf) == []


@pytest.mark.parametrize("query", ["", "?q=secret"])
def test_choosers_of_pages_offer_no_foreign_drafts(client, group, query):
    index = make.index_page(WorkingGroupIndexPage)
    chair, other = make.leader(of=group), make.group()
    make.draft(make.BlogPostFactory, other, title="A secret draft")
    make.draft(make.BlogPostFactory, group, title="My secret draft", owner=chair)
    make.post(other, title="A secret no more")
    make.draft(make.WorkingGroupPageFactory, index, title="A secret proposal")

    def offered(user):
        client.force_login(user)
        found = ""
        if query:
            found = client.get(reverse("wagtailadmin_choose_page_search") + query).content.decode()
        for parent in (index, group, other):
            address = reverse("wagtailadmin_choose_page_child", args=(parent.pk,))
            found += client.get(address).json()["html"]
        titles = ("A secret draft", "My secret draft", "A secret no more", "A secret proposal")
        return [title for title in titles if title in found]

    assert offered(chair) == ["My secret draft", "A secret no more"]
    assert offered(make.secretary()) == [
        *("A secret draft", "My secret draft", "A secret no more", "A secret proposal")
    ]
