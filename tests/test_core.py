"""No test of approval or rights is left out of what every supported version has to pass."""

import ast
from pathlib import Path

import pytest

from tests.core import CORE, TESTS, is_core

#: Names that tests of approval and rights cannot do without.
TELLING = {
    *("Decision", "NotAllowed", "NotDecided", "AlreadyDecided"),
    *("decide", "withdraw", "submit", "why_not_decide", "may_go_live"),
    *("board_member", "board_chair", "secretary", "leader"),
}


def names_in(path: Path) -> set[str]:
    """Every name that a module uses or imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def outside() -> list[Path]:
    """Test modules that are not in the core; other people's sites have runs of their own."""
    modules = (path for path in sorted(TESTS.rglob("test_*.py")) if not is_core(path))
    return [path for path in modules if path.parent.name not in ("hosts", "wheel", "clients")]


def test_what_the_core_names_is_there():
    assert [name for name in CORE if not (TESTS / name).exists()] == []


@pytest.mark.parametrize("path", outside(), ids=lambda path: str(path.relative_to(TESTS)))
def test_a_module_outside_the_core_is_not_about_approval_or_rights(path):
    assert names_in(path) & TELLING == set()


@pytest.mark.parametrize("name", ["permissions/test_tomorrow.py", "models/deep/test_one.py"])
def test_a_new_module_in_a_folder_of_the_core_is_in_the_core(name):
    assert is_core(TESTS / name)


def test_the_marker_is_on_the_tests_of_the_core_and_on_no_others(request):
    items = request.session.items
    marked = [item.nodeid for item in items if item.get_closest_marker("core")]

    assert marked == [item.nodeid for item in items if is_core(item.path)] != []
