"""Where a dissolved group was: a plain page, 410."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make


def end(group, change="dissolve"):
    matter = actions.propose_change(
        actor=make.secretary(), record=group.record, change=change, reason="Secret reason."
    )
    chair = make.board_chair()
    actions.decide_change(actor=chair, matter=matter, action="approve", comment="Secret comment.")


@pytest.fixture
def group():
    return make.group(title="Delta", purpose="Once upon a time.")


def test_the_group_and_what_was_below_it_answer_410_with_the_groups_name_alone(visit, group):
    post = make.post(group, title="A post of theirs", summary="What they found.")
    event = make.webinar(group, title="A talk of theirs")
    other = make.post(make.group(), title="Of others")
    end(group)

    for page in (group, post, event):
        seen = visit(page, status=410)
        assert seen.text("h1") == "This page is no longer here"
        assert seen.text(".lpsa-page p:first-of-type").startswith("The working group “ Delta ” was")
        assert seen.links(".lpsa-page a") == {
            "See the working groups there are": make.index_page(WorkingGroupIndexPage).url,
            "Read the posts": make.index_page(BlogIndexPage).url,
            "See the webinars": make.index_page(WebinarIndexPage).url,
            "Of others": other.url,
        }
        text = str(seen)
        words = ("theirs", "found", "Once upon", "Secret")
        assert [word for word in words if word in text] == []


def test_head_answers_410_without_a_body(group):
    end(group)
    answer = Client().head(group.url)
    assert (answer.status_code, answer.content) == (410, b"")


def test_the_name_is_the_one_under_which_it_was_public(visit, group):
    end(group)
    Page.objects.filter(pk=group.pk).update(title="Renamed since", draft_title="Renamed since")
    seen = visit(group, status=410)
    assert "Delta" in seen.get_text()
    assert "Renamed" not in str(seen)


def test_what_was_never_public_is_not_there(visit, group):
    draft = make.draft(make.BlogPostFactory, group)
    address = f"{group.url}{draft.slug}/"
    end(group)
    visit(address, status=404)
    visit(f"{group.url}no-such-post/", status=404)


def test_a_restricted_group_stays_unnamed_for_who_may_not_see_it(group):
    post = make.post(group)
    PageViewRestriction.objects.create(page=group, restriction_type="login")
    end(group)

    for page in (group, post):
        answer = Client().get(page.url)
        assert answer.status_code == 302
        assert "Delta" not in answer.content.decode() + answer.url


def test_a_password_does_not_name_it_either(group):
    PageViewRestriction.objects.create(page=group, restriction_type="password", password="x")
    end(group)
    assert "Delta" not in Client().get(group.url).content.decode()


def test_redirects_of_the_host_still_lead_on(visit, group, settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    ]
    Redirect.add_redirect(group.url, "/somewhere/")
    end(group)

    answer = Client().get(group.url)

    assert (answer.status_code, answer.url) == (301, "/somewhere/")


def test_a_dissolved_group_is_off_every_surface(visit, group):
    post = make.post(group, title="A post of theirs")
    make.group(title="Other")
    end(group)

    for address in ("/working-groups/", "/blog/", "/webinars/", "/working-groups/?state=active"):
        assert [word for word in ("Delta", "theirs") if word in str(visit(address))] == []
    listed = Client().get("/api/lpsa/v1/groups/").json()
    assert [row["title"] for row in listed["results"]] == ["Other"]
    answer = Client().get(f"/api/lpsa/v1/groups/{group.slug}/")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert Client().get(f"/api/lpsa/v1/posts/{post.pk}/").status_code == 410
    assert list(Page.objects.live().filter(path__startswith=group.path)) == []


def test_a_translation_is_gone_in_its_own_language(group, site, settings, visit):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    copy = group.copy_for_translation(french, copy_parents=True)
    copy.title = "Le delta"
    copy.save_revision()
    copy = actions.install_page(actor=None, page=copy)
    end(group)

    request_for = copy.get_url_parts()[2]
    assert make.fresh(copy).live is False
    answer = make.fresh(copy).serve(_request(site), gone=True).render()
    assert (answer.status_code, "Le delta" in answer.content.decode()) == (410, True)
    assert request_for


def _request(site):
    from django.test import RequestFactory

    request = RequestFactory().get("/fr/")
    request._wagtail_site = site
    return request


def test_an_archived_group_stays_with_the_day_of_its_end(visit, group):
    post = make.post(group)
    end(group, "archive")

    seen = visit(group)

    assert seen.text(".lpsa-ended").startswith("This group ended on")
    assert seen.text("header .lpsa-flag") == "Ended, kept as an archive"
    assert seen.text('[aria-labelledby="lpsa-leaders"] p') == "Nobody any more."
    assert seen.texts("#lpsa-joining") == []
    visit(post)
    listed = Client().get("/api/lpsa/v1/groups/", {"state": "archived"}).json()
    assert [row["title"] for row in listed["results"]] == ["Delta"]
    assert "Secret" not in str(seen)
