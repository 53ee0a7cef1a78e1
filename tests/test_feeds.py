"""What feeds tell, read by a parser that we did not write."""

import datetime as dt

import feedparser
import pytest
import time_machine
from pydantic import AwareDatetime, BaseModel, ConfigDict, HttpUrl
from wagtail.models import Locale, PageViewRestriction, Site

from lpsa_wagtail import actions, models
from lpsa_wagtail.models.plain_text import address, line, plain
from tests import factories as make
from tests.pages.test_gone import end

ODD = "Fin\x00ance\x0b <b>&\u202eeldnub\u202c " + "x" * 200


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Author(Strict):
    name: str


class Item(Strict):
    """An item as jsonfeed.org defines it, as far as we use it."""

    id: str
    url: HttpUrl
    title: str
    content_text: str
    date_published: AwareDatetime
    date_modified: AwareDatetime
    language: str
    authors: list[Author] | None = None
    tags: list[str] | None = None


class JsonFeed(Strict):
    version: HttpUrl
    title: str
    home_page_url: HttpUrl
    feed_url: HttpUrl
    language: str
    items: list[Item]


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


@pytest.fixture
def json_told(client):
    def told(**parameters):
        answer = client.get("/lpsa/feed.json", parameters)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/feed+json")
        return JsonFeed.model_validate_json(answer.content)

    return told


def titles(feed) -> set[str]:
    return {entry.title for entry in feed.entries}


def test_an_entry_says_who_wrote_what_about_what(told):
    group = make.group(slug="finance")
    post = make.post(
        group,
        title="Money & function",
        summary="One < two.",
        authors=[models.BlogPostAuthor(name="A. First"), models.BlogPostAuthor(name="B. Second")],
        interests=models.Interest.objects.filter(slug="kenya"),
    )

    [entry] = told(type="post").entries

    assert entry.title == "Money & function"
    assert entry.link == f"http://localhost/working-groups/finance/{post.slug}/"
    assert entry.id == f"urn:lpsa-wagtail:{post.translation_key}:en"
    assert entry.summary == "<p>One &lt; two.</p>"
    assert [author.name for author in entry.authors] == ["A. First", "B. Second"]
    assert [tag.term for tag in entry.tags] == ["Kenya"]


def test_an_entry_of_an_event_says_when_it_is_and_whether(told):
    webinar = make.webinar(make.group(), summary="Come and see.")
    actions.change_facts(actor=make.secretary(), webinar=webinar, status="cancelled")

    [entry] = told(type="webinar").entries

    assert entry.summary == (
        "<p>Cancelled</p>\n\n<p>2030-05-07, 16:00 in Nairobi</p>\n\n<p>Come and see.</p>"
    )


def test_an_entry_of_a_group_says_what_it_is_and_is_for(told):
    group = make.group(designation="chapter", purpose="To share.")
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(state="forming")

    [entry] = told().entries

    assert (entry.link, entry.summary) == (
        group.full_url,
        "<p>Chapter · Forming</p>\n\n<p>To share.</p>",
    )


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"Post", "Talk", "Bridges", "Finance", "Health"}),
        ({"type": "post"}, {"Post", "Bridges"}),
        ({"type": "webinar"}, {"Talk"}),
        ({"type": "group, webinar"}, {"Talk", "Finance", "Health"}),
        ({"group": "finance"}, {"Post", "Talk"}),
        ({"region": "africa"}, {"Post", "Health"}),
        ({"region": "africa", "type": "webinar"}, set()),
        ({"region": "africa", "exact": "1"}, set()),
        ({"country": "KE", "type": "post"}, {"Post"}),
        ({"sector": "health"}, {"Talk"}),
        ({"topic": "decentralization", "group": "health"}, {"Bridges"}),
        ({"series": "Monday talks"}, {"Talk"}),
        ({"series": "Monday talks", "type": "post,webinar"}, {"Talk"}),
        ({"when": "upcoming"}, {"Talk"}),
        ({"focus": "regional"}, {"Health"}),
        ({"year": "2030", "type": "webinar"}, {"Talk"}),
        ({"language": "en", "type": "post"}, {"Post", "Bridges"}),
        ({"language": "fr"}, set()),
        ({"q": "bridges"}, {"Bridges"}),
        ({"order": "title"}, {"Post", "Talk", "Bridges", "Finance", "Health"}),
        ({"utm_source": "mail"}, {"Post", "Talk", "Bridges", "Finance", "Health"}),
    ],
)
def test_any_mix_can_be_followed(told, parameters, expected):
    words = models.Interest.objects
    group = make.group(slug="finance", title="Finance")
    kenya, topic = words.filter(slug="kenya"), words.filter(slug="decentralization")
    other = make.group(slug="health", title="Health", focus="regional", interests=kenya)
    make.post(group, title="Post", interests=kenya)
    health = words.filter(slug="health", kind="sector")
    make.webinar(group, title="Talk", series="Monday talks", interests=health)
    make.post(other, title="Bridges", interests=topic)

    assert titles(told(**parameters)) == expected


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"type": "page"}, "“page” is not a value that “type” can have."),
        ({"group": "x"}, "“x” is not a value that “group” can have."),
        ({"topic": "x"}, "“x” is not a value that “topic” can have."),
        ({"series": "x"}, "“x” is not a value that “series” can have."),
        (
            {"type": "post", "when": "past"},
            "“past” is not a value that “when” can have. "
            "Possible: nothing, together with the other parameters.",
        ),
        ({"type": ["post", "webinar"]}, "“post, webinar” is not a value that “type” can have."),
    ],
)
def test_a_filter_that_does_not_exist_is_refused_with_a_sentence(client, parameters, sentence):
    answer = client.get("/lpsa/feed.atom", parameters)

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(sentence)


