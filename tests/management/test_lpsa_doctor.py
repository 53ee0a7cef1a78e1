"""What the doctor says, to people and to monitors, and how it ends."""

import io
import json

import django
import pytest
import wagtail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

import lpsa_wagtail
from lpsa_wagtail.models import InstallRecord
from tests import factories as make


def run(*arguments) -> tuple[int, str]:
    out, code = io.StringIO(), 0
    try:
        call_command("lpsa_doctor", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


@pytest.fixture(autouse=True)
def set_up_just_now():
    """Else a long run of tests would come to the time at which the doctor misses the tick."""
    InstallRecord.objects.update(created_at=timezone.now())


@pytest.fixture(autouse=True)
def chair():
    return make.board_chair()


@pytest.fixture
def group():
    for _number in range(2):
        make.board_member()
    page = make.group(title="Rivers")
    make.leader(page)
    return page


@pytest.fixture
def warned(group):
    return make.group(title="Deltas")


@pytest.fixture
def broken(warned):
    draft = make.draft(make.BlogPostFactory, warned, title="By the back door")
    Page.objects.filter(pk=draft.pk).update(live=True)
    return draft


WARNING = """warning lpsa.W108: “Deltas” has no co-chair today.
    Working groups → Memberships: give somebody the role.
"""


def test_a_healthy_site_ends_with_0(group):
    assert run() == (0, "Nothing is wrong.\n")


def test_warnings_end_with_0_unless_told_otherwise(warned):
    text = f"{WARNING}Errors: 0. Warnings: 1.\n"

    assert run() == (0, text)
    assert run("--fail-on", "warning") == (1, text)


def test_errors_come_first_and_end_with_1(broken):
    error = (
        f"error lpsa.E103: “By the back door” ({broken.pk}) is live, but nobody decided on what "
        "it says now.\n    Unpublish it, or submit it and let the Board decide.\n"
    )

    assert run() == (1, f"{error}{WARNING}Errors: 1. Warnings: 1.\n")


def test_what_the_host_silenced_is_not_said(warned, settings):
    settings.SILENCED_SYSTEM_CHECKS = ["lpsa.W108"]

    assert run("--fail-on", "warning") == (0, "Nothing is wrong.\n")


def test_json_names_what_a_finding_is_about(broken):
    code, text = run("--json")

    assert code == 1
    assert json.loads(text) == {
        "versions": {
            "lpsa_wagtail": lpsa_wagtail.__version__,
            "wagtail": wagtail.__version__,
            "django": django.get_version(),
        },
        "findings": [
            {
                "id": "lpsa.E103",
                "level": "error",
                "message": f"“By the back door” ({broken.pk}) is live, but nobody decided on what "
                "it says now.",
                "hint": "Unpublish it, or submit it and let the Board decide.",
                "object": {"model": "lpsa_wagtail.blogpost", "id": broken.pk},
            },
            {
                "id": "lpsa.W108",
                "level": "warning",
                "message": "“Deltas” has no co-chair today.",
                "hint": "Working groups → Memberships: give somebody the role.",
                "object": {
                    "model": "lpsa_wagtail.workinggrouprecord",
                    "id": broken.get_parent().specific.record.pk,
                },
            },
        ],
    }


def test_json_of_a_healthy_site_has_no_findings(group):
    code, text = run("--json")

    assert (code, json.loads(text)["findings"]) == (0, [])


def test_settings_are_looked_at_as_well(group, settings):
    settings.LPSA_PAGE_SIZE = 0

    assert run() == (
        1,
        "error lpsa.E003: LPSA_PAGE_SIZE is 0.\n    Set LPSA_PAGE_SIZE to a whole number above 0."
        "\nErrors: 1. Warnings: 0.\n",
    )
