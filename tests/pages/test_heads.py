"""What our pages say in the head, once, wherever the base template has a place for it."""

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Locale, Page, PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.conf import blocks_of
from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from lpsa_wagtail.models.shell import head_block_is_missing
from tests import factories as make

CSS = "/static/lpsa_wagtail/lpsa.css"
HEADLESS = """<title>{% block title %}{% endblock %}</title>
<body>{% block content %}{% endblock %}"""
TAG = "{% load lpsa_tags %}{% lpsa_head %}" + HEADLESS
BLOCK = "{% block extra_head %}<meta name=theirs>{% endblock %}" + HEADLESS
LATE = HEADLESS + "{% load lpsa_tags %}{% lpsa_head %}"


@pytest.fixture
def post():
    return make.post(make.group(), title="Bridges", slug="bridges", summary="What it took.")


def look(visit, page, status=200):
    """What a page says of itself: (styles, description, canonical, alternates, ``Link``)."""
    address = page if isinstance(page, str) else page.url
    seen = visit(address, status=status)
    return (
        [link["href"] for link in seen.select("link[rel=stylesheet]")],
        [meta["content"] for meta in seen.select("meta[name=description]")],
        [link["href"] for link in seen.select("link[rel=canonical]")],
        {link["hreflang"]: link["href"] for link in seen.select("link[rel=alternate][hreflang]")},
        Client().get(address).headers.get("Link"),
    )


FEEDS_OF_A_GROUP = {
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
}


def canonical(page):
    return f'<{page.full_url}>; rel="canonical"'


def header(page):
    """``Link`` of a page in a group: its own address, and where to follow the group."""
    found = [canonical(page)]
    for name, media in FEEDS_OF_A_GROUP.items():
        address = f"http://testserver/lpsa/feed.{name}?group={page.group.slug}"
        found.append(f'<{address}>; rel="alternate"; type="{media}"')
    return ", ".join(found)


# Where it is printed.


@pytest.mark.parametrize(
    ("base", "block"),
    [(None, ""), (None, "extra_head"), (TAG, ""), (BLOCK, "extra_head"), (LATE, "")],
    ids=["own shell", "own shell and a block", "tag", "block", "tag after the content"],
)
def test_a_template_with_a_place_for_the_head_gets_all_of_it_once(
    post, visit, host_has, settings, base, block
):
    settings.LPSA_HEAD_BLOCK = block
    if base:
        host_has({"base.html": base})

    assert look(visit, post) == ([CSS], ["What it took."], [post.full_url], {}, None)


def test_tag_and_block_together_print_it_once(post, visit, host_has, settings):
    host_has({"base.html": BLOCK.replace("<body>", "{% load lpsa_tags %}{% lpsa_head %}<body>")})
    settings.LPSA_HEAD_BLOCK = "extra_head"

    assert look(visit, post) == ([CSS], ["What it took."], [post.full_url], {}, None)


@pytest.mark.parametrize("block", ["", "no_such_block"])
def test_without_a_place_the_style_comes_with_the_content_and_the_links_as_a_header(
    post, visit, host_has, settings, block
):
    host_has({"base.html": BLOCK})
    settings.LPSA_HEAD_BLOCK = block

    assert look(visit, post) == ([CSS], [], [], {}, header(post))
    assert visit(post).select("body link[rel=stylesheet]") != []


def test_what_the_host_has_in_the_block_stays(post, visit, host_has, settings):
    host_has({"base.html": BLOCK})
    settings.LPSA_HEAD_BLOCK = "extra_head"

    names = [tag.get("name") or tag["rel"][0] for tag in visit(post).select("meta[name], link")]
    assert names == [
        *("theirs", "stylesheet", "description", "twitter:card", "canonical"),
        *["alternate"] * 3,
    ]


def test_the_header_of_the_host_stays(post, visit, host_has):
    host_has({"base.html": HEADLESS})
    response = post.serve(RequestFactory().get(post.url))
    response["Link"] = "</font.woff2>; rel=preload"

    assert response.render()["Link"] == f"</font.woff2>; rel=preload, {header(post)}"


