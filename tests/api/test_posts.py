"""What the API says about blog posts."""

import datetime as dt

import pytest

from lpsa_wagtail import models
from lpsa_wagtail.choices import Designation
from tests import factories as make
from tests.api.conftest import published, reference_to

EXPERTS = "Expert Working Group"


@pytest.fixture
def group():
    return make.group(title="Finance", slug="finance", designation=Designation.EXPERT_WORKING_GROUP)


def test_the_list_names_authors_group_and_interests(ask, group):
    words = models.Interest.objects.filter(slug__in=["kenya", "subnational-finance"])
    member = make.MemberFactory(name="A. Sample", email="a.sample@example.org")
    post = make.post(
        group,
        title="Money follows function",
        slug="money",
        subtitle="And rarely the other way",
        summary="Two sentences.",
        published_on=dt.date(2023, 4, 5),
        original_source_name="A journal",
        original_source_url="https://example.org/original",
        authors=[
            models.BlogPostAuthor(name="Z. Second", affiliation="", sort_order=1),
            models.BlogPostAuthor(name="A. First", affiliation="A city", sort_order=0),
        ],
        interests=words,
    )
    models.BlogPostAuthor.objects.filter(name="A. First").update(member=member)

    answer = ask("posts/")

    assert answer.json() == {
        "results": [
            {
                "id": post.pk,
                "slug": "money",
                "title": "Money follows function",
                "url": "http://localhost/working-groups/finance/money/",
                "subtitle": "And rarely the other way",
                "summary": "Two sentences.",
                "date": "2023-04-05",
                **published(post),
                "language": "en",
                "authors": [
                    {"name": "A. First", "affiliation": "A city"},
                    {"name": "Z. Second", "affiliation": ""},
                ],
                "group": reference_to(group, EXPERTS),
                "joint_groups": [],
                "interests": [
                    {"slug": "kenya", "kind": "region", "label": "Kenya"},
                    {"slug": "subnational-finance", "kind": "topic", "label": words[1].label},
                ],
                "lead_image": None,
                "original_source": {"name": "A journal", "url": "https://example.org/original"},
            }
        ],
        "next": None,
        "previous": None,
        "count": None,
    }


def test_one_post_adds_its_text(ask, group):
    other = make.group(title="Health", slug="health")
    post = make.post(
        group,
        lead_image=make.image(),
        lead_image_alt="A market",
        joint_groups=[other],
        body=[("paragraph", "<p>Money follows function.</p>")],
        authors=[models.BlogPostAuthor(name="A. First")],
        interests=models.Interest.objects.filter(slug="kenya"),
    )
    [listed] = ask("posts/").json()["results"]

    answer = ask(f"posts/{post.pk}/").json()

    text = "<p>Money follows function.</p>"
    assert listed["joint_groups"] == [reference_to(other)]
    assert listed["lead_image"]["alt"] == "A market"
    assert answer == listed | {
        "body": [{"type": "paragraph", "format": "html", "text": text, "links": []}],
    }
    assert ask("posts/", fields="body").json()["results"] == [answer]


def test_credited_groups_come_by_title_without_the_own_one(ask, group):
    first, second = make.group(title="Alpha"), make.group(title="Zeta")
    post = make.post(group, joint_groups=[second, group, first])

    credited = [reference_to(first), reference_to(second)]
    assert ask(f"posts/{post.pk}/").json()["joint_groups"] == credited
    assert ask("posts/").json()["results"][0]["joint_groups"] == credited


def test_a_post_of_the_alliance_itself_has_no_group(ask):
    post = make.post(make.index_page(models.BlogIndexPage))

    assert ask("posts/").json()["results"][0]["group"] is None
    assert ask(f"posts/{post.pk}/").json()["group"] is None


