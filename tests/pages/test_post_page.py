"""The page of a post, and the list of posts."""

import datetime as dt
from urllib.parse import unquote

import pytest
from wagtail.models import PageViewRestriction

from lpsa_wagtail.models import BlogIndexPage, BlogPost, BlogPostAuthor
from tests import factories as make


def test_everything_about_a_post_is_shown(visit):
    group, other = make.group(title="Delta"), make.group(title="Hills")
    water = make.InterestFactory(name="Water", slug="water")
    post = make.post(
        group,
        title="Who pays",
        subtitle="A first look",
        published_on=dt.date(2024, 3, 17),
        authors=[
            BlogPostAuthor(name="Ama", affiliation="Coast College"),
            BlogPostAuthor(name="Bo"),
        ],
        joint_groups=[other],
        interests=[water],
        lead_image=make.image(),
        lead_image_alt="A pier",
        original_source_name="The Gazette",
        original_source_url="https://gazette.example.org/1",
    )

    seen = visit(post)

    assert seen.text("h1") == "Who pays"
    assert seen.text(".lpsa-subtitle") == "A first look"
    assert seen.text(".lpsa-byline") == "Ama ( Coast College ) , Bo 17 March 2024 1 min read"
    assert seen.select_one(".lpsa-byline time")["datetime"] == "2024-03-17"
    assert seen.links("header > .lpsa-host a") == {"Delta": group.url}
    assert seen.links(".lpsa-joint a") == {"Hills": other.url}
    assert seen.select_one(".lpsa-lead-image img")["alt"] == "A pier"
    assert seen.links(".lpsa-source a") == {"The Gazette": "https://gazette.example.org/1"}
    blog = make.index_page(BlogIndexPage).url
    assert seen.links(".lpsa-article-end .lpsa-words a") == {"Water": f"{blog}?topic=water"}


def test_a_post_of_the_alliance_names_no_group(visit):
    post = make.post(make.index_page(BlogIndexPage))
    assert visit(post).texts(".lpsa-host") == []


def test_groups_that_are_not_public_are_not_credited(visit):
    group, hidden = make.group(), make.group(title="Hidden")
    post = make.post(group, joint_groups=[hidden])
    hidden.unpublish()
    assert visit(post).texts(".lpsa-joint") == []


def test_a_forming_group_is_marked_beside_its_name(visit):
    post = make.post(make.group())
    assert visit(post).text("header .lpsa-host .lpsa-flag") == "Forming"
    blog = make.index_page(BlogIndexPage)
    assert visit(blog).text(".lpsa-post-card .lpsa-flag") == "Forming"


def test_the_list_shows_what_a_reader_chooses_by(visit):
    group = make.group(title="Delta")
    post = make.post(
        group,
        title="Who pays",
        subtitle="A first look",
        summary="In short.",
        published_on=dt.date(2024, 3, 17),
        authors=[BlogPostAuthor(name="Ama", affiliation="Coast College")],
        lead_image=make.image(),
    )

    seen = visit(make.index_page(BlogIndexPage))

    assert seen.links(".lpsa-card-title a") == {"Who pays": post.url}
    assert seen.text(".lpsa-card-subtitle") == "A first look"
    assert seen.text(".lpsa-card-text") == "In short."
    assert seen.text(".lpsa-meta") == "17 March 2024 Ama"
    assert seen.select_one(".lpsa-thumb img")["alt"] == ""


def test_dates_are_in_the_readers_language(visit):
    post = make.post(make.group(), published_on=dt.date(2024, 3, 17))
    seen = visit(post, accept_language="fr")
    assert seen.text(".lpsa-byline time") == "17 mars 2024"
    assert seen.select_one("html")["lang"] == "fr"


def test_a_restricted_post_is_not_shown_to_everybody(visit):
    post = make.post(make.group())
    PageViewRestriction.objects.create(page=post, restriction_type="login")
    visit(post, status=302)
    assert visit(make.index_page(BlogIndexPage)).texts(".lpsa-card-title") == []


def heading(text):
    return ("heading", text)


