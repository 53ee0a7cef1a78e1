"""The import law: a module imports only from lower layers or from its own package.

The layers are those of docs/concepts/how-data-flows.md. The law is read from the source with
``ast``; nothing is imported for it.
"""

import ast
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "lpsa_wagtail"

LAYERS = {
    0: {"conf", "choices", "exceptions", "signals", "compat"},
    1: {"blocks", "panels", "page_forms", "fields"},
    2: {"models"},
    3: {"permissions"},
    4: {"actions", "notifications"},
    5: {
        *("importers", "forms", "tasks", "api", "feeds", "calendars", "reports"),
        *("modeladmins", "viewsets", "templatetags", "share_pictures"),
    },
    6: {"views", "signal_handlers", "wagtail_hooks", "checks", "management"},
    7: {"urls", "apps"},
}
LAYER_OF = {shelf: number for number, shelves in LAYERS.items() for shelf in shelves}

#: Methods of models that Wagtail itself calls. Each may reach the rules and the verbs (layers 3
#: and 4) by one import inside.
CALLED_BY_WAGTAIL = {
    *("save", "publish", "unpublish", "copy", "move", "delete", "start"),
    *("serve", "serve_preview", "route", "get_context", "permissions_for_user"),
    *("on_action", "get_actions", "get_task_states_user_can_moderate"),
    *("user_can_access_editor", "locked_for_user"),
}
#: Other imports inside functions: (function, imported module) → why.
REASONS = {
    ("get_context", "models.listings"): "a list reads the types of pages that show it",
    ("get_context", "models.contexts"): "what a page shows is read from all types of pages",
    ("linked_data", "models.linked_data"): "what search engines read knows all types of pages",
    ("route", "models.gone"): "what answers where a group was knows groups",
    ("serve", "models.gone"): "what answers where a group was knows groups",
    ("ready", "checks"): "models can be imported only when Django is ready",
    ("ready", "signal_handlers"): "models can be imported only when Django is ready",
}
#: Names that say nothing about what is inside, and one that Django imports by itself.
NAMES_TO_AVOID = {"utils", "util", "helpers", "helper", "common", "misc", "services", "admin"}
#: What we import that another dependency brings: it is part of how one works with that.
COMES_WITH = {
    "modelcluster": "wagtail",
    "django_filters": "wagtail",
    "django_tasks": "wagtail",
    "modelsearch": "wagtail",
    "treebeard": "wagtail",
    "PIL": "wagtail",
    "pydantic": "django-ninja",
}
DISTRIBUTIONS = {
    "taggit": "django-taggit",
    "wagtail_modeladmin": "wagtail-modeladmin",
    "ninja": "django-ninja",
    "django_countries": "django-countries",
}
NOT_FOR_THE_PACKAGE = {"tests", "example_site", "benchmarks", "tools", "dev"}


@dataclass(frozen=True)
class Import:
    """One imported module: where, by whom (class and function, if any), and what is taken."""

    module: str
    line: int
    inside: tuple[str, ...]
    in_function: bool
    target: str
    names: frozenset[str]

    @property
    def is_ours(self) -> bool:
        return self.target.split(".")[0] == "lpsa_wagtail"

    def __str__(self):
        where = ".".join([self.module, *self.inside])
        return f"{where}, line {self.line}, imports {self.target}"


class Reader(ast.NodeVisitor):
    """Collects the imports of one module."""

    def __init__(self, module: str, is_package: bool, modules: set[str]):
        self.module, self.is_package, self.modules = module, is_package, modules
        self.inside: list[tuple[str, bool]] = []
        self.found: list[Import] = []

    def visit_ClassDef(self, node):
        self._within(node, is_function=False)

    def visit_FunctionDef(self, node):
        self._within(node, is_function=True)

    def visit_AsyncFunctionDef(self, node):
        self._within(node, is_function=True)

    def _within(self, node, is_function):
        self.inside.append((node.name, is_function))
        self.generic_visit(node)
        self.inside.pop()

    def visit_Import(self, node):
        for alias in node.names:
            self._note(node, alias.name, frozenset())

    def visit_ImportFrom(self, node):
        base = node.module or ""
        if node.level:
            own = f"lpsa_wagtail.{self.module}".split(".")
            above = own[: len(own) - node.level + self.is_package]
            base = ".".join([*above, *filter(None, [node.module])])
        names = {alias.name for alias in node.names}
        modules = {name for name in names if f"{base}.{name}" in self.modules}
        for name in sorted(modules):
            self._note(node, f"{base}.{name}", frozenset())
        if names - modules:
            self._note(node, base, frozenset(names - modules))

    def _note(self, node, target, names):
        inside = tuple(name for name, _ in self.inside)
        in_function = any(is_function for _, is_function in self.inside)
        self.found.append(Import(self.module, node.lineno, inside, in_function, target, names))


