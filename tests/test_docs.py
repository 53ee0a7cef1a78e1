"""The documents say what is there, all of it and nothing else."""

import ast
import re
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.dispatch import Signal
from wagtail.models import Page

import dev
import lpsa_wagtail
from lpsa_wagtail import conf, signals
from lpsa_wagtail.api.application import build
from lpsa_wagtail.models import GovernedPage

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lpsa_wagtail"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *PAGES]
#: Templates in these folders are for the admin.
OF_THE_ADMIN = (
    "dashboard",
    "desk",
    "interests",
    "listings",
    "widgets",
    "editing",
    "proposing",
    "register",
)

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


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


def test_rights_are_documented_as_the_command_prints_them():
    printed = StringIO()
    call_command("lpsa_rights", "--format", "markdown", stdout=printed)

    _intro, _mark, table = read(REFERENCE / "rights.md").partition("<!-- lpsa_rights -->\n\n")
    assert table == printed.getvalue()


def test_system_checks_are_documented():
    sources = "".join(read(path) for path in PACKAGE.rglob("*.py"))

    assert sorted(sections("checks.md")) == sorted(set(re.findall(r"lpsa\.[EWI]\d{3}", sources)))


@pytest.mark.parametrize(
    "name", [name for name in sections("checks.md") if int(name[-3:]) < 100 and name != "lpsa.E002"]
)
def test_each_check_shows_the_line_to_add_or_the_place_in_the_admin(name):
    assert re.search(r"```python\n|Settings → ", sections("checks.md")[name])


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


def test_signals_are_documented():
    there = {name for name, value in vars(signals).items() if isinstance(value, Signal)}
    text = read(REFERENCE / "signals.md")

    assert set(re.findall(r"autodata:: lpsa_wagtail\.signals\.(\w+)", text)) == there


def test_templates_for_visitors_are_documented():
    folder = PACKAGE / "templates" / "lpsa_wagtail"
    names = {path.relative_to(folder) for path in folder.rglob("*.html")}
    documented = re.findall(r"^\| `([\w/]+\.html)`", read(REFERENCE / "templates.md"), re.MULTILINE)

    assert sorted(documented) == sorted(
        str(name) for name in names if name.parts[0] not in OF_THE_ADMIN
    )


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


def links(document: Path) -> list[tuple[Path, str]]:
    """The links of a document to others and inside itself: the file, and the heading or ""."""
    prose = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", prose)
    return [((document.parent / file).resolve() if file else document, at) for file, at in found]


def anchors(document: Path) -> set[str]:
    """What the headings of a document are called in addresses."""
    prose = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_files_are_where_the_documents_say():
    text = read(DOCS / "concepts" / "where-things-are.md")
    named = set(re.findall(r"`([\w/]+(?:\.\w+|/))`", text)) - {"docs/_build/html"}

    assert [name for name in named if not any((at / name).exists() for at in (ROOT, PACKAGE))] == []


@each_document
def test_links_lead_somewhere(document):
    assert [str(file) for file, _at in links(document) if not file.exists()] == []


@each_document
def test_links_to_headings_lead_to_one(document):
    wanted = [(file, at) for file, at in links(document) if at]

    assert [(file.name, at) for file, at in wanted if at not in anchors(file)] == []


def test_every_document_is_reachable_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        found = {file for file, _at in links(page) if file.suffix == ".md"}
        waiting += found - reached - set(waiting)

    assert set(DOCUMENTS) - reached == set()


def test_the_index_lists_every_page_for_readers_and_for_sphinx_in_one_order():
    text = read(DOCS / "index.md")
    listed = re.findall(r"^- \[.+?\]\((.+?)\.md\)", text, flags=re.MULTILINE)
    trees = re.findall(r"```\{toctree\}\n(?::[^\n]*\n)*\n(.*?)```", text, flags=re.DOTALL)

    assert [name for tree in trees for name in tree.split()] == listed
    assert {DOCS / f"{name}.md" for name in listed} == set(PAGES) - {DOCS / "index.md"}


def test_every_how_to_is_linked_from_the_readme():
    linked = {file for file, _at in links(ROOT / "README.md")}

    assert set((DOCS / "how-to").glob("*.md")) - linked == set()


def test_the_steps_of_installing_are_the_same_in_both_places():
    def steps(document):
        text = read(document)
        numbered = text[text.index("\n1. Install the package") :]
        return re.match(r"(?:\n| .*|[1-4]\. .*)+", numbered).group().strip()

    assert steps(DOCS / "how-to" / "add-it-to-your-site.md") == steps(ROOT / "README.md")


def test_the_code_of_front_ends_is_taken_from_the_tested_files():
    page = read(DOCS / "how-to" / "build-a-front-end.md")
    folder = ROOT / "tests" / "clients"
    tested = [read(path) for at in ("python", "typescript") for path in sources(folder / at)]
    blocks = re.findall(r"^```\w+\n(.*?)^```", page, re.DOTALL | re.MULTILINE)

    assert [block for block in blocks if not any(block in text for text in tested)] == []
    assert len(blocks) > 5


def sources(folder: Path) -> list[Path]:
    """The files of a client that are in the repository."""
    kinds = (".py", ".sh", ".ts", ".yml")
    found = [*folder.glob("*"), *(folder / "src").glob("*")]
    return [path for path in found if path.suffix in kinds and path.name != "schema.d.ts"]


@each_document
def test_code_can_be_parsed_and_names_what_there_is(document):
    blocks = re.findall(r"^( *)```python\n(.*?)^ *```", read(document), re.DOTALL | re.MULTILINE)
    for indent, code in blocks:
        tree = ast.parse(re.sub(f"^{indent}", "", code, flags=re.MULTILINE))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("lpsa_wagtail"):
                there = import_module(node.module)
                assert [name.name for name in node.names if not hasattr(there, name.name)] == []
