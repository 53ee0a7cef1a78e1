"""The wheel has everything that works and nothing that does not."""

import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

import lpsa_wagtail
from tests.wheel.conftest import ROOT

pytestmark = pytest.mark.wheel

PACKAGE = ROOT / "lpsa_wagtail"
VERSION = lpsa_wagtail.__version__
#: Kinds of files that a Wagtail app consists of.
KINDS = {".css", ".html", ".js", ".json", ".mo", ".po", ".py", ".svg", ".txt", ".typed"}
BESIDE = {"CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml", ".gitignore", "PKG-INFO"}


def in_the_repository() -> set[str]:
    files = (path for path in PACKAGE.rglob("*") if path.is_file())
    return {str(p.relative_to(ROOT)) for p in files if "__pycache__" not in p.parts}


@pytest.fixture(scope="module")
def files(wheel) -> set[str]:
    """Files of the package in the wheel, without what describes it."""
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_has_every_file_of_the_package_and_no_other(files):
    compiled = {f"{path.removesuffix('.po')}.mo" for path in files if path.endswith(".po")}

    assert files == in_the_repository() | compiled


def test_every_file_is_of_a_kind_that_belongs_into_an_app(files):
    assert {path for path in files if Path(path).suffix not in KINDS} == set()


@pytest.mark.parametrize(
    "path",
    [
        "py.typed",
        "data/vocabulary.json",
        "migrations/0001_initial.py",
        "static/lpsa_wagtail/lpsa.css",
        "templates/lpsa_wagtail/shell.html",
    ],
)
def test_what_is_not_code_is_in_it_too(files, path):
    assert f"lpsa_wagtail/{path}" in files


def test_the_sdist_has_the_package_and_what_is_needed_to_build_it(sdist):
    top = f"lpsa_wagtail-{VERSION}/"
    with tarfile.open(sdist) as archive:
        names = {member.name.removeprefix(top) for member in archive if member.isfile()}

    assert names == in_the_repository() | BESIDE
