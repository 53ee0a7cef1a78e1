"""The page of a post, and the list of posts."""

import datetime as dt

from lpsa_wagtail.models import BlogIndexPage, BlogPostAuthor
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
    assert seen.text(".lpsa-byline") == "Ama ( Coast College ) , Bo 17 March 2024"
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
    from wagtail.models import PageViewRestriction

    post = make.post(make.group())
    PageViewRestriction.objects.create(page=post, restriction_type="login")
    visit(post, status=302)
    assert visit(make.index_page(BlogIndexPage)).texts(".lpsa-card-title") == []