def test_the_tag_is_silent_on_pages_that_are_not_ours(site, host_has):
    not_found = '{% extends "base.html" %}{% block content %}No.{% endblock %}'
    host_has({"base.html": TAG, "404.html": not_found, "wagtailcore/page.html": not_found})

    news = Page(title="News", slug="news")
    site.root_page.add_child(instance=news)

    for address, status in ((news.url, 200), ("/nothing/here/", 404)):
        response = Client().get(address)
        assert response.status_code == status
        assert response.content.decode() == "<title></title>\n<body>No."


@pytest.mark.parametrize("base", [None, TAG, HEADLESS], ids=["own shell", "tag", "no place"])
def test_a_preview_has_the_style_and_claims_no_address(post, preview, host_has, base):
    if base:
        host_has({"base.html": base})
    post.title = "Changed"

    seen = preview(post)

    assert [link["href"] for link in seen.select("link[rel=stylesheet]")] == [CSS]
    assert seen.select("link[rel=canonical]") == []


@pytest.mark.parametrize("base", [None, TAG, HEADLESS], ids=["own shell", "tag", "no place"])
def test_a_refusal_has_the_style_and_claims_no_address(visit, host_has, base):
    if base:
        host_has({"base.html": base})
    address = make.index_page(BlogIndexPage).url

    assert look(visit, f"{address}?topic=no", 400) == ([CSS], [], [], {}, None)


# What it says.


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?page=", ""),
        ("?page=1", ""),
        ("?page=2", "?page=2"),
        ("?page=02", "?page=2"),
        ("?q=bridges", ""),
        ("?q=bridges&page=2", ""),
        ("?utm_source=letter", ""),
    ],
)
def test_each_page_of_a_list_has_its_address_whatever_narrows_it(visit, settings, query, canonical):
    settings.LPSA_PAGE_SIZE = 1
    blog = make.index_page(BlogIndexPage)
    for number in range(2):
        make.post(blog, title=f"Bridges {number}")

    assert look(visit, blog.url + query)[2] == [blog.full_url + canonical]


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"search_description": "Found.", "summary": "Short."}, "Found."),
        ({"summary": "Two\n\nlines & a <b>."}, "Two lines & a ."),
        ({"summary": "long " * 90}, ("long " * 90)[:199] + "…"),
        ({"summary": ""}, None),
    ],
)
def test_the_description_is_the_first_text_that_there_is(visit, fields, description):
    page = make.post(make.group(), **fields)

    assert look(visit, page)[1] == ([description] if description else [])


def test_the_description_of_a_list_is_its_introduction(visit):
    blog = make.index_page(BlogIndexPage)
    BlogIndexPage.objects.update(introduction="<p>All &amp; <b>everything</b>.</p>")

    assert look(visit, blog)[1] == ["All & everything."]


def test_addresses_are_https_where_the_reader_is(post):
    text = Client().get(post.url, secure=True, headers={"host": "localhost"}).content.decode()

    assert f'<link rel="canonical" href="https://localhost{post.url}">' in text


@pytest.fixture
def french(site, settings):
    settings.ROOT_URLCONF = "tests.pages.urls_in_languages"
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    return french


@pytest.fixture
def both(french, post):
    """The post and its translation, both live; so are their groups."""
    for page in (post.group, post):
        translation = page.copy_for_translation(french, copy_parents=True)
        translation.save_revision()
        actions.install_page(actor=None, page=translation)
    return post, make.fresh(translation)


@pytest.mark.parametrize("shown_in", ["en", "fr"])
def test_translations_name_each_other(both, visit, host_has, shown_in):
    post = dict(zip(("en", "fr"), both, strict=True))
    page = post[shown_in]
    alternates = {code: one.full_url for code, one in post.items()}

    assert look(visit, page)[2:] == ([page.full_url], alternates, None)

    host_has({"base.html": HEADLESS})
    links = [f'<{url}>; rel="alternate"; hreflang="{code}"' for code, url in alternates.items()]
    assert look(visit, page)[2:] == ([], {}, ", ".join([canonical(page), *links]))


def test_what_not_everybody_may_read_is_no_translation(both, visit):
    PageViewRestriction.objects.create(page=both[1], restriction_type="login")

    assert look(visit, both[0])[3] == {}


def test_lists_in_two_languages_name_each_other(french, visit):
    blog = make.index_page(BlogIndexPage)
    translation = blog.copy_for_translation(french)
    translation.save_revision().publish()

    expected = {"en": blog.full_url, "fr": make.fresh(translation).full_url}
    assert look(visit, blog)[3] == expected
    assert look(visit, f"{blog.url}?q=")[3] == expected