def shelf(module: str) -> str:
    return module.removeprefix("lpsa_wagtail.").split(".")[0]


def read(package: Path) -> dict[str, list[Import]]:
    """Map module (without the package's own name) → what it imports. Migrations are left out."""
    files = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts and parts[0] != "migrations":
            files[".".join(parts)] = path
    modules = {f"lpsa_wagtail.{module}" for module in files}
    found = {}
    for module, path in files.items():
        reader = Reader(module, path.name == "__init__.py", modules)
        reader.visit(ast.parse(path.read_text(encoding="utf-8")))
        found[module] = reader.found
    return found


def violations(package: Path) -> list[str]:
    """Every breach of the law, as a sentence."""
    imports = read(package)
    front_door = frozenset().union(*(one.names for one in imports.get("models", ())))
    found = []
    for module, taken in imports.items():
        if words := NAMES_TO_AVOID & set(module.split(".")):
            found.append(f"{module}: a name that says nothing ({', '.join(words)})")
        if shelf(module) not in LAYER_OF:
            found.append(f"{module}: not in any layer")
            continue
        found += [f"{one}: {why}" for one in taken if (why := breach(one))]
        found += crowded(taken)
        if shelf(module) != "models":
            found += [
                f"{one}: {', '.join(names)} comes from lpsa_wagtail.models"
                for one in taken
                if one.target.startswith("lpsa_wagtail.models.")
                and (names := sorted(one.names & front_door))
            ]
    return found


def breach(one: Import) -> str:
    """What is wrong with an import; "" if nothing."""
    if one.target.split(".")[0] in NOT_FOR_THE_PACKAGE:
        return "the package stands alone"
    if one.in_function:
        return "" if is_excepted(one) else "an import inside a function, without a reason"
    if not one.is_ours or one.target == "lpsa_wagtail":
        return ""
    own, other = shelf(one.module), shelf(one.target)
    if other not in LAYER_OF:
        return "it is not in any layer"
    if LAYER_OF[other] > LAYER_OF[own]:
        return f"upwards, from layer {LAYER_OF[own]} to {LAYER_OF[other]}"
    if LAYER_OF[other] == LAYER_OF[own] and other != own:
        return f"a neighbour in layer {LAYER_OF[own]}"
    return ""


def is_excepted(one: Import) -> bool:
    if (one.inside[-1], one.target.removeprefix("lpsa_wagtail.")) in REASONS:
        return True
    called = shelf(one.module) == "models" and one.inside[-1] in CALLED_BY_WAGTAIL
    return called and one.is_ours and LAYER_OF.get(shelf(one.target)) in (3, 4)


def crowded(imports: list[Import]) -> list[str]:
    """Functions that import on more than one line."""
    lines: dict = {}
    for one in imports:
        if one.in_function:
            lines.setdefault((one.module, one.inside), set()).add(one.line)
    return [
        f"{'.'.join([module, *inside])}: more than one import inside"
        for (module, inside), where in lines.items()
        if len(where) > 1
    ]


def test_the_package_keeps_the_law():
    assert violations(PACKAGE) == []


def test_the_documents_show_the_same_layers():
    text = (PACKAGE.parent / "docs/concepts/how-data-flows.md").read_text(encoding="utf-8")
    lines = re.findall(r"^(\d) \w+ +(.+)$", text, flags=re.MULTILINE)

    assert {int(number): set(shelves.split()) for number, shelves in lines} == LAYERS


def test_every_stated_reason_is_still_needed():
    inside = [one for taken in read(PACKAGE).values() for one in taken if one.in_function]
    used = {(one.inside[-1], one.target.removeprefix("lpsa_wagtail.")) for one in inside}

    assert set(REASONS) - used == set()