def test_a_feed_says_what_it_is_a_selection_of(told, json_told, site):
    Site.objects.update(site_name="The Alliance")
    make.group(slug="finance", title="Finance")

    assert told().feed.title == "The Alliance"
    feed = told(group="finance", type="post", utm_source="mail")
    assert feed.feed.title == "The Alliance · Posts · Finance"
    own = "http://testserver/lpsa/feed.atom?type=post&group=finance"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": "http://localhost/",
        "self": own,
    }
    assert feed.feed.id == own
    assert str(json_told(type="post").feed_url) == "http://testserver/lpsa/feed.json?type=post"


def test_drafts_and_hidden_pages_are_not_told(told):
    group = make.group()
    make.draft(make.BlogPostFactory, group, title="Draft")
    post = make.post(group, title="Later")
    post.title = "A later draft"
    post.save_revision()
    down = make.post(group, title="Down")
    actions.take_down(actor=make.secretary(), page=down, reason="Wrong.")

    assert titles(told(group=group.slug)) == {"Later"}


def test_what_only_some_may_read_is_told_in_no_feed_and_no_calendar(told, client):
    group = make.group(title="Open")
    closed = [make.post(group, title="Closed"), make.webinar(group, title="Closed too")]
    for page in closed:
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert [entry.title for entry in told().entries] == ["Open"]
    assert b"Closed" not in client.get("/lpsa/feed.ics").content
    assert client.get(f"/lpsa/webinars/{closed[1].pk}.ics").status_code == 404


def test_a_group_that_was_dissolved_is_gone(client):
    group = make.group(slug="finance")
    end(group)

    assert client.get("/lpsa/feed.atom", {"group": "finance"}).status_code == 410


def test_no_text_breaks_a_feed(told, json_told):
    group = make.group()
    make.post(group, title="Plain")
    odd = make.post(group, title="Odd", summary="y" * 5000 + "\x0c\u2029]]>&nbsp;")
    models.BlogPost.objects.filter(pk=odd.pk).update(title=ODD.replace("\x00", ""))

    assert titles(told(type="post")) == {"Plain", line(ODD)}
    assert {item.title for item in json_told(type="post").items} == {"Plain", line(ODD)}
    assert "\u202e" not in line(ODD)


def test_what_cannot_be_told_is_left_out_and_logged(told, caplog):
    group = make.group()
    make.post(group, title="Good")
    undated = make.post(group, title="Undated")
    models.BlogPost.objects.filter(pk=undated.pk).update(
        first_published_at=None, last_published_at=None, listed_on=None
    )
    far = make.webinar(group, title="Far", time_zone="Asia/Tokyo")
    models.Webinar.objects.filter(pk=far.pk).update(
        starts_at=dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC), ends_at=None
    )

    assert titles(told(group=group.slug)) == {"Good"}
    for page in (undated, far):
        assert f"Page {page.pk} cannot be told" in caplog.text


def test_the_json_feed_says_the_same(json_told):
    group = make.group()
    post = make.post(
        group,
        title="Money",
        summary="Two sentences.",
        authors=[models.BlogPostAuthor(name="A. First")],
    )
    make.webinar(group, interests=models.Interest.objects.filter(slug="kenya"))

    told = json_told(type="post")
    assert str(told.version) == "https://jsonfeed.org/version/1.1"
    [item] = told.items
    assert (item.title, item.content_text, item.authors) == (
        "Money",
        "Two sentences.",
        [Author(name="A. First")],
    )
    assert item.date_published == make.fresh(post).first_published_at
    [event] = json_told(type="webinar").items
    assert (event.authors, event.tags) == (None, ["Kenya"])
    assert len(json_told().items) == 3


