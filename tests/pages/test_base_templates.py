"""Our pages inside the host's chrome, or in our own shell; our style arrives in both."""

import copy
import re
from importlib.resources import files

import pytest

from lpsa_wagtail.models import BlogIndexPage, WebinarIndexPage, WorkingGroupIndexPage
from tests import factories as make

HOST = """<!DOCTYPE html><html lang="en"><head><title>{% block title %}{% endblock %}</title></head>
<body class="host-NAME">{% block content %}{% endblock %}</body></html>"""
CSS = "/static/lpsa_wagtail/lpsa.css"


@pytest.fixture
def host_has(settings):
    """Give the host templates of its own."""

    def templates(*names):
        engines = copy.deepcopy(settings.TEMPLATES)
        for engine in engines:
            engine.pop("APP_DIRS", None)
            engine["OPTIONS"]["loaders"] = [
                (
                    "django.template.loaders.locmem.Loader",
                    {n: HOST.replace("NAME", n) for n in names},
                ),
                "django.template.loaders.app_directories.Loader",
            ]
        settings.TEMPLATES = engines

    return templates


@pytest.fixture
def pages():
    """One address of every kind, and what a filter that does not exist gives."""
    group = make.group()
    indexes = [make.index_page(m) for m in (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)]
    made = [group, make.post(group), make.webinar(group), *indexes]
    return [*((page.url, 200) for page in made), (f"{indexes[0].url}?page=9", 400)]


def stylesheets(seen, where):
    return [link["href"] for link in seen.select(f'{where} link[rel="stylesheet"]')]


def test_without_a_template_of_the_host_our_shell_is_used(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.html["class"] == ["lpsa-shell"]
        assert (stylesheets(seen, "head"), stylesheets(seen, "body")) == ([CSS], [])


def test_the_hosts_base_template_is_used_and_gets_our_style_with_the_content(
    pages, visit, host_has
):
    host_has("base.html")
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.body["class"] == ["host-base.html"]
        assert (stylesheets(seen, "head"), stylesheets(seen, "body")) == ([], [CSS])
        assert len(seen.select("main.lpsa")) == 1
        assert seen.title.string.strip() != ""


def test_the_setting_wins_over_base_html(pages, visit, host_has, settings):
    host_has("base.html", "ours.html")
    settings.LPSA_BASE_TEMPLATE = "ours.html"
    assert visit(pages[0][0]).body["class"] == ["host-ours.html"]


def test_previews_use_the_same_base_template(preview, host_has):
    host_has("base.html")
    assert preview(make.post(make.group())).body["class"] == ["host-base.html"]


def test_nothing_of_ours_needs_inline_style_or_script_or_another_site(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.select("style, script, [style]") == []
        assert [
            (tag.name, name)
            for tag in seen.find_all(True)
            for name in tag.attrs
            if name.startswith("on")
        ] == []
        loaded = [tag.get("src") or tag.get("href") for tag in seen.select("img, link, source")]
        assert [address for address in loaded if not address.startswith("/")] == []


def test_all_that_we_put_on_a_page_is_below_our_class(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        outside = [
            tag.name
            for tag in seen.body.find_all(True)
            if not tag.find_parents(class_="lpsa") and "lpsa" not in tag.get("class", ())
        ]
        assert outside == ["div"]


def test_our_style_touches_nothing_outside_our_class():
    css = (files("lpsa_wagtail") / "static/lpsa_wagtail/lpsa.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    assert css.lstrip().startswith("@layer lpsa {")
    assert re.findall(r"url\(|@import|@font-face|!important", css) == []
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)|text-align: (?:left|right)"
    )
    assert re.findall(physical, css) == []
    for selectors in re.findall(r"^  ([^\s@&}][^{]*)\{", css, flags=re.M):
        for selector in selectors.split(","):
            assert re.match(r"(?::where\()?\.lpsa\b", selector.strip()), selector
