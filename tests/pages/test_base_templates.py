"""Our pages inside the host's chrome, or in our own shell; every template can be taken over."""

import re
from importlib.resources import files

import pytest

from tests import factories as make
from tests.rich_pages import rich_pages

HOST = """<!DOCTYPE html><html lang="en"><head><title>{% block title %}{% endblock %}</title></head>
<body class="host-NAME">{% block content %}{% endblock %}</body></html>"""
TEMPLATES = files("lpsa_wagtail") / "templates/lpsa_wagtail"
ADMIN_AND_MAIL = {"dashboard", "interests", "listings", "notifications", "widgets"}
#: Data for search engines runs nothing, and scripts of ours are files.
SCRIPT = r"<script(?! type=\"application/ld\+json\">|[^>]* src=['\"]{% static )"
INLINE = rf"<style|{SCRIPT}|\sstyle=|\son[a-z]+=|javascript:"
#: On the pages for what is not there (test_not_found.py), and in the editor.
ELSEWHERE = {"not_found.html", "ways_on.html", "preview.html"}
#: Attributes that name what a browser loads; a srcset is a list of ours if its first is.
LOADED = ("src", "srcset", "href")
PARTS = sorted(
    f"{folder}/{path.name}"
    for folder in ("blocks", "includes")
    for path in (TEMPLATES / folder).iterdir()
    if path.suffix == ".html" and path.name not in ELSEWHERE
)


def host(name):
    return HOST.replace("NAME", name)


@pytest.fixture
def pages(site, settings):
    """One address of every kind, and what a filter that does not exist gives."""
    return list(rich_pages(site, settings).values())


def test_without_a_template_of_the_host_our_shell_is_used(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.html["class"] == ["lpsa-shell"]
        assert len(seen.select("main .lpsa")) == 1


def test_the_hosts_base_template_is_used(pages, visit, host_has):
    host_has({"base.html": host("base")})
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.body["class"] == ["host-base"]
        assert len(seen.select("body > .lpsa")) == 1
        assert seen.title.string.strip() != ""


def test_the_landmark_around_the_content_is_the_business_of_the_base_template(
    pages, visit, host_has
):
    host_has({"base.html": host("base").replace("{% block content", "<main>{% block content")})
    for address, status in pages:
        assert len(visit(address, status=status).select("main")) == 1


def test_the_setting_wins_over_base_html(visit, host_has, settings):
    host_has({"base.html": host("base"), "ours.html": host("ours")})
    settings.LPSA_BASE_TEMPLATE = "ours.html"
    assert visit(make.group()).body["class"] == ["host-ours"]


def test_previews_use_the_same_base_template(preview, host_has):
    host_has({"base.html": host("base")})
    assert preview(make.post(make.group())).body["class"] == ["host-base"]


# Taking over.


def test_every_part_of_a_page_can_be_taken_over_alone(pages, visit, host_has):
    ours = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in PARTS}
    host_has({f"lpsa_wagtail/{name}": f"{text}<i>{name}</i>" for name, text in ours.items()})
    used = {text for page in pages for text in visit(*page).texts("i")}
    assert used == set(PARTS)


def test_a_page_can_be_taken_over_and_still_extend_ours(visit, host_has):
    name = "lpsa_wagtail/blog_post.html"
    more = '{% extends "NAME" %}{% block content %}<i>Ad</i>{{ block.super }}{% endblock %}'
    host_has({name: more.replace("NAME", name)})
    seen = visit(make.post(make.group(), title="Bridges"))
    assert (seen.texts("main > i"), seen.text("h1")) == (["Ad"], "Bridges")


# What a strict content policy asks for.


def test_nothing_of_ours_needs_inline_style_or_script_or_another_site(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        assert seen.select("style, [style]") == []
        code = [one for one in seen.select("script:not([src])") if "ld+json" not in one["type"]]
        assert code == []
        assert [
            (tag.name, name)
            for tag in seen.find_all(True)
            for name in tag.attrs
            if name.startswith("on")
        ] == []
        loading = "img, source, script[src], link[rel=stylesheet], link[rel=icon]"
        loaded = [tag[name] for tag in seen.select(loading) for name in LOADED if name in tag.attrs]
        assert [address for address in loaded if not address.startswith("/")] == []


def test_no_template_for_visitors_has_inline_style_or_script():
    found = {
        str(path.relative_to(TEMPLATES)): match.group()
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] not in ADMIN_AND_MAIL
        for match in re.finditer(INLINE, path.read_text(encoding="utf-8"))
    }
    assert found == {}


def test_all_that_we_put_on_a_page_is_below_our_class(pages, visit):
    for address, status in pages:
        seen = visit(address, status=status)
        outside = [
            tag.name
            for tag in seen.body.find_all(True)
            if not tag.find_parents(class_="lpsa") and "lpsa" not in tag.get("class", ())
        ]
        assert outside == ["main"]
