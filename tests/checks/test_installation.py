"""Apps and settings that do not fit get a numbered message with the line to add."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import wagtail
from django.core import checks


def found(*ids) -> list[tuple]:
    messages = [message for message in checks.run_checks(tags=["lpsa"]) if message.id in ids]
    return [(message.msg, message.hint) for message in messages]


ROOT = Path(__file__).resolve().parents[2]
WITHOUT_APPS = """
import django
from django.core import checks
from tests import settings
for app in ("taggit", "wagtail_modeladmin", "wagtail.contrib.settings"):
    settings.INSTALLED_APPS.remove(app)
django.setup()
for message in checks.run_checks():
    if message.id.startswith("lpsa"):
        print(message.id, message.msg, message.hint)
"""


def in_a_new_process(*arguments, folder=ROOT):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_apps_that_are_missing_are_named():
    done = in_a_new_process("-c", WITHOUT_APPS)

    assert done.stdout.splitlines() == [
        f'lpsa.E001 lpsa_wagtail needs the app {app}. Add "{app}" to INSTALLED_APPS.'
        for app in ("taggit", "wagtail_modeladmin", "wagtail.contrib.settings")
    ]


@pytest.mark.skipif(wagtail.VERSION < (8, 0), reason="Wagtail 8 brought base pages of the host's")
def test_a_swapped_base_page_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "swapped").mkdir()
    (tmp_path / "swapped" / "models.py").write_text(
        "from wagtail.models import AbstractPage\n\n\nclass BasePage(AbstractPage):\n    pass\n"
    )
    (tmp_path / "swapped" / "settings.py").write_text(
        "from tests.settings import *\n"
        'INSTALLED_APPS += ["swapped"]\n'
        'WAGTAIL_PAGE_MODEL = "swapped.BasePage"\n'
    )

    done = in_a_new_process("-m", "django", "check", "--settings=swapped.settings", folder=tmp_path)

    assert done.stdout == ""
    assert done.stderr == (
        "(lpsa.E002) lpsa_wagtail does not work with a swapped base page.\n"
        "\tHINT: Remove WAGTAIL_PAGE_MODEL (now swapped.BasePage) or do not install "
        "lpsa_wagtail.\n"
    )


@pytest.mark.parametrize("value", [0, -1, "12", None, True, 1.5])
def test_a_size_that_is_no_whole_number_is_refused(settings, value):
    settings.LPSA_PAGE_SIZE = value

    assert found("lpsa.E003") == [
        (f"LPSA_PAGE_SIZE is {value!r}.", "Set LPSA_PAGE_SIZE to a whole number above 0.")
    ]


def test_the_largest_page_of_the_api_is_not_smaller_than_the_usual_one(settings):
    settings.LPSA_API_PAGE_SIZE = 50
    settings.LPSA_API_MAX_PAGE_SIZE = 49

    assert found("lpsa.E003") == [
        (
            "LPSA_API_MAX_PAGE_SIZE is 49.",
            "Set LPSA_API_MAX_PAGE_SIZE to at least LPSA_API_PAGE_SIZE (50).",
        )
    ]


def test_a_base_template_that_is_not_there_is_refused(settings):
    settings.LPSA_BASE_TEMPLATE = "nowhere.html"

    assert found("lpsa.E003", "lpsa.W005") == [
        (
            "LPSA_BASE_TEMPLATE names 'nowhere.html', which no Django template engine finds.",
            "Name a Django template with the blocks title and content, or remove the setting.",
        )
    ]


@pytest.mark.parametrize("base", ["base.html", "nowhere.html"])
def test_a_block_for_our_head_that_the_base_template_does_not_have_is_refused(
    settings, host_has, base
):
    host_has({"base.html": "{% block head %}{% endblock %}{% block content %}{% endblock %}"})
    settings.LPSA_BASE_TEMPLATE = base
    settings.LPSA_HEAD_BLOCK = "haed"
    refusal = (
        "LPSA_HEAD_BLOCK names 'haed', a block that the template base.html does not have.",
        "Name a block in the head of that template, or put {% lpsa_head %} there and remove the "
        "setting.",
    )

    refusals = [one for one in found("lpsa.E003") if "BLOCK" in one[0]]
    assert refusals == ([refusal] if base == "base.html" else [])

    settings.LPSA_HEAD_BLOCK = "head"
    assert [one for one in found("lpsa.E003") if "BLOCK" in one[0]] == []


def test_time_zone_support_is_needed(settings):
    settings.USE_TZ = False

    assert found("lpsa.E004") == [("lpsa_wagtail needs time zone support.", "Set USE_TZ = True.")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("LPSA_PAGE_SIZ", "Did you mean LPSA_PAGE_SIZE?"), ("LPSA_XYZZY", "Remove it.")],
)
def test_a_setting_that_is_none_of_ours_is_named(settings, name, hint):
    setattr(settings, name, 5)

    assert found("lpsa.W001") == [
        (f"{name} is no setting of lpsa_wagtail, so it does nothing.", hint)
    ]


OWN_SHELL = "Pages of lpsa_wagtail appear in a shell of their own: "


def test_it_is_said_when_pages_appear_in_our_own_shell(settings):
    del settings.LPSA_BASE_TEMPLATE

    assert [msg for msg, _hint in found("lpsa.W005")] == [
        f"{OWN_SHELL}Django finds no template base.html."
    ]


def test_it_is_said_when_the_hosts_base_template_has_no_place_for_our_content(host_has):
    host_has({"base.html": "{% block title %}{% endblock %}{% block main %}{% endblock %}"})

    assert [msg for msg, _hint in found("lpsa.W005")] == [
        f"{OWN_SHELL}base.html has no block content."
    ]


def test_a_chosen_template_without_a_place_for_our_content_is_refused(host_has, settings):
    host_has({"plain.html": "{% block main %}{% endblock %}"})
    settings.LPSA_BASE_TEMPLATE = "plain.html"

    assert [msg for msg, _hint in found("lpsa.E003")] == [
        "LPSA_BASE_TEMPLATE names 'plain.html', which has no block content."
    ]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "https://www.example.org",
        "http://localhost:3000/",
        "https://example.org/alliance",
        {"www.example.org": "https://www.example.org"},
        {},
    ],
)
def test_a_front_end_has_an_absolute_address(settings, value):
    settings.LPSA_FRONTEND_URL = value

    assert found("lpsa.E003") == []


@pytest.mark.parametrize(
    "value",
    [
        "www.example.org",
        "//www.example.org",
        "/front",
        "ftp://www.example.org",
        "https://",
        "https://www.example.org/?page=",
        "https://www.example.org/#/",
        "https://www.example.org ",
        "https://user:secret@www.example.org",
        "https://www.example.org:port",
        "https://[www.example.org",
        "https://www.example.org\\",
        None,
        True,
        7,
        ["https://www.example.org"],
        {"www.example.org": ""},
        {"www.example.org": "example"},
        {1: "https://www.example.org"},
    ],
)
def test_an_address_that_no_front_end_can_have_is_refused(settings, value):
    settings.LPSA_FRONTEND_URL = value

    assert found("lpsa.E003") == [
        (
            f"LPSA_FRONTEND_URL is {value!r}.",
            "Set LPSA_FRONTEND_URL to an address such as https://www.example.org, without query "
            "and fragment, or to a dictionary of host name → address.",
        )
    ]


@pytest.mark.parametrize("value", ["preview/", "//preview/", "", "/preview/?a=", "/#preview", None])
def test_a_path_for_previews_that_cannot_be_is_refused(settings, value):
    settings.LPSA_FRONTEND_PREVIEW_PATH = value

    assert found("lpsa.E003") == [
        (
            f"LPSA_FRONTEND_PREVIEW_PATH is {value!r}.",
            "Set LPSA_FRONTEND_PREVIEW_PATH to a path such as /preview/.",
        )
    ]


def test_a_preview_lasts_at_least_a_minute(settings):
    settings.LPSA_PREVIEW_MINUTES = 0

    assert found("lpsa.E003") == [
        ("LPSA_PREVIEW_MINUTES is 0.", "Set LPSA_PREVIEW_MINUTES to a whole number above 0.")
    ]
