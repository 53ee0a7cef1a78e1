"""What the command shows, asks, and writes to a file."""

import builtins
import io
import json
import stat

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from wagtail.models import Page

from lpsa_wagtail.models import BlogIndexPage, Decision, InstallRecord
from tests import factories as make

pytestmark = pytest.mark.usefixtures("forget_types")

SHOWN_FIRST = ["This goes:", "        2  Advisory Board approval tasks"]
NEXT = [
    "Everything of lpsa_wagtail is removed. To take the app out of the project:",
    "  1. python manage.py migrate lpsa_wagtail zero",
    "  2. Take its lines out of INSTALLED_APPS, the URLs and the templates, and restart.",
    "  3. pip uninstall lpsa-wagtail",
]


def run(*arguments) -> list[str]:
    out = io.StringIO()
    call_command("lpsa_teardown", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def answer(monkeypatch):
    """Decide what the person at the terminal types; None for no terminal."""

    def set_answer(text):
        def typed(question):
            if text is None:
                raise EOFError
            return text

        monkeypatch.setattr(builtins, "input", typed)

    return set_answer


def test_a_dry_run_shows_what_goes_and_removes_nothing():
    said = run("--dry-run")

    assert (said[:2], said[-1]) == (SHOWN_FIRST, "Nothing was removed.")
    assert InstallRecord.objects.count() == 13


@pytest.mark.parametrize("text", ["", "yes", "no", None])
def test_without_the_word_nothing_is_removed(answer, text):
    answer(text)

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == "Nothing was removed."
    assert InstallRecord.objects.count() == 13


def test_with_the_word_everything_is_removed(answer):
    answer("remove")

    said = run()

    assert (said[:2], said[-4:]) == (SHOWN_FIRST, NEXT)
    assert InstallRecord.objects.count() == 0


@pytest.mark.parametrize("option", ["--no-input", "--noinput", "--yes"])
def test_it_does_not_ask_when_told_so(option):
    assert run(option)[-4:] == NEXT
    assert BlogIndexPage.objects.count() == 0


def test_it_says_so_when_there_is_nothing():
    run("--yes")

    assert run("--dry-run") == [
        "There is nothing of lpsa_wagtail in this database.",
        "Nothing was removed.",
    ]


def test_what_stands_in_the_way_is_an_error():
    stray = Page(title="Strayed", slug="strayed")
    make.index_page(BlogIndexPage).add_child(instance=stray)

    with pytest.raises(CommandError) as refusal:
        run("--yes")

    assert str(refusal.value) == (
        f"Nothing was removed.\nYour page “Strayed” ({stray.pk}) lies below ours. Move it."
    )


# The export.


@pytest.fixture
def exported(tmp_path):
    """The rows of an export, as Django reads them."""
    make.post(make.group(title="Rivers"), title="High water")
    path = tmp_path / "export.json"
    counts = {"decisions": Decision.objects.count(), "pages": Page.objects.count() - 2}
    said = run("--yes", "--export", str(path))
    rows = list(serializers.deserialize("json", path.read_text(encoding="utf-8")))
    return path, rows, counts, said


def test_the_export_holds_all_rows_that_go(exported):
    path, rows, counts, said = exported
    kinds = [row.object._meta.label for row in rows]

    assert kinds.count("lpsa_wagtail.Decision") == counts["decisions"]
    assert kinds.count("wagtailcore.Page") == counts["pages"]
    assert kinds.count("lpsa_wagtail.Interest") == 42
    assert f"Wrote {len(rows)} rows to {path}. It holds personal data." in said


def test_the_export_holds_the_content_of_pages(exported):
    path, *_rest = exported
    rows = json.loads(path.read_text(encoding="utf-8"))
    titles = [row["fields"]["title"] for row in rows if row["model"] == "wagtailcore.page"]

    assert sorted(titles) == ["Blog", "High water", "Rivers", "Webinars", "Working groups"]


def test_only_the_owner_of_the_file_may_read_it(exported):
    path, *_rest = exported

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_exists_is_not_overwritten_and_nothing_is_removed(tmp_path):
    path = tmp_path / "export.json"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(CommandError, match="The export failed, so nothing was removed"):
        run("--yes", "--export", str(path))

    assert path.read_text(encoding="utf-8") == "mine"
    assert InstallRecord.objects.count() == 13