def test_a_long_post_has_a_list_of_contents_that_leads_to_its_headings(visit):
    text = '<h3 data-block-key="a">Who <b>pays</b></h3><p>All.</p><h3>  </h3>'
    body = [heading("Who pays"), ("paragraph", text), heading("नदी का पानी"), heading("Who pays")]
    seen = visit(make.post(make.group(), body=body))

    links = [(link.get_text(), unquote(link["href"])) for link in seen.select(".lpsa-contents a")]
    assert links == [
        ("Who pays", "#h-who-pays"),
        ("Who pays", "#h-who-pays-2"),
        ("नदी का पानी", "#h-नदी-का-पानी"),
        ("Who pays", "#h-who-pays-3"),
    ]
    assert [seen.find(id=at[1:]).get_text() for _text, at in links] == [text for text, _at in links]


def test_a_short_post_has_none(visit):
    seen = visit(make.post(make.group(), body=[heading("One"), heading("Two")]))
    assert seen.select(".lpsa-contents") == []


@pytest.fixture
def words():
    return [make.InterestFactory(slug=slug) for slug in ("water", "money", "land")]


def related(visit, post):
    return visit(post).texts(".lpsa-related a")


def test_related_is_what_shares_most_words_then_what_is_newest(visit, words):
    water, money, land = words
    group = make.group()
    post = make.post(group, title="This", interests=[water, money])
    for title, year, interests in (
        ("Old", 2001, [water]),
        ("Other", 2024, [land]),
        ("New", 2023, [money, land]),
        ("Both", 2000, [water, money]),
        ("Older", 2000, [water]),
    ):
        make.post(group, title=title, interests=interests, published_on=dt.date(year, 1, 1))
    make.webinar(group, title="Talk", interests=[water])

    assert related(visit, post) == ["Both", "Talk", "New", "Old"]


def test_related_is_only_what_everybody_may_see(visit, words):
    group, ended = make.group(), make.group()
    post = make.post(group, interests=words)
    make.draft(make.BlogPostFactory, group, title="Draft", interests=words)
    make.post(ended, title="In a group taken down", interests=words)
    ended.unpublish()
    restricted = make.post(group, title="Restricted", interests=words)
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")

    assert related(visit, post) == []


def test_related_is_looked_for_in_one_part_of_the_tree(words):
    """What has the same words in another site, or another language, takes nobody's place."""
    post = make.post(make.group(), interests=words)
    ids = [word.pk for word in words]

    found = [list(BlogPost.objects.sharing(ids, below)) for below in (post.path[:8], "00010002")]
    assert found == [[post], []]


def test_a_post_without_words_has_nothing_related(visit, words):
    group = make.group()
    make.post(group, interests=words)
    assert related(visit, make.post(group)) == []


def test_how_to_cite_can_be_copied_and_had_as_files(visit, client, settings):
    settings.WAGTAIL_SITE_NAME = "The Alliance"
    post = make.post(
        make.group(title="Delta"),
        title="Who pays",
        published_on=dt.date(2024, 3, 17),
        authors=[BlogPostAuthor(name="Ama Mensah"), BlogPostAuthor(name="Bo Li")],
    )
    seen = visit(post)

    cited = f"Ama Mensah & Bo Li (2024, March 17). Who pays. Delta, The Alliance. {post.full_url}"
    assert seen.texts(".lpsa-cite summary") == ["As text", "BibTeX", "RIS"]
    assert seen.text(".lpsa-cite p.lpsa-copied") == cited
    for link, shown in zip(seen.select(".lpsa-cite a"), seen.select(".lpsa-cite pre"), strict=True):
        answer = client.get(link["href"])
        assert answer.status_code == 200
        assert answer.content.decode().split() == shown.get_text().split()


def test_a_preview_has_no_files_to_download(preview):
    draft = make.draft(make.BlogPostFactory, make.group())
    assert preview(draft).select(".lpsa-cite a") == []


def test_files_are_there_only_for_what_everybody_may_see(client):
    post = make.post(make.group())
    PageViewRestriction.objects.create(page=post, restriction_type="login")
    draft = make.draft(make.BlogPostFactory, make.group())

    for pk in (post.pk, draft.pk, 0, 10**30):
        for kind in ("bib", "ris"):
            assert client.get(f"/lpsa/posts/{pk}.{kind}").status_code == 404