def test_a_merged_interest_is_shown_as_what_it_became(ask, group):
    kenya = models.Interest.objects.get(slug="kenya")
    post = make.post(group, interests=[kenya])
    africa = models.Interest.objects.get(slug="africa")
    models.Interest.objects.filter(pk=kenya.pk).update(merged_into=africa)
    shown = [{"slug": "africa", "kind": "region", "label": africa.label}]

    assert ask(f"posts/{post.pk}/").json()["interests"] == shown
    assert ask("posts/").json()["results"][0]["interests"] == shown


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["Newer", "Older", "Oldest"]),
        ({"group": "finance"}, ["Newer", "Oldest"]),
        ({"group": "health"}, ["Older", "Oldest"]),
        ({"year": "2021"}, ["Older", "Oldest"]),
        ({"region": "Sub-Saharan Africa"}, ["Older"]),
        ({"region": "africa", "exact": "1"}, []),
        ({"region": "kenya", "exact": "1"}, ["Older"]),
        ({"topic": ""}, ["Newer", "Older", "Oldest"]),
        ({"q": "irrigation"}, ["Oldest"]),
        ({"q": "irrigation", "group": "health", "year": "2021"}, ["Oldest"]),
        ({"country": "KE"}, ["Older"]),
        ({"country": "ke", "exact": "1"}, ["Older"]),
        ({"from": "2021-01-02"}, ["Newer", "Older"]),
        ({"to": "2021-01-02"}, ["Older", "Oldest"]),
        ({"from": "2021-01-02", "to": "2021-01-02"}, ["Older"]),
        ({"from": "2022-01-02", "to": "2021-01-02"}, []),
        ({"language": "en"}, ["Newer", "Older", "Oldest"]),
        ({"language": "fr"}, []),
        ({"order": "date"}, ["Oldest", "Older", "Newer"]),
        ({"order": "title"}, ["Newer", "Older", "Oldest"]),
        ({"order": "-title"}, ["Oldest", "Older", "Newer"]),
        ({"order": "-updated"}, ["Newer", "Older", "Oldest"]),
    ],
)
def test_posts_are_found_by_their_filters(ask, group, parameters, expected):
    health = make.group(slug="health")
    kenya = models.Interest.objects.filter(slug="kenya")
    make.post(
        group,
        title="Oldest",
        published_on=dt.date(2021, 1, 1),
        summary="On irrigation.",
        joint_groups=[health],
    )
    make.post(health, title="Older", published_on=dt.date(2021, 1, 2), interests=kenya)
    make.post(group, title="Newer", published_on=dt.date(2022, 1, 1))

    answer = ask("posts/", page="1", **parameters).json()

    assert [post["title"] for post in answer["results"]] == expected
    assert answer["count"] == len(expected)
    assert ask("posts/", **parameters).json()["results"] == answer["results"]


def test_posts_are_found_by_their_ids(ask, group):
    posts = [make.post(group) for _number in range(3)]
    largest = "9" * 18

    wanted = f"{posts[0].pk}, {posts[2].pk},{posts[2].pk},{group.pk},0,{largest}"

    found = [post["id"] for post in ask("posts/", ids=wanted).json()["results"]]
    assert found == [posts[2].pk, posts[0].pk]


def test_a_group_at_the_place_of_another_has_its_own_posts(ask, group):
    other = make.group(slug="health")
    theirs = make.post(group, joint_groups=[other])
    assert [post["id"] for post in ask("posts/", group="health").json()["results"]] == [theirs.pk]
    place = other.path
    models.WorkingGroupPage.objects.filter(pk=other.pk).update(path=f"{place[:-1]}Y")
    newer = make.group(slug="newer")
    models.WorkingGroupPage.objects.filter(pk=newer.pk).update(path=place)

    assert ask("posts/", group="newer").json()["results"] == []


@pytest.mark.parametrize("post_id", ["0", "-1", "abc", "1.5", "9" * 19, "9" * 5000, "%00", "１"])
def test_a_post_that_is_not_there(ask, post_id):
    answer = ask(f"posts/{post_id}/")

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:lpsa-wagtail:problem:not-found"


def test_an_id_of_another_kind_of_page_is_no_post(ask, group):
    assert ask(f"posts/{group.pk}/").status_code == 404
