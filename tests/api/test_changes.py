"""Following the site: everything once, in order, from where one stopped."""

import pytest
from django.db.models import QuerySet
from wagtail.models import Page, Site

from lpsa_wagtail import actions, models
from lpsa_wagtail.models import Change, Publication, PublicClock
from tests import factories as make
from tests.api.conftest import PREFIX


@pytest.fixture(autouse=True)
def nothing_noted():
    for model in (Change, Publication, PublicClock):
        QuerySet(model).delete()


@pytest.fixture
def group():
    """A group that is noted, without anything else."""
    models.Interest.objects.update(parent=None)
    models.Interest.objects.all().delete()
    group = make.group(slug="finance")
    note()
    return group


def note():
    actions.note_public_changes(actor=None, everything=True)


def follow(client, address):
    """Ask on until there is no more; gives (number, kind, slug), and where to ask from then."""
    found, more = [], True
    while more:
        answer = client.get(address).json()
        found += [(each["number"], each["kind"], each["slug"]) for each in answer["results"]]
        address, more = answer["next"], answer["more"]
    return found, address


def test_before_anything_was_noted_there_is_nothing(ask):
    answer = ask("changes/").json()

    assert answer == {
        "results": [],
        "next": f"http://testserver{PREFIX}changes/?after=0",
        "more": False,
    }


def test_a_thing_has_its_address_while_it_is_public(ask, group):
    post = make.post(group, slug="money")
    note()
    group_there, post_there = ask("changes/").json()["results"]
    post.unpublish()
    note()
    answers = ask("changes/", type="post").json()["results"]

    assert group_there["address"] == f"http://testserver{PREFIX}groups/finance/"
    assert post_there["address"] == f"http://testserver{PREFIX}posts/{post.pk}/"
    assert [(each["kind"], each["address"]) for each in answers] == [
        ("published", None),
        ("taken-down", None),
    ]
    assert set(post_there) == {"number", "type", "kind", "at", "id", "slug", "address"}
    assert post_there["id"] == post.pk


def test_who_asks_on_gets_everything_once_and_then_what_comes(client, group):
    for number in range(5):
        make.post(group, slug=f"post-{number}")
    note()
    found, address = follow(client, f"{PREFIX}changes/?page_size=2")
    again, address = follow(client, address)
    make.post(group, slug="later")
    note()
    later, _address = follow(client, address)

    assert found == [
        (1, "published", "finance"),
        *((number + 2, "published", f"post-{number}") for number in range(5)),
    ]
    assert (again, later) == ([], [(7, "published", "later")])


def test_filters_go_along_and_skip_what_they_left_out(client, ask, group):
    make.post(group, slug="money")
    make.webinar(group)
    note()

    answer = ask("changes/", type="group", kind="published").json()

    assert [each["slug"] for each in answer["results"]] == ["finance"]
    assert answer["next"].endswith("?type=group&kind=published&after=3")
    assert client.get(answer["next"]).json()["results"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("after", value) for value in ("-1", "x", "1.0", "2", "9" * 30, "١", "1e0")),
        ("type", "page"),
        ("kind", "gone"),
        ("page_size", "0"),
        ("page", "1"),
    ],
)
def test_what_cannot_be_is_refused(ask, group, name, value):
    answer = ask("changes/", **{name: value})

    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_each_site_has_its_own_and_words_belong_to_all(client, group, settings):
    settings.ALLOWED_HOSTS = ["*"]
    home = Page.objects.get(depth=1).add_child(title="Other", slug="other-home")
    Site.objects.create(hostname="other.example.org", root_page=home)
    make.InterestFactory(slug="water")
    note()

    other = client.get(f"{PREFIX}changes/", headers={"host": "other.example.org"})
    here = client.get(f"{PREFIX}changes/")

    assert [each["slug"] for each in other.json()["results"]] == ["water"]
    assert [each["slug"] for each in here.json()["results"]] == ["finance", "water"]
    assert other.json()["results"][0]["address"] == (
        f"http://other.example.org{PREFIX}interests/water/"
    )


@pytest.mark.urls("tests.api.urls_elsewhere")
def test_addresses_are_where_the_api_is(client, group):
    answer = client.get("/a/b/c/changes").json()

    assert answer["results"][0]["address"] == "http://testserver/a/b/c/groups/finance/"
    assert answer["next"] == "http://testserver/a/b/c/changes?after=1"


@pytest.mark.parametrize("number", [1, 3, 500])
def test_it_costs_three_queries_wherever_one_is(client, group, number, django_assert_num_queries):
    clock = PublicClock.objects.now()
    Change.objects.bulk_create(
        Change(
            number=clock.number + each,
            noun="post",
            object_id=each,
            slug=f"post-{each}",
            path=group.path + "0001",
            kind="published",
            at=clock.touched_at,
        )
        for each in range(1, number + 1)
    )
    PublicClock.objects.update(number=clock.number + number)

    for after in (0, number // 2, number, number + 1):
        with django_assert_num_queries(3):
            answer = client.get(f"{PREFIX}changes/?after={after}&page_size=100")
        left = min(100, number + 1 - after)
        assert len(answer.json()["results"]) == left
