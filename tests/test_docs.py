"""The documents say what is there, all of it and nothing else."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from wagtail.models import Page

import dev
import lpsa_wagtail
from lpsa_wagtail import conf
from lpsa_wagtail.api.application import build
from lpsa_wagtail.models import GovernedPage

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lpsa_wagtail"
REFERENCE = ROOT / "docs" / "reference"
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def sections(name: str) -> dict[str, str]:
    """Map each `code` in a heading of a reference page → the text below it."""
    parts = re.split(r"^##+ `([^`]+)`\n", read(REFERENCE / name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def types_of_page(*, governed=False):
    models = apps.get_app_config("lpsa_wagtail").get_models()
    return [model for model in models if issubclass(model, GovernedPage if governed else Page)]


def commands() -> list[str]:
    return [name for name, app in get_commands().items() if app == "lpsa_wagtail"]


def test_settings_are_documented_with_their_defaults():
    defaults = {
        name: re.search(r"Default: `(.*)`", text).group(1)
        for name, text in sections("settings.md").items()
    }
    assert defaults == {name: repr(value) for name, value in conf.DEFAULTS.items()}


def test_commands_are_documented():
    assert sorted(sections("commands.md")) == sorted(commands())


@pytest.mark.parametrize("name", commands())
def test_options_of_commands_are_documented(name):
    def options(command):
        parser = command.create_parser("manage.py", name)
        return {option for action in parser._actions for option in action.option_strings}

    documented = set(re.findall(r"`(--[a-z-]+)", sections("commands.md")[name]))

    own = options(load_command_class("lpsa_wagtail", name)) - options(BaseCommand())
    assert documented == own


def test_system_checks_are_documented():
    sources = "".join(read(path) for path in PACKAGE.rglob("*.py"))

    assert sorted(sections("checks.md")) == sorted(set(re.findall(r"lpsa\.[EWI]\d{3}", sources)))


def test_page_types_are_documented():
    names = {model.__name__ for model in types_of_page()}

    assert set(sections("page-types.md")) == names


@pytest.mark.parametrize("model", types_of_page(governed=True), ids=lambda model: model.__name__)
def test_what_needs_no_board_is_documented(model):
    text = sections("page-types.md")[model.__name__]
    listed = re.search(r"- Changed without the Board: (.*?)\.\n\n", f"{text}\n\n", re.DOTALL)

    assert set(re.findall(r"`([\w.]+)`", listed.group(1))) == model.operational_fields


def test_what_the_chair_decides_is_documented():
    text = sections("page-types.md")["WorkingGroupPage"]
    listed = re.search(r"- Decided by the Chair: (.*?)\.\n", text, re.DOTALL)

    charter = apps.get_model("lpsa_wagtail", "WorkingGroupPage").charter_fields
    assert tuple(re.findall(r"`(\w+)`", listed.group(1))) == charter


def test_models_are_documented():
    models = apps.get_app_config("lpsa_wagtail").get_models()
    names = {model.__name__ for model in models if not issubclass(model, Page)}

    assert set(sections("models.md")) == names


def test_api_paths_are_documented():
    paths = build().get_openapi_schema(path_prefix="")["paths"]
    there = {path.removeprefix("/") for path in paths}
    documented = re.findall(r"^## GET (\S+)$", read(REFERENCE / "api.md"), flags=re.MULTILINE)

    assert set(documented) == there


def test_readme_and_dev_py_name_the_same_tasks():
    actions = dev.parser()._subparsers._group_actions
    tasks = {task for action in actions for task in action.choices}

    assert set(re.findall(r"python3 dev\.py (\w+)", read(ROOT / "README.md"))) == tasks


def test_changelog_has_this_version():
    headings = re.findall(r"^## \[(.+?)\]", read(ROOT / "CHANGELOG.md"), flags=re.MULTILINE)

    assert lpsa_wagtail.__version__ in headings


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(document))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_document_is_reachable_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", read(page))
        found = {(page.parent / link).resolve() for link in links}
        waiting += found - reached - set(waiting)

    assert set(DOCUMENTS) - reached == set()
