"""The picture that is drawn for a page: of what size, of which words, and when it changes."""

import io

import pytest
from django.core.cache import cache
from PIL import Image, ImageColor
from wagtail.models import PageViewRestriction

from lpsa_wagtail.models import BlogIndexPage
from lpsa_wagtail.share_pictures import BRAND, Words, draw, writable
from tests import factories as make

TITLES = (
    "",
    "Who pays",
    "word " * 51,
    "x" * 255,
    "من يدفع",
    "誰が払うか",
    "नदी का पानी",
    "a\u202eb",
    "🌍",
)
MISSING_FONT = "/nowhere/font.ttf"


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def address(page) -> str:
    return f"/lpsa/share/{page.pk}.png"


@pytest.mark.parametrize("title", TITLES)
def test_any_title_gives_a_picture_of_the_same_size_each_time(title):
    png = draw(Words(title, "Working Group", "The Alliance", "topic"))

    assert opened(png).size == (1200, 630)
    assert len(png) < 60_000
    assert draw(Words(title, "Working Group", "The Alliance", "topic")) == png


def test_what_the_font_cannot_write_is_left_out():
    """The mark alone: the same picture whatever the title says in a script without letters here."""
    assert writable("Who pays – and why") is True
    assert [title for title in ("من يدفع", "誰が払うか", "नदी का", "Élan") if writable(title)] == []
    assert draw(Words("من يدفع", "", "Alliance")) == draw(Words("誰が払うか", "", "Alliance"))
    assert draw(Words("Who", "", "연합")) == draw(Words("Who", "", ""))


def test_a_font_that_is_not_there_is_no_error(settings):
    own = draw(Words("Who pays"))
    settings.LPSA_SHARE_FONT = MISSING_FONT
    assert draw(Words("Who pays")) == own


def test_a_long_title_stays_inside_its_room():
    picture = opened(draw(Words("word " * 51)))
    right = picture.crop((1125, 30, 1200, 400))
    below = picture.crop((80, 430, 840, 525))
    assert [part.getcolors() for part in (right, below)] == [
        [(75 * 370, (255, 255, 255))],
        [(760 * 95, (255, 255, 255))],
    ]


def test_the_colour_is_that_of_the_focus(client):
    group = make.group(focus="country")
    post, own = make.post(group), make.post(make.index_page(BlogIndexPage))

    for page, colour in ((group, "#2a5b94"), (post, "#2a5b94"), (own, BRAND)):
        answer = client.get(address(page))
        assert answer["Content-Type"] == "image/png"
        assert opened(answer.content).getpixel((600, 4)) == ImageColor.getrgb(colour)


def test_it_answers_304_until_the_words_change(client):
    post = make.post(make.group(), title="Who pays")
    first = client.get(address(post))
    known = {"If-None-Match": first["ETag"]}

    assert first["Cache-Control"] == "public, max-age=3600"
    answer = client.get(address(post), headers=known)
    assert (answer.status_code, answer.content) == (304, b"")
    type(post).objects.filter(pk=post.pk).update(title="Who paid")
    assert client.get(address(post), headers=known).status_code == 200


def test_only_pages_of_ours_that_everybody_may_see_have_one(client, site):
    restricted = make.post(make.group())
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    draft = make.draft(make.BlogPostFactory, make.group())

    for page in (restricted, draft, site.root_page):
        assert client.get(address(page)).status_code == 404
    for number in (0, 10**30):
        assert client.get(f"/lpsa/share/{number}.png").status_code == 404
    assert client.get(address(make.index_page(BlogIndexPage))).status_code == 200
