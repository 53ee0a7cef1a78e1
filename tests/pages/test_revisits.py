"""Pages for who comes again: 304 if nothing changed, and what all see kept until it does."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from lpsa_wagtail import conf, models
from lpsa_wagtail.choices import Role
from tests import factories as make

#: Nothing that a test does is as old as this, and no webinar of the factories has begun.
NOW = dt.datetime(2029, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.LPSA_HTML_BY_CLOCK = None
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def group(committed):
    def made():
        word = models.Interest.objects.get(slug="kenya")
        group = make.group(slug="finance", title="Finance", interests=[word])
        make.post(group, slug="money", title="Money", interests=[word])
        make.webinar(group, slug="talk", title="Talk")
        return group

    return committed(made)


@pytest.fixture
def pages(group):
    return {
        "group": group.url,
        "post": models.BlogPost.objects.get().url,
        "webinar": models.Webinar.objects.get().url,
    }


def visit(address, **headers):
    return Client().get(address, headers=headers)


def text_of(address) -> str:
    """What a visitor reads who comes the second time, when all that can be kept is kept."""
    visit(address)
    response = visit(address)
    assert response.status_code == 200
    return response.text


def cost(address) -> int:
    with CaptureQueriesContext(connection) as seen:
        visit(address)
    return len(seen)


LISTS = ("/working-groups/", "/blog/", "/webinars/")


@pytest.mark.parametrize("kind", ["group", "post", "webinar", *LISTS])
def test_who_has_a_page_gets_304_until_something_is_noted(pages, committed, kind):
    address = pages.get(kind, kind)
    first = visit(address)
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]

    for headers in ({"if-none-match": tag}, {"if-modified-since": since}):
        again = visit(address, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert [again.headers[name] for name in ("ETag", "Cache-Control", "Last-Modified")] == [
            *(tag, "no-cache", since)
        ]
        assert "Cookie" in again.headers["Vary"]
    assert Client().head(address, headers={"if-none-match": tag}).status_code == 304
    assert visit(address, **{"if-none-match": '"other"'}).status_code == 200

    committed(lambda: make.post(models.BlogIndexPage.objects.get(), title="News"))
    for headers in ({"if-none-match": tag}, {"if-modified-since": since}):
        assert visit(address, **headers).status_code == 200


def test_what_is_kept_is_read_no_more(pages):
    first = {kind: cost(address) for kind, address in pages.items()}
    kept = {kind: cost(address) for kind, address in pages.items()}

    assert kept == {"group": 8, "post": 10, "webinar": 10}
    assert all(first[kind] > number for kind, number in kept.items())


def test_what_is_kept_says_the_same(pages):
    made = {kind: visit(address).text for kind, address in pages.items()}

    assert {kind: visit(address).text for kind, address in pages.items()} == made


def reads(text, address):
    return text in text_of(address)


def role(group, **fields):
    member = make.MemberFactory(name="Ama Mensah")
    fields = {"accepted_at": timezone.now(), "start": dt.date(2020, 1, 1), **fields}
    return make.MembershipFactory(group=group.record, member=member, role=Role.CO_CHAIR, **fields)


def test_a_group_shows_what_is_published_and_no_more_what_is_taken_down(pages, group, committed):
    assert not reads("Harvest", pages["group"])

    post = committed(lambda: make.post(group, title="Harvest"))
    assert reads("Harvest", pages["group"])

    committed(lambda: post.unpublish())
    assert not reads("Harvest", pages["group"])


def test_a_group_shows_roles_as_they_are(pages, group, committed):
    assert not reads("Ama Mensah", pages["group"])

    ama = committed(lambda: role(group))
    assert reads("Ama Mensah", pages["group"])

    def rename():
        ama.member.name = "Ama Owusu"
        ama.member.save()

    committed(rename)
    assert reads("Ama Owusu", pages["group"])

    committed(lambda: ama.delete())
    assert not reads("Ama", pages["group"])


def test_a_group_shows_roles_until_their_last_day(pages, group, committed, clock):
    committed(lambda: role(group, end=NOW.date()))
    assert reads("Ama Mensah", pages["group"])

    clock.shift(dt.timedelta(days=1))
    assert not reads("Ama Mensah", pages["group"])


def test_an_upcoming_webinar_becomes_past_without_an_edit(pages, group, committed, clock):
    start = NOW + dt.timedelta(hours=2)
    soon = {"starts_at": start, "ends_at": start + dt.timedelta(hours=1)}
    webinar = committed(lambda: make.webinar(group, title="Soon", slug="soon", **soon))
    words = {}
    for name in ("before", "during", "after"):
        words[name] = (text_of(webinar.url), text_of(pages["group"]))
        clock.shift(dt.timedelta(hours=1, minutes=59, seconds=59))

    notice = "lpsa-notice lpsa-notice-"
    states = {name: page.split(notice)[1].split('"')[0] for name, (page, _) in words.items()}
    assert states == {"before": "upcoming", "during": "running", "after": "held"}
    assert ["Past meetings" in listed for _page, listed in words.values()] == [False, False, True]


@pytest.mark.parametrize("kind", ["group", "post", "webinar"])
def test_a_page_that_is_closed_is_shown_to_nobody(pages, committed, kind):
    page = {"group": models.WorkingGroupPage, "post": models.BlogPost, "webinar": models.Webinar}
    page, address = page[kind].objects.get(), pages[kind]
    tag = visit(address).headers["ETag"]

    login = PageViewRestriction.LOGIN
    committed(lambda: PageViewRestriction.objects.create(page=page, restriction_type=login))

    for headers in ({}, {"if-none-match": tag}):
        assert visit(address, **headers).status_code == 302


def test_what_stands_around_content_is_followed(pages, group, committed, site):
    def write(**fields):
        return lambda: models.WorkingGroupSettings.objects.update_or_create(
            site=site, defaults=fields
        )

    committed(write(join_text="Write to us."))
    assert reads("Write to us.", pages["group"])
    committed(write(join_text="Call us."))
    assert reads("Call us.", pages["group"])

    word = models.Interest.objects.get(slug="kenya")
    word.name = "Republic of Kenya"
    committed(lambda: word.save())
    assert reads("Republic of Kenya", pages["post"])

    blog = models.BlogIndexPage.objects.get()
    assert reads(f'"{blog.url}?group=finance"', pages["post"])
    login = PageViewRestriction.LOGIN
    committed(lambda: PageViewRestriction.objects.create(page=blog, restriction_type=login))
    assert not reads(f'"{blog.url}?group=finance"', pages["post"])

    Site.objects.filter(pk=site.pk).update(site_name="Old name")
    site.site_name = "New name"
    committed(lambda: site.save())
    assert reads("New name", pages["group"])


def known_by(client, settings):
    """Requests that tell who asks, by what tells it."""
    client.force_login(make.secretary())
    session = Client()
    session.cookies[settings.SESSION_COOKIE_NAME] = "abc"
    message = Client()
    message.cookies["messages"] = "abc"
    return {"account": client, "session": session, "message": message}


def test_who_is_known_gets_the_page_made_anew_and_nothing_to_come_back_with(
    pages, client, settings
):
    address = pages["post"]
    tag = visit(address).headers["ETag"]

    for name, visitor in known_by(client, settings).items():
        response = visitor.get(address, headers={"if-none-match": tag})
        told = {key: response.headers.get(key) for key in ("Cache-Control", "ETag")}
        assert (name, response.status_code, told) == (
            *(name, 200),
            {"Cache-Control": "private, no-cache", "ETag": None},
        )
        assert "Cookie" in response.headers["Vary"]


def test_who_is_known_leaves_nothing_for_others(pages, client, settings):
    for visitor in known_by(client, settings).values():
        visitor.get(pages["post"])

    assert cost(pages["post"]) > cost(pages["post"]) == 10


BASE = "<title>{% block title %}{% endblock %}</title>EXTRA{% block content %}{% endblock %}"


def test_in_a_hosts_template_a_page_is_told_apart_by_what_it_says(pages, host_has):
    seen = []
    for extra in ("One", "One", "Two"):
        host_has({"base.html": BASE.replace("EXTRA", extra)})
        seen.append(visit(pages["post"]))
    tags = [response.headers["ETag"] for response in seen]

    assert (tags[0] == tags[1], tags[1] == tags[2]) == (True, False)
    assert {response.headers.get("Last-Modified") for response in seen} == {None}
    assert visit(pages["post"], **{"if-none-match": tags[2]}).status_code == 304
    since = "Mon, 01 Jan 2035 00:00:00 GMT"
    assert visit(pages["post"], **{"if-modified-since": since}).status_code == 200


def test_a_form_of_the_host_is_made_for_one_visitor(pages, host_has):
    host_has({"base.html": BASE.replace("EXTRA", "<form>{% csrf_token %}</form>")})
    tokens = set()
    for _visit in range(3):
        response = visit(pages["post"])
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in response.headers
        tokens.add(response.text.split('value="')[1].split('"')[0])
    assert len(tokens) == 3


def test_nothing_is_kept_where_the_host_has_one_of_our_templates(pages, host_has):
    name = "lpsa_wagtail/includes/authors.html"
    assert conf.page_is_ours()
    host_has({name: "{{ request.path }}"})

    assert not conf.content_is_ours()
    assert cost(pages["post"]) == cost(pages["post"])
    assert "Last-Modified" not in visit(pages["post"]).headers


@pytest.mark.parametrize("off", [{"LPSA_HTML_BY_CLOCK": False}, {"LPSA_HTML_KEPT_SECONDS": 0}])
def test_keeping_can_be_turned_off(pages, settings, off):
    for name, value in off.items():
        setattr(settings, name, value)

    assert cost(pages["post"]) == cost(pages["post"])
    assert "ETag" in visit(pages["post"]).headers


def test_the_host_says_how_long_pages_may_be_kept_elsewhere(pages, settings):
    settings.LPSA_HTML_CACHE_CONTROL = "public, max-age=60"
    assert visit(pages["post"]).headers["Cache-Control"] == "public, max-age=60"

    settings.LPSA_HTML_CACHE_CONTROL = ""
    assert "Cache-Control" not in visit(pages["post"]).headers


def test_refused_filters_and_ended_groups_are_not_told_apart(pages, group, committed):
    refused = visit("/blog/?topic=nothing")
    assert (refused.status_code, "ETag" in refused.headers) == (400, False)


def test_an_address_with_parameters_is_kept_by_nobody(pages):
    visit(pages["post"])
    number = cost(pages["post"])

    assert cost(f"{pages['post']}?utm_source=mail") > number
    assert cost(f"{pages['post']}?utm_source=mail") > number


def test_before_anything_was_noted_nothing_is_kept(pages):
    models.PublicClock.objects.all().delete()

    assert cost(pages["post"]) == cost(pages["post"])
    assert "ETag" in visit(pages["post"]).headers


def test_a_preview_is_made_anew(pages, client):
    post = models.BlogPost.objects.get()
    visit(pages["post"])
    post.title = "Money, revised"
    request = post.make_preview_request()

    assert "Money, revised" in request.text
    assert "Money, revised" not in text_of(pages["post"])