def test_what_is_imported_is_declared_as_a_dependency():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    dependencies = project["project"]["dependencies"]
    declared = {re.match(r"[\w-]+", line).group().lower() for line in dependencies}
    used = {one.target.split(".")[0] for taken in read(PACKAGE).values() for one in taken}
    used -= {"lpsa_wagtail", *sys.stdlib_module_names}

    needed = {COMES_WITH.get(name) or DISTRIBUTIONS.get(name, name).lower() for name in used}
    assert needed == declared


@pytest.mark.parametrize(
    ("module", "source", "breaches"),
    [
        (
            "models.blog",
            "from lpsa_wagtail.permissions import may_go_live",
            ["models.blog, line 1, imports lpsa_wagtail.permissions: upwards, from layer 2 to 3"],
        ),
        (
            "conf",
            "from lpsa_wagtail import choices",
            ["conf, line 1, imports lpsa_wagtail.choices: a neighbour in layer 0"],
        ),
        (
            "notifications.notices",
            "from .. import actions",
            ["notifications.notices, line 1, imports lpsa_wagtail.actions: a neighbour in layer 4"],
        ),
        (
            "api.posts",
            "def posts():\n    import json",
            [
                "api.posts.posts, line 2, imports json: "
                "an import inside a function, without a reason"
            ],
        ),
        (
            "models.blog",
            "class BlogPost:\n"
            "    def title_shown(self):\n"
            "        from lpsa_wagtail.permissions import roles",
            [
                "models.blog.BlogPost.title_shown, line 3, imports lpsa_wagtail.permissions: "
                "an import inside a function, without a reason"
            ],
        ),
        (
            "models.blog",
            "class BlogPost:\n    def save(self):\n        from lpsa_wagtail.api import schemas",
            [
                "models.blog.BlogPost.save, line 3, imports lpsa_wagtail.api: "
                "an import inside a function, without a reason"
            ],
        ),
        (
            "models.blog",
            "class BlogPost:\n"
            "    def save(self):\n"
            "        from lpsa_wagtail.permissions import one\n"
            "        from lpsa_wagtail.actions import two",
            ["models.blog.BlogPost.save: more than one import inside"],
        ),
        (
            "views.posts",
            "import tests.factories",
            ["views.posts, line 1, imports tests.factories: the package stands alone"],
        ),
        (
            "views.posts",
            "from lpsa_wagtail.models.blog import BlogPost",
            [
                "views.posts, line 1, imports lpsa_wagtail.models.blog: "
                "BlogPost comes from lpsa_wagtail.models"
            ],
        ),
        ("odds", "", ["odds: not in any layer"]),
        ("api.helpers", "", ["api.helpers: a name that says nothing (helpers)"]),
        (
            "api.posts",
            "if True:\n    from lpsa_wagtail.urls import urlpatterns",
            ["api.posts, line 2, imports lpsa_wagtail.urls: upwards, from layer 5 to 7"],
        ),
    ],
)
def test_a_planted_breach_is_seen(tmp_path, module, source, breaches):
    plant(tmp_path, "models", "from lpsa_wagtail.models.blog import BlogPost")
    for shelf_name in ("choices", "permissions", "actions", "api", "urls"):
        plant(tmp_path, shelf_name, "")
    plant(tmp_path, module, source)

    assert violations(tmp_path) == breaches


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "views.posts",
            "from lpsa_wagtail import actions\nfrom lpsa_wagtail.models import BlogPost",
        ),
        ("api.posts", "from lpsa_wagtail.api import schemas\nfrom . import errors"),
        (
            "models.blog",
            "class BlogPost:\n"
            "    def publish(self):\n"
            "        from lpsa_wagtail.permissions import may_go_live",
        ),
    ],
)
def test_what_the_law_allows_is_let_through(tmp_path, module, source):
    plant(tmp_path, "models", "from lpsa_wagtail.models.blog import BlogPost")
    plant(tmp_path, module, source)

    assert violations(tmp_path) == []


def plant(package: Path, module: str, source: str) -> None:
    """Write a module; a layer's name alone becomes a package."""
    path = package.joinpath(*module.split("."))
    if "." in module:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".py").write_text(source, encoding="utf-8")
    elif module in ("models", "permissions", "actions", "api"):
        path.mkdir()
        (path / "__init__.py").write_text(source, encoding="utf-8")
    else:
        path.with_suffix(".py").write_text(source, encoding="utf-8")
