"""What feeds tell, read by a parser that we did not write."""

import datetime as dt

import feedparser
import pytest

from lpsa_wagtail import feeds, models
from lpsa_wagtail.models.plain_text import address, line, plain
from tests import factories as make

ODD = "Fin\x00ance\x0b <b>&\u202eeldnub\u202c " + "x" * 200


@pytest.fixture
def told(client):
    def told(**parameters):
        answer = client.get("/lpsa/feed.atom", parameters)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        return feed

    return told


def test_an_entry_says_who_wrote_what_about_what(told):
    group = make.group(slug="finance")
    post = make.post(
        group,
        title="Money & function",
        summary="One < two.",
        authors=[models.BlogPostAuthor(name="A. First"), models.BlogPostAuthor(name="B. Second")],
        interests=models.Interest.objects.filter(slug="kenya"),
    )

    [entry] = told().entries

    assert entry.title == "Money & function"
    assert entry.link == f"http://localhost/working-groups/finance/{post.slug}/"
    assert entry.id == f"urn:lpsa-wagtail:{post.translation_key}:en"
    assert entry.summary == "<p>One &lt; two.</p>"
    assert [author.name for author in entry.authors] == ["A. First", "B. Second"]
    assert [tag.term for tag in entry.tags] == ["Kenya"]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"Post", "Talk", "Other"}),
        ({"type": "post"}, {"Post", "Other"}),
        ({"type": "webinar"}, {"Talk"}),
        ({"group": "finance"}, {"Post", "Talk"}),
        ({"region": "africa"}, {"Post"}),
        ({"region": "africa", "type": "webinar"}, set()),
        ({"utm_source": "mail"}, {"Post", "Talk", "Other"}),
    ],
)
def test_any_mix_can_be_followed(told, parameters, expected):
    group, other = make.group(slug="finance"), make.group(slug="health")
    make.post(group, title="Post", interests=models.Interest.objects.filter(slug="kenya"))
    make.webinar(group, title="Talk")
    make.post(other, title="Other")

    assert {entry.title for entry in told(**parameters).entries} == expected


@pytest.mark.parametrize(("name", "value"), [("type", "page"), ("group", "x"), ("topic", "x")])
def test_a_filter_that_does_not_exist_is_refused_with_a_sentence(client, name, value):
    answer = client.get("/lpsa/feed.atom", {name: value})

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(f"“{value}” is not a value that “{name}” can have.")


def test_drafts_and_hidden_pages_are_not_told(told):
    group = make.group()
    make.draft(make.BlogPostFactory, group, title="Draft")
    post = make.post(group, title="Later")
    post.title = "A later draft"
    post.save_revision()

    assert [entry.title for entry in told().entries] == ["Later"]


def test_no_text_breaks_a_feed(told, client):
    group = make.group()
    make.post(group, title="Plain")
    odd = make.post(group, title="Odd", summary="y" * 5000)
    models.BlogPost.objects.filter(pk=odd.pk).update(title=ODD.replace("\x00", ""))

    titles = {entry.title for entry in told().entries}
    items = client.get("/lpsa/feed.json").json()["items"]

    assert titles == {"Plain", line(ODD)}
    assert {item["title"] for item in items} == {"Plain", line(ODD)}
    assert "\u202e" not in line(ODD)


def test_one_bad_page_is_left_out(told, caplog, monkeypatch):
    group = make.group()
    make.post(group, title="Good")
    bad = make.post(group, title="Bad")
    entry = feeds._entry

    def failing(page, request):
        if page.pk == bad.pk:
            raise ValueError("broken")
        return entry(page, request)

    monkeypatch.setattr(feeds, "_entry", failing)

    assert [entry.title for entry in told().entries] == ["Good"]
    assert f"Page {bad.pk} cannot be told" in caplog.text


def test_the_json_feed_says_the_same(client):
    group = make.group()
    post = make.post(group, title="Money", summary="Two sentences.")

    answer = client.get("/lpsa/feed.json", {"type": "post"})

    told = answer.json()
    assert answer["Content-Type"] == "application/feed+json"
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == "http://testserver/lpsa/feed.json?type=post"
    assert [(item["title"], item["content_text"]) for item in told["items"]] == [
        ("Money", "Two sentences.")
    ]
    moment = dt.datetime.fromisoformat(told["items"][0]["date_published"])
    assert moment == make.fresh(post).first_published_at


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_as_many_queries_for_3_as_for_1(client, django_assert_num_queries, number):
    group = make.group()
    for _each in range(number):
        make.post(group)
        make.webinar(group)
    client.get("/lpsa/feed.atom")

    with django_assert_num_queries(11):
        client.get("/lpsa/feed.atom")


def test_text_keeps_its_lines_and_addresses_have_none():
    assert plain("One\r\ntwo\x07") == "One\ntwo"
    assert line("One\r\n two") == "One two"
    assert address("https://example.org/\r\nX: y") == "https://example.org/X:y"