def test_posts_come_by_the_date_that_they_show(told):
    group = make.group()
    make.post(group, title="Old", published_on=dt.date(2015, 1, 1))
    make.post(group, title="New", published_on=dt.date(2024, 3, 1))

    entries = told(type="post").entries

    assert [(entry.title, entry.published) for entry in entries] == [
        ("New", "2024-03-01T12:00:00+00:00"),
        ("Old", "2015-01-01T12:00:00+00:00"),
    ]


def test_facts_that_change_bring_an_event_up_to_date(told):
    with time_machine.travel(dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        webinar = make.webinar(make.group())
        clock.shift(3600)
        actions.change_facts(actor=make.secretary(), webinar=webinar, venue="Hall 2")

        [entry] = told(type="webinar").entries

    assert (entry.published, entry.updated) == (
        "2030-05-01T09:00:00+00:00",
        "2030-05-01T10:00:00+00:00",
    )


def test_a_feed_stays_inside_the_site_that_is_asked(told, client, other_site):
    make.post(make.group(), title="Here")

    there = client.get("/lpsa/feed.atom", headers={"host": other_site.hostname})

    assert titles(told(type="post")) == {"Here"}
    feed = feedparser.parse(there.content)
    assert (feed.feed.title, feed.entries) == ("other.example.org", [])


def test_entries_lead_to_the_front_end_that_shows_them(json_told, settings):
    settings.LPSA_FRONTEND_URL = "https://www.example.org"
    make.post(make.group(slug="finance"), slug="money")

    told = json_told(type="post")

    assert str(told.items[0].url) == "https://www.example.org/working-groups/finance/money/"
    assert str(told.home_page_url) == "https://www.example.org/"
    assert str(told.feed_url) == "http://testserver/lpsa/feed.json?type=post"


def test_addresses_are_https_where_the_reader_is(client):
    make.post(make.group(slug="finance"), slug="money")

    answer = client.get("/lpsa/feed.json?type=post", secure=True, headers={"host": "localhost"})

    [item] = answer.json()["items"]
    assert item["url"] == "https://localhost/working-groups/finance/money/"
    assert answer.json()["feed_url"] == "https://localhost/lpsa/feed.json?type=post"


def test_a_group_in_two_languages_is_followed_in_the_one_asked_for(told, site, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    group = make.group(slug="finance")
    post = make.post(group, title="Money")
    for page, title in ((group, "Finances"), (post, "Argent")):
        translation = page.copy_for_translation(french, copy_parents=True)
        translation.title, translation.slug = title, page.slug
        translation.save_revision()
        actions.install_page(actor=None, page=translation)

    assert titles(told(group="finance", language="fr")) == {"Argent"}
    assert titles(told(group="finance", language="en")) == {"Money"}
    assert titles(told(language="fr")) == {"Argent", "Finances"}


def test_who_has_it_is_told_so(client, django_capture_on_commit_callbacks):
    with time_machine.travel(dt.datetime(2029, 5, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True):
            group = make.group()
        clock.shift(2)
        first = client.get("/lpsa/feed.atom")
        had = {"If-None-Match": first["ETag"]}
        assert client.get("/lpsa/feed.atom", headers=had).status_code == 304

        with django_capture_on_commit_callbacks(execute=True):
            make.post(group, title="New")
        clock.shift(2)
        assert titles(feedparser.parse(client.get("/lpsa/feed.atom", headers=had).content)) == {
            group.title,
            "New",
        }


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_as_many_queries_for_3_as_for_1(client, django_assert_num_queries, number):
    for _each in range(number):
        group = make.group()
        make.post(group)
        make.webinar(group)
    client.get("/lpsa/feed.atom")

    with django_assert_num_queries(14):
        client.get("/lpsa/feed.atom")


def test_text_keeps_its_lines_and_addresses_have_none():
    assert plain("One\r\ntwo\x07\u2028three") == "One\ntwo\nthree"
    assert line("One\r\n two\u2029three") == "One two three"
    assert plain("\u200fعربي\u200e") == "\u200fعربي\u200e"
    assert address("https://example.org/\r\nX: y") == "https://example.org/X:y"
    assert address("javascript:alert(1)") == ""
