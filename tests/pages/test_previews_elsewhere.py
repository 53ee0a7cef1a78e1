"""The preview in the editor, where a front end shows our pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from lpsa_wagtail import models
from tests import editor
from tests import factories as make

FRONT_END = "https://www.example.org"
API = "/api/lpsa/v1/preview/"
PANEL = {"in_preview_panel": "true", "mode": ""}


@pytest.fixture(autouse=True)
def front_end(settings):
    settings.LPSA_FRONTEND_URL = FRONT_END


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def post(group):
    return make.draft(make.BlogPostFactory, group, title="First")


@pytest.fixture
def chair(group, client):
    user = make.leader(group)
    client.force_login(user)
    return user


def preview(client, page, parameters=None, **typed):
    """The preview of a page in the editor, after these changes in its form."""
    address = f"/admin/pages/{page.pk}/edit/preview/"
    form = editor.form_data(client, editor.edit_url(page), type(page), **typed)
    assert client.post(address, dict(form.lists())).json()["is_valid"]
    return client.get(address, parameters)


def told(address) -> dict:
    """What the API says to the front end that is called at this address."""
    token = parse_qs(urlsplit(address).query)
    return Client().get(API, token).json()


@pytest.mark.parametrize("kind", ["post", "webinar", "group"])
def test_a_new_tab_is_sent_to_the_front_end(client, group, chair, kind):
    page = group
    if kind != "group":
        factory = {"post": make.BlogPostFactory, "webinar": make.WebinarFactory}[kind]
        page = make.draft(factory, group)

    answer = preview(client, page)

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{FRONT_END}/preview/?token=")
    assert "no-store" in answer["Cache-Control"]
    assert told(answer["Location"])[kind]["title"] == page.title


def test_the_panel_frames_the_front_end(client, chair, post):
    answer = preview(client, post, PANEL)

    [frame] = BeautifulSoup(answer.content.decode(), "html.parser").select("iframe")
    assert answer.status_code == 200
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert frame["src"].startswith(f"{FRONT_END}/preview/?token=")
    assert frame["referrerpolicy"] == "no-referrer"
    assert told(frame["src"])["post"]["title"] == "First"
    assert "<style" not in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_what_is_typed_is_shown_once_it_is_saved(client, chair, post):
    answer = preview(client, post, title="Second")
    assert told(answer["Location"])["post"]["title"] == "First"

    editor.post(client, editor.edit_url(post), type(post), autosave=True, title="Second")
    assert told(preview(client, post)["Location"])["post"]["title"] == "Second"


def test_an_older_version_is_shown_as_it_was(client, chair, post):
    first = post.latest_revision_id
    post.title = "Second"
    post.save_revision()

    answers = [
        client.get(f"/admin/pages/{post.pk}/{rest}")["Location"]
        for rest in ("view_draft/", f"revisions/{first}/view/")
    ]
    assert [told(address)["post"]["title"] for address in answers] == ["Second", "First"]


def test_who_decides_sees_what_waits(client, group, post):
    state = make.submit(post, make.leader(group))
    client.force_login(make.board_member())

    answer = client.get(f"/admin/pages/workflow/preview/{post.pk}/{state.task_id}/")

    assert told(answer["Location"])["post"]["title"] == "First"


def test_a_page_that_was_never_saved_is_shown_by_our_template(client, chair, group):
    add = f"/admin/pages/add/lpsa_wagtail/blogpost/{group.pk}/preview/"
    form = {
        "title": "New",
        **{f"authors-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")},
        "body-count": "0",
    }
    assert client.post(add, form).json() == {"is_valid": True, "is_available": True}

    answer = client.get(add, PANEL)

    assert answer.status_code == 200
    assert BeautifulSoup(answer.content, "html.parser").select_one("h1").text.strip() == "New"


def test_what_comes_from_no_editor_is_shown_by_our_template(post):
    """No person, no token."""
    answer = post.make_preview_request()

    assert answer.status_code == 200
    assert "First" in answer.content.decode()


def test_a_page_without_versions_is_shown_by_our_template(client, chair, post):
    post.revisions.all().delete()
    Page.objects.filter(pk=post.pk).update(latest_revision=None)

    assert preview(client, post).status_code == 200


def test_lists_are_shown_by_our_template(client):
    client.force_login(make.secretary())

    answer = preview(client, make.index_page(models.BlogIndexPage))

    assert answer.status_code == 200


@pytest.mark.parametrize("front_ends", ["", {}, {"other.example.org": FRONT_END}])
def test_without_a_front_end_our_template_shows_it(client, chair, post, settings, front_ends):
    settings.LPSA_FRONTEND_URL = front_ends

    assert preview(client, post).status_code == 200


def test_the_path_is_the_hosts_choice(client, chair, post, settings):
    settings.LPSA_FRONTEND_URL = f"{FRONT_END}/alliance/"
    settings.LPSA_FRONTEND_PREVIEW_PATH = "/api/draft"

    address = preview(client, post)["Location"]

    assert address.startswith(f"{FRONT_END}/alliance/api/draft?token=")


@pytest.mark.urls("tests.pages.urls_without_pages")
def test_it_needs_no_page_urls(client, chair, post):
    assert told(preview(client, post)["Location"])["post"]["title"] == "First"


# wagtail-headless-preview


@pytest.fixture
def theirs(settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {
        "CLIENT_URLS": {"default": "https://client.example.org"},
        "REDIRECT_ON_PREVIEW": True,
    }


def test_a_client_of_theirs_goes_before_ours(client, chair, post, theirs):
    address = preview(client, post)["Location"]

    assert address.startswith(
        "https://client.example.org/?content_type=lpsa_wagtail.blogpost&token=id%3D"
    )
    assert told(address)["post"]["title"] == "First"


def test_a_client_of_theirs_needs_no_front_end_of_ours(client, chair, post, theirs, settings):
    settings.LPSA_FRONTEND_URL = ""

    assert preview(client, post)["Location"].startswith("https://client.example.org/?")


@pytest.mark.parametrize("kind", ["post", "webinar", "group"])
def test_their_client_reads_what_is_typed(client, group, chair, theirs, kind):
    page = group
    if kind != "group":
        factory = {"post": make.BlogPostFactory, "webinar": make.WebinarFactory}[kind]
        page = make.draft(factory, group)

    answer = preview(client, page, title="Typed")

    assert told(answer["Location"])[kind]["title"] == "Typed"
    assert make.fresh(page).title != "Typed"


def test_their_panel_frames_their_client(client, chair, post, settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {
        "CLIENT_URLS": {"localhost": "https://client.example.org", "default": "https://no.example"}
    }

    page = BeautifulSoup(preview(client, post, PANEL).content.decode(), "html.parser")

    [frame] = page.select("iframe")
    assert told(frame["src"])["post"]["title"] == "First"


def test_a_client_for_another_site_is_none_of_ours(client, chair, post, settings):
    settings.WAGTAIL_HEADLESS_PREVIEW = {
        "CLIENT_URLS": {"other.example.org": "https://client.example.org"}
    }

    assert preview(client, post)["Location"].startswith(f"{FRONT_END}/preview/?token=")


def test_their_tokens_are_told_apart(client, group, chair, post, theirs):
    """A token of theirs is for its own type, and one that was changed for nothing."""
    address = preview(client, post)["Location"]
    [token] = parse_qs(urlsplit(address).query)["token"]

    def ask(token, kind="blogpost"):
        answer = Client().get(API, {"token": token, "content_type": f"lpsa_wagtail.{kind}"})
        return answer.status_code

    assert [ask(token), ask(token, "webinar"), ask(f"{token}x"), ask("x")] == [200, 404, 403, 403]
    assert Client().get(API, {"token": token}).status_code == 403
    post.delete()
    assert ask(token) == 404
