"""A project of ``wagtail start``, and the README's steps: nothing else is needed."""

import re

import pytest

import lpsa_wagtail

pytestmark = pytest.mark.wheel

WHERE = "import lpsa_wagtail as it; print(it.__file__, it.__version__)"
ADDRESSES = {
    "home": "/",
    "groups": "/working-groups/",
    "posts": "/blog/",
    "webinars": "/webinars/",
    "log in": "/admin/login/",
    "their search": "/search/?query=groups",
    "their admin": "/django-admin/login/",
    "list of groups": "/api/lpsa/v1/groups/",
    "list of posts": "/api/lpsa/v1/posts/",
    "list of webinars": "/api/lpsa/v1/webinars/",
    "description": "/api/lpsa/v1/openapi.json",
    "style": "/static/lpsa_wagtail/lpsa.css",
}


def test_the_package_is_the_one_that_was_built(project):
    file, version = project.run("-c", WHERE).split()

    assert file.startswith(str(project.bin.parent))
    assert version == lpsa_wagtail.__version__


def test_what_was_installed_fits_together(project):
    assert project.pip("check") == "No broken requirements found.\n"


def test_the_system_checks_have_nothing_to_say(project):
    assert project.manage("check") == "System check identified no issues (0 silenced).\n"


def test_no_migration_is_missing_and_none_waits(project):
    assert project.manage("makemigrations", "--check", "--dry-run") == "No changes detected\n"
    assert "[ ]" not in project.manage("showmigrations", "--plan")


def test_setup_was_complete(project):
    assert project.manage("lpsa_setup") == "Setup was complete; nothing was to do.\n"


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_answers(visitor, name):
    status, text = visitor.get(ADDRESSES[name])

    assert status == 200, text


def test_their_catch_all_still_says_what_is_not_there(visitor):
    assert visitor.get("/no-such-page/")[0] == 404


@pytest.mark.parametrize("name", ["groups", "posts", "webinars"])
def test_our_pages_are_in_their_chrome_with_our_style(visitor, name):
    _status, text = visitor.get(ADDRESSES[name])
    sheets = re.findall(r'<link rel="stylesheet"[^>]* href="([^"]+)"', text)

    assert sheets == ["/static/css/mysite.css", "/static/lpsa_wagtail/lpsa.css"]
    assert [visitor.get(sheet)[0] for sheet in sheets] == [200, 200]


def test_the_sample_content_is_in_the_package(project, visitor):
    project.manage("lpsa_demo", "--verbosity", "0")
    directory = visitor.get(ADDRESSES["groups"])[1]
    addresses = sorted(set(re.findall(r'href="(/working-groups/[\w-]+/)"', directory)))
    pages = dict(zip(addresses, map(visitor.get, addresses), strict=True))
    pictures = {src for _, text in pages.values() for src in re.findall(r'"(/media/[^" ]+)', text)}

    assert {address: status for address, (status, _text) in pages.items() if status != 200} == {}
    assert len(pages) > 5
    assert {visitor.get(picture)[0] for picture in pictures} == {200}
