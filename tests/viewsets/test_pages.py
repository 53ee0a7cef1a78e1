"""The lists of groups, posts and webinars in the admin."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from wagtail.models import Page

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import BlogPost, WorkingGroupIndexPage
from lpsa_wagtail.permissions import seen_by
from tests import factories as make

PLACES = ("lpsa_groups", "lpsa_posts", "lpsa_webinars")


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def other():
    return make.group(title="Land and water")


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def listed(client, user, place, **params):
    """(status, titles in the list) for this user; titles are None without a list."""
    if user:
        client.force_login(user)
    answer = client.get(reverse(f"{place}:index"), params)
    soup = BeautifulSoup(answer.content, "html.parser")
    rows = soup.select("table.listing td.title .title-wrapper a")
    titles = [row.get_text(strip=True) for row in rows]
    return answer.status_code, titles if answer.status_code != 302 else None


def stands(client, user, place, **params):
    """Map title → what the column "Where it stands" says first."""
    client.force_login(user)
    answer = client.get(reverse(f"{place}:index"), params)
    soup = BeautifulSoup(answer.content, "html.parser")
    return {
        row.select_one(".title-wrapper a").get_text(strip=True): row.select_one(
            "td .w-status"
        ).get_text(strip=True)
        for row in soup.select("table.listing tbody tr")
    }


# Who sees what.


def test_people_find_what_they_work_with_and_nothing_else(client, group, other, chair):
    other_chair = make.leader(of=other)
    make.post(group, title="Live of finance")
    make.draft(make.BlogPostFactory, group, title="Draft of finance", owner=chair)
    make.draft(make.BlogPostFactory, other, title="Draft of land", owner=other_chair)
    waiting = make.draft(make.BlogPostFactory, other, title="Land waits", owner=other_chair)
    make.submit(waiting, by=other_chair)
    finance, land = {"Live of finance", "Draft of finance"}, {"Draft of land", "Land waits"}

    seen = {
        "chair": finance,
        "other": land,
        "board": {"Land waits"},
        "board chair": {"Land waits"},
        "secretariat": finance | land,
        "administrator": finance | land,
    }
    people = {
        "chair": chair,
        "other": other_chair,
        "board": make.board_member(),
        "board chair": make.board_chair(),
        "secretariat": make.secretary(),
        "administrator": make.UserFactory(is_superuser=True),
    }
    found = {name: listed(client, user, "lpsa_posts") for name, user in people.items()}
    assert {name: set(titles) for name, (_status, titles) in found.items()} == seen


@pytest.mark.parametrize("place", PLACES)
def test_who_has_no_part_in_it_is_turned_away(client, group, place):
    former = make.leader(of=group, end=dt.date(2021, 1, 1))
    group.record.auth_group.user_set.add(former)  # Wagtail's row lags behind
    former.groups.add(make.group_made("group.contributors"))
    guest = make.leader(of=group, role=Role.GUEST)
    guest.groups.add(make.group_made("group.contributors"))

    for user in (None, former, guest):
        client.logout()
        status, titles = listed(client, user, place)
        assert (status, titles) == (302, None)


def test_the_day_after_the_last_day_nothing_is_listed(client, group, time_machine):
    time_machine.move_to("2030-06-30 12:00Z")
    chair = make.leader(of=group, end=dt.date(2030, 6, 30))
    make.draft(make.BlogPostFactory, group, title="A draft", owner=chair)

    assert listed(client, chair, "lpsa_posts") == (200, ["A draft"])
    time_machine.move_to("2030-07-01 12:00Z")
    assert listed(client, chair, "lpsa_posts") == (302, None)


def test_a_chair_who_is_on_the_board_finds_both(client, group, other):
    both = make.leader(of=group)
    both.groups.add(make.group_made(make.BOARD))
    make.draft(make.BlogPostFactory, group, title="Own draft", owner=both)
    waiting = make.draft(make.BlogPostFactory, other, title="Waits")
    make.submit(waiting, by=make.leader(of=other))
    make.draft(make.BlogPostFactory, other, title="Foreign draft")

    assert set(listed(client, both, "lpsa_posts")[1]) == {"Own draft", "Waits"}


def test_nobody_sees_anything_without_an_account():
    assert list(seen_by(AnonymousUser(), BlogPost.objects.all())) == []


def test_filters_offer_no_foreign_drafts(client, chair, other):
    index = make.index_page(WorkingGroupIndexPage)
    make.draft(make.WorkingGroupPageFactory, index, title="A secret proposal")
    client.force_login(chair)

    for place in PLACES:
        answer = client.get(reverse(f"{place}:index"))
        assert "A secret proposal" not in answer.content.decode()
    assert "Land and water" in answer.content.decode()  # live, so its name is public


def test_a_filter_by_a_foreign_draft_is_refused(client, chair):
    index = make.index_page(WorkingGroupIndexPage)
    secret = make.draft(make.WorkingGroupPageFactory, index, title="A secret proposal")

    assert listed(client, chair, "lpsa_posts", group=secret.pk) == (400, [])


def test_new_pages_are_made_below_groups_of_ones_own(client, group, chair, other):
    client.force_login(chair)

    answer = client.get(reverse("lpsa_posts:choose_parent"))

    add = reverse("wagtailadmin_pages:add", args=("lpsa_wagtail", "blogpost", group.pk))
    assert (answer.status_code, answer["Location"]) == (302, add)


# Where things stand.


def test_each_page_says_where_it_stands(client, group, chair):
    make.post(group, title="Live one")
    changed = make.post(group, title="Changed one")
    changed.summary = "Another summary."
    changed.save_revision(user=chair)
    make.draft(make.BlogPostFactory, group, title="Draft one", owner=chair)
    waits = make.draft(make.BlogPostFactory, group, title="Waiting one", owner=chair)
    make.submit(waits, by=chair)
    back = make.draft(make.BlogPostFactory, group, title="Returned one", owner=chair)
    actions.decide(
        actor=make.board_member(),
        task_state=make.submit(back, by=chair),
        action="reject",
        comment="Name the source.",
    )

    assert stands(client, chair, "lpsa_posts") == {
        "Live one": "Live",
        "Changed one": "Live, with changes not submitted",
        "Draft one": "Draft",
        "Waiting one": "Waiting for the Advisory Board",
        "Returned one": "Changes requested",
    }
    assert "Name the source." in client.get(reverse("lpsa_posts:index")).content.decode()
    for code, title in {
        "live": "Live one",
        "changed": "Changed one",
        "draft": "Draft one",
        "waiting": "Waiting one",
        "returned": "Returned one",
    }.items():
        assert listed(client, chair, "lpsa_posts", standing=code) == (200, [title])


def test_groups_say_who_decides_and_whether_somebody_chairs_them(client, group, other, chair):
    group.purpose = "Another purpose."
    group.save_revision(user=chair)
    make.submit(group, by=chair)
    other.contact_email = "land@example.org"
    other.save_revision()
    make.submit(other, by=make.secretary())
    secretary = make.secretary()

    assert stands(client, secretary, "lpsa_groups") == {
        "Local finance": "Waiting for the Advisory Board Chair",
        "Land and water": "Waiting for the Advisory Board",
    }
    page = BeautifulSoup(client.get(reverse("lpsa_groups:index")).content, "html.parser")
    rows = {
        row.select_one(".title-wrapper a").get_text(strip=True): row.select("td")[1].get_text(
            " ", strip=True
        )
        for row in page.select("table.listing tbody tr")
    }
    assert rows == {"Local finance": "Forming", "Land and water": "Forming no co-chair today"}


# Filters.


def test_filters_narrow_the_lists(client, group, other):
    secretary = make.secretary()
    broad = make.InterestFactory()
    narrow = make.InterestFactory(parent=broad)
    make.post(group, title="Finance post", interests=[narrow])
    make.post(other, title="Land post", published_on=dt.date(2020, 5, 1))
    make.webinar(group, title="Coming")
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    make.webinar(other, title="Gone", starts_at=past, ends_at=None, status="cancelled")

    def found(place, **params):
        return listed(client, secretary, place, **params)[1]

    assert found("lpsa_posts", group=group.pk) == ["Finance post"]
    assert found("lpsa_posts", interest=broad.slug) == ["Finance post"]
    assert found("lpsa_posts", listed_on_to="2020-12-31") == ["Land post"]
    assert found("lpsa_posts", latest_revision_created_at_to="2019-12-31") == []
    assert found("lpsa_posts", q="land") == ["Land post"]
    assert found("lpsa_webinars", when="upcoming") == ["Coming"]
    assert found("lpsa_webinars", when="past") == ["Gone"]
    assert found("lpsa_webinars", status="cancelled") == ["Gone"]
    assert found("lpsa_webinars", starts_at_from="2029-01-01") == ["Coming"]
    assert found("lpsa_groups", state="active") == []
    assert set(found("lpsa_groups", state="forming")) == {"Local finance", "Land and water"}
    assert found("lpsa_groups", focus="regional") == []


@pytest.mark.parametrize(
    ("place", "params"),
    [
        ("lpsa_posts", {"standing": "nowhere"}),
        ("lpsa_posts", {"group": "x"}),
        ("lpsa_posts", {"group": "99999999999999999999"}),
        ("lpsa_posts", {"interest": "sheep"}),
        ("lpsa_posts", {"listed_on_from": "yesterday"}),
        ("lpsa_webinars", {"when": "soon"}),
        ("lpsa_groups", {"state": "asleep"}),
        ("lpsa_interests", {"kind": "colour"}),
    ],
)
def test_a_filter_value_that_does_not_exist_is_named_and_finds_nothing(
    client, group, place, params
):
    make.post(group)

    assert listed(client, make.secretary(), place, **params) == (400, [])


def test_a_bad_filter_is_answered_with_what_is_allowed(client, group):
    client.force_login(make.secretary())

    answer = client.get(reverse("lpsa_webinars:index"), {"when": "soon"})

    assert [str(message).strip() for message in answer.context["messages"]] == [
        "When: Select a valid choice. soon is not one of the available choices. "
        "Allowed: upcoming, past."
    ]


def test_odd_addresses_are_answered(client, group):
    client.force_login(make.secretary())

    for query in ("?p=99999", "?ordering=owner__password", "?q=%00", "?p=x"):
        for place in (*PLACES, "lpsa_interests"):
            assert client.get(reverse(f"{place}:index") + query).status_code == 200


# The number of queries.


@pytest.mark.parametrize("role", ["chair", "board", "secretariat"])
def test_lists_take_as_many_queries_for_50_pages_as_for_1(
    client, group, chair, role, django_assert_max_num_queries
):
    board = make.board_member()
    user = {"chair": chair, "board": board, "secretariat": make.secretary()}[role]
    client.force_login(user)
    word = make.InterestFactory()
    limits = {"chair": 24, "board": 24, "secretariat": 22}
    for count in (1, 3, 50):
        for _number in range(Page.objects.child_of(group).count(), count):
            page = make.draft(make.BlogPostFactory, group, owner=chair, interests=[word])
            make.submit(page, by=chair)
        with django_assert_max_num_queries(limits[role]):
            answer = client.get(reverse("lpsa_posts:index"))
        assert answer.context["paginator"].count == count
