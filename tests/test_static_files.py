"""Our style sheets and scripts stay with our own elements."""

import re
from importlib.resources import files

import pytest

STATIC = files("lpsa_wagtail") / "static/lpsa_wagtail"
ADMIN = ["admin/desk.css", "admin/interests.css", "admin/listings.css"]
#: A selector that begins with a class of ours, or asks for an element that holds one.
OURS = r"^\.lpsa-|^[\w.]+:has\(\.lpsa-"
PHYSICAL = r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|text-align: (?:left|right)"


def read(name) -> str:
    """A file without its comments."""
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.S)


def outermost(css) -> set[str]:
    """The selectors that are nested in no other."""
    found, around = set(), []
    for prelude, end in re.findall(r"([^{};]*)(?:\{|(\}))", css):
        if end:
            around.pop()
            continue
        selector = " ".join(prelude.split())
        if not selector.startswith("@") and all(above.startswith("@") for above in around):
            found |= {part.strip() for part in re.split(r",(?![^(]*\))", selector)}
        around.append(selector)
    return found


def test_every_rule_for_visitors_is_nested_in_one_for_our_class():
    selectors = outermost(read("lpsa.css"))

    assert selectors == {":where(.lpsa)", ".lpsa:not(#no#one#ever)", "html.lpsa-shell"}


@pytest.mark.parametrize("name", ADMIN)
def test_every_rule_for_the_admin_is_for_a_class_of_ours(name):
    assert [s for s in outermost(read(name)) if not re.search(OURS, s)] == []


def test_the_script_of_the_admin_looks_for_its_own_widget_only():
    script = read("admin/interests.js")

    assert re.findall(r"document\.querySelector\w*\((.*?)\)", script) == ['"[data-lpsa-interests]"']
    assert re.findall(r"\b(?:window|globalThis)\.", script) == []


def test_the_script_of_the_search_looks_for_its_own_form_only():
    script = read("search.js")

    assert re.findall(r"document\.querySelector\w*\((.*?)\)", script) == [
        '"form[data-lpsa-suggest]"'
    ]
    assert re.findall(r"\b(?:window|globalThis|innerHTML|eval)\b", script) == []


def test_the_script_for_recordings_looks_for_its_own_places_and_names_no_other_site():
    script = read("recordings.js")

    assert re.findall(r"document\.querySelector\w*\((.*?)\)", script) == ['"[data-lpsa-video]"']
    assert re.findall(r"https?:|\b(?:window|globalThis|innerHTML|eval)\b", script) == []


def test_the_script_for_visitors_looks_for_our_own_marks_only():
    script = read("times.js")

    assert re.findall(r"document\.querySelector\w*\((.*?)\)", script) == ['"[data-lpsa-times]"']
    assert re.findall(r"\b(?:window|globalThis|fetch|import)\b|innerHTML", script) == []


@pytest.mark.parametrize("name", ["lpsa.css", *ADMIN])
def test_our_style_needs_no_other_file_and_knows_no_left_and_right(name):
    css = read(name)

    assert re.findall(r"url\(|@import|@font-face|!important", css) == []
    assert re.findall(PHYSICAL, css) == []