@pytest.mark.parametrize(
    ("model", "query", "kinds"),
    [
        (WorkingGroupIndexPage, "", ["atom", "json", "ics"]),
        (BlogIndexPage, "?type=post", ["atom", "json"]),
        (WebinarIndexPage, "?type=webinar", ["atom", "json", "ics"]),
    ],
)
def test_every_list_names_its_feeds(visit, model, query, kinds):
    seen = visit(make.index_page(model))

    found = {link["type"]: link["href"] for link in seen.select("link[rel=alternate][type]")}
    assert found == {
        FEEDS_OF_A_GROUP[
            kind
        ]: f"http://testserver/lpsa/feed.{kind}{'' if kind == 'ics' else query}"
        for kind in kinds
    }


def test_a_group_and_what_is_in_it_name_the_feeds_of_the_group(visit, post):
    expected = {
        media: f"http://testserver/lpsa/feed.{kind}?group={post.group.slug}"
        for kind, media in FEEDS_OF_A_GROUP.items()
    }
    for page in (post, post.group, make.webinar(post.group)):
        found = visit(page).select("link[rel=alternate][type]")
        assert {link["type"]: link["href"] for link in found} == expected


def test_what_filters_leave_can_be_followed(visit):
    lists = make.index_page(WebinarIndexPage)
    make.webinar(make.group(slug="finance"), format="workshop")

    seen = visit(f"{lists.url}?group=finance&format=workshop&when=upcoming&order=title")

    assert seen.links(".lpsa-follow a") == {
        "Subscribe in your calendar": (
            "webcal://testserver/lpsa/feed.ics?group=finance&format=workshop"
        ),
        "Calendar file": "/lpsa/feed.ics?group=finance&format=workshop",
        "Feed": "/lpsa/feed.atom?type=webinar&group=finance&format=workshop",
        "JSON Feed": "/lpsa/feed.json?type=webinar&group=finance&format=workshop",
    }
    groups = visit(f"{make.index_page(WorkingGroupIndexPage).url}?focus=thematic")
    assert groups.links(".lpsa-follow a") == {
        "Feed": "/lpsa/feed.atom?focus=thematic",
        "JSON Feed": "/lpsa/feed.json?focus=thematic",
    }


def test_where_there_are_several_languages_a_page_is_followed_in_its_own(visit, post, settings):
    settings.WAGTAIL_I18N_ENABLED = True

    assert visit(post.group).links(".lpsa-follow a") == {
        "Subscribe in your calendar": (
            f"webcal://testserver/lpsa/feed.ics?group={post.group.slug}&language=en"
        ),
        "Calendar file": f"/lpsa/feed.ics?group={post.group.slug}&language=en",
        "Feed": f"/lpsa/feed.atom?group={post.group.slug}&language=en",
        "JSON Feed": f"/lpsa/feed.json?group={post.group.slug}&language=en",
    }


@pytest.mark.urls("tests.views.urls_without_ours")
def test_without_our_addresses_there_is_nothing_to_follow(visit, post):
    seen = visit(post)

    assert seen.select("link[rel=alternate], .lpsa-follow") == []


# A block that is not there.


@pytest.mark.parametrize(
    ("base", "blocks"),
    [
        (HEADLESS, {"title", "content"}),
        (
            '{% extends "root.html" %}{% block a %}{% block b %}{% endblock %}{% endblock %}',
            set("abr"),
        ),
        ("{% extends chosen %}", None),
        ('{% extends "base.html" %}', None),
    ],
)
def test_the_blocks_of_a_template(host_has, base, blocks):
    host_has({"base.html": base, "root.html": "{% block r %}{% endblock %}"})

    assert blocks_of("base.html") == blocks


@pytest.mark.parametrize(
    ("block", "missing"), [("", False), ("extra_head", False), ("extrahead", True)]
)
def test_a_block_that_is_not_there_is_noticed(host_has, settings, block, missing):
    host_has({"base.html": BLOCK})
    settings.LPSA_HEAD_BLOCK = block

    assert head_block_is_missing() is missing


def test_our_own_shell_needs_no_block(settings):
    settings.LPSA_HEAD_BLOCK = "extra_head"

    assert head_block_is_missing() is False
