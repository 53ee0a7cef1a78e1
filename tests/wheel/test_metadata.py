"""What the wheel says about itself is true, and can be read by the tools that read it."""

import re
import sys
import tomllib
from zipfile import ZipFile

import pytest
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lpsa_wagtail import __version__
from tests.wheel.conftest import ROOT, ran
from tests.wheel.readme import README

pytestmark = pytest.mark.wheel

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def metadata(wheel) -> Metadata:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Metadata.from_email(archive.read(name), validate=True)


def name_of(line: str) -> str:
    return canonicalize_name(Requirement(line).name)


def test_the_readme_can_be_rendered_and_the_metadata_are_valid(wheel, sdist):
    ran(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist)


def test_a_linter_of_wheels_finds_nothing(wheel):
    options = ["--toplevel", "lpsa_wagtail", "--ignore", "W004"]  # names of migrations are numbers
    command = [sys.executable, "-m", "check_wheel_contents", *options, wheel]

    assert ran(*command, cwd=wheel.parent) == f"{wheel}: OK\n"


def test_name_version_licence_and_readme(metadata):
    found = (canonicalize_name(metadata.name), str(metadata.version), metadata.license_expression)

    assert found == ("lpsa-wagtail", __version__, "BSD-3-Clause")
    assert metadata.description == README.read_text(encoding="utf-8")
    assert metadata.license_files == ["LICENSE"]


def test_who_installs_it_gets_what_it_needs_and_nothing_of_ours(metadata):
    needed = {line for line in metadata.requires_dist if line.marker is None}

    assert needed == {Requirement(line) for line in PROJECT["dependencies"]}


def test_extras_have_what_the_project_says(metadata):
    found = {}
    for line in metadata.requires_dist:
        if line.marker:
            (extra,) = re.findall(r'extra == "(.+?)"', str(line.marker))
            found.setdefault(extra, set()).add(canonicalize_name(line.name))
    written = PROJECT["optional-dependencies"]

    assert found == {extra: set(map(name_of, lines)) for extra, lines in written.items()}


def test_every_requirement_has_a_lower_bound(metadata):
    bounds = {
        line.name: {spec.operator for spec in line.specifier} for line in metadata.requires_dist
    }

    assert [name for name, operators in bounds.items() if ">=" not in operators] == []


def test_versions_in_the_classifiers_are_those_of_the_readme(metadata):
    found = {}
    for classifier in metadata.classifiers:
        *topic, version = classifier.split(" :: ")
        if re.fullmatch(r"\d+(\.\d+)?", version):
            found.setdefault(topic[-1], []).append(version)
    text = README.read_text(encoding="utf-8")

    assert "Wagtail 7.4 LTS and 8, Django 5.2 LTS to 6.1, Python 3.11 to 3.13," in text
    assert found == {
        "Django": ["5.2", "6.0", "6.1"],
        "Wagtail": ["7", "8"],
        "Python": ["3", "3.11", "3.12", "3.13"],
    }
    assert str(metadata.requires_python) == ">=3.11"
