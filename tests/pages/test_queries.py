"""The number of queries of each page, the same for few items and for many."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPostAuthor,
    WebinarCity,
    WebinarCoHost,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPartner,
)
from tests import factories as make

AMOUNTS = (1, 3, 50)


@pytest.fixture(autouse=True)
def _renditions_come_from_the_database(settings):
    """What a cache would hide is counted."""
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "renditions": dummy}


def queries(address) -> int:
    """Queries of a visit when the site is warm: pictures are made, addresses are known."""
    visitor = Client()
    assert visitor.get(address).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert visitor.get(address).status_code == 200
    return len(seen)


def figures_and_documents(number):
    image, document = make.image(), make.document()
    return [("figure", {"image": image, "caption": "A pier"})] * number + [
        ("document", {"document": document})
    ] * number


def texts_with_links(number):
    link = f'<p><a linktype="page" id="{make.index_page(BlogIndexPage).pk}">Blog</a></p>'
    return [("paragraph", link)] * number


@pytest.fixture
def words():
    return [make.InterestFactory(kind=kind) for kind in ("topic", "region", "sector")]


@pytest.fixture(params=AMOUNTS)
def number(request):
    return request.param


def add_contents(group, number, words):
    """As many posts, and as many webinars, half of them past; with all that cards print."""
    now = timezone.now().replace(microsecond=0)
    for n in range(number):
        make.post(
            group,
            title=f"Post {n}",
            published_on=dt.date(2000 + n, 1, 1),
            authors=[BlogPostAuthor(name=f"Author {k}") for k in range(3)],
            interests=words,
            lead_image=make.image(),
        )
        start = now + dt.timedelta(hours=n + 1 if n % 2 else -n - 1)
        make.webinar(
            group,
            title=f"Event {n}",
            starts_at=start,
            ends_at=start + dt.timedelta(minutes=30),
            interests=words,
            lead_image=make.image(),
        )


def add_people(group, number):
    for role in [Role.CO_CHAIR, Role.RESEARCHER] * number:
        member = make.MemberFactory(in_directory=True)
        role = {"role": role, "public": True, "accepted_at": timezone.now()}
        make.MembershipFactory(group=group.record, member=member, **role)


def test_group_page_and_lists(number, words):
    partners = [WorkingGroupPartner(name=f"P{n}", logo=make.image()) for n in range(number)]
    group = make.group(
        title="Delta",
        interests=words,
        lead_image=make.image(),
        terms_of_reference=make.document(),
        partners=partners,
        body=figures_and_documents(number),
    )
    add_contents(group, number, words)
    add_people(group, number)
    make.post(make.group(title="Hills"), joint_groups=[group])

    assert queries(group.url) == 19

    blog, webinars = make.index_page(BlogIndexPage).url, make.index_page(WebinarIndexPage).url
    narrowed = "&".join(["group=delta", *(f"{word.kind}={word.slug}" for word in words)])
    assert queries(blog) == 14
    assert queries(f"{blog}?{narrowed}&year=2000&q=post") == 15
    assert queries(webinars) == 12
    assert queries(f"{webinars}?{narrowed}&when=past&format=webinar&q=event") == 13


def test_directory_and_pages_of_several_groups(number, words):
    groups = [make.group(title=f"Group {n}", interests=words) for n in range(number)]
    common = {
        "lead_image": make.image(),
        "body": figures_and_documents(number),
        "joint_groups": groups,
        "interests": words,
    }
    authors = [BlogPostAuthor(name=f"Author {n}") for n in range(number)]
    post = make.post(groups[0], authors=authors, **common)
    person = {"name": "Ama", "affiliation": "", "role": "speaker"}
    row = {"title": "Opening", "contributors": [person] * 3, "recording_url": ""}
    event = make.webinar(
        groups[0],
        slides=make.document(),
        agenda=[("row", row)] * number,
        cities=[WebinarCity(time_zone="Asia/Kolkata") for _each in range(number)],
        co_hosts=[WebinarCoHost(name=f"Host {n}") for n in range(number)],
        **common,
    )

    assert queries(make.index_page(WorkingGroupIndexPage).url) == 11
    assert queries(post.url) == 17
    assert queries(event.url) == 17


def test_links_in_texts_are_looked_up_together(number):
    plain, linked = make.group(), make.group(body=texts_with_links(number))
    assert queries(linked.url) - queries(plain.url) == 2


def blocks(number, words):
    """So many of each block; a body has six lists at most, three of each kind."""
    text = texts_with_links(1)[0][1]
    picture = {"image": make.image(), "caption": "A pier"}
    lists = [
        ("list", {"title": "", "kind": kind, "interest": words[0].slug, "number": 10})
        for kind in ("posts", "webinars")
    ]
    return [
        *figures_and_documents(number),
        *texts_with_links(number),
        *[("callout", {"kind": "note", "title": "", "text": text})] * number,
        *[("gallery", {"pictures": [picture] * number})] * number,
        *lists * min(number, 3),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_a_text_with_all_blocks_asks_the_same_for_few_and_for_many(number, words):
    group = make.group(title="Delta", interests=words)
    add_contents(group, number, words)
    plain = [block for block in blocks(number, words) if block[0] != "list"]

    def three_pages(body):
        pages = (make.post(group, body=body), make.webinar(group, body=body))
        return [queries(page.url) for page in (*pages, make.group(body=body))]

    # The pictures of galleries come with those of figures, and the links of callouts with those
    # of texts. Lists take eight queries more, however many there are.
    assert three_pages(plain) == [17, 18, 20]
    assert three_pages([*plain, *[b for b in blocks(number, words) if b[0] == "list"]]) == [
        25,
        26,
        28,
    ]
