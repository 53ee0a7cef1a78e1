"""The blocks that editors write with, as readers see them."""

from django.test import RequestFactory
from django.utils import translation

from lpsa_wagtail.models import BlogPost, Webinar
from lpsa_wagtail.templatetags.lpsa_tags import short_number
from tests import factories as make


def shown(visit, *body):
    return visit(make.post(make.group(), body=list(body)))


def test_heading_and_text(visit):
    page = make.group()
    link = f'<p>See <a linktype="page" id="{page.pk}">the group</a>.</p>'
    seen = shown(visit, ("heading", "Why & how"), ("paragraph", link), ("paragraph", "<p>End.</p>"))
    assert seen.texts(".lpsa-body h2") == ["Why & how"]
    assert seen.texts(".lpsa-prose") == ["See the group .", "End."]
    assert seen.links(".lpsa-prose a") == {"the group": page.url}


def test_figure(visit):
    picture = {
        "image": make.image(file__width=1600, file__height=900),
        "alternative_text": 'A "pier"',
        "caption": "At the sea",
        "credit": "Ama",
    }
    seen = shown(visit, ("figure", picture))
    image = seen.select_one(".lpsa-figure img")
    assert image["alt"] == 'A "pier"'
    for source in seen.select(".lpsa-figure source"):
        assert [part.split()[-1] for part in source["srcset"].split(",")] == ["720w", "1440w"]
    assert (image["width"], image["height"]) == ("720", "405")
    assert seen.texts(".lpsa-figure figcaption span") == ["At the sea", "Ama"]


def test_figure_for_decoration(visit):
    seen = shown(visit, ("figure", {"image": make.image(title="IMG_1234")}))
    assert seen.select_one(".lpsa-figure img")["alt"] == ""
    assert seen.select(".lpsa-figure figcaption") == []


def test_quotation(visit):
    seen = shown(visit, ("quote", {"text": "One.\n\nTwo.", "source": "Ama"}))
    assert seen.texts("blockquote p") == ["One.", "Two."]
    assert seen.text(".lpsa-quote figcaption") == "Ama"


def test_document(visit):
    paper = make.document(title="Paper")
    seen = shown(visit, ("document", {"document": paper, "description": "One page"}))
    assert seen.links(".lpsa-download a") == {"Paper": paper.url}
    assert seen.text(".lpsa-download > p.lpsa-quiet") == "One page"


def test_a_drawing_is_not_turned_into_pixels(visit):
    from django.core.files.base import ContentFile
    from wagtail.images import get_image_model

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>'
    drawing = get_image_model()(title="Drawing", file=ContentFile(svg, name="drawing.svg"))
    drawing.width, drawing.height = 300, 200
    drawing.save()
    seen = visit(make.post(make.group(), lead_image=drawing))
    assert seen.select_one(".lpsa-lead-image img")["src"].endswith(".svg")


def test_every_block_has_its_template():
    for model in (BlogPost, Webinar):
        for name, block in model.body.field.stream_block.child_blocks.items():
            assert block.get_template() == f"lpsa_wagtail/blocks/{name}.html"
            block.render(block.get_default(), {"request": RequestFactory().get("/")})


def test_gallery(visit):
    pictures = [
        {"image": make.image(), "alternative_text": "A pier", "caption": "", "credit": "Ama"},
        {"image": make.image(title="IMG_1"), "caption": "At the sea"},
        {"image": None, "caption": "gone"},
    ]
    seen = shown(visit, ("gallery", {"pictures": pictures}))
    images = seen.select(".lpsa-gallery li .lpsa-figure img")
    assert [(image["alt"], image["loading"]) for image in images] == [
        ("A pier", "lazy"),
        ("", "lazy"),
    ]
    assert seen.texts(".lpsa-gallery figcaption") == ["Ama", "At the sea"]


def test_callout(visit):
    page = make.group()
    text = f'<p>See <a linktype="page" id="{page.pk}">the group</a>.</p>'
    seen = shown(
        visit,
        ("callout", {"kind": "note", "title": "", "text": text}),
        ("callout", {"kind": "important", "title": "<b>", "text": text}),
        ("callout", {"kind": "important", "title": "", "text": "<p>Now.</p>"}),
    )
    assert seen.texts(".lpsa-callout-note .lpsa-callout-title") == ["Note"]
    assert seen.texts(".lpsa-callout-important .lpsa-callout-title") == ["<b>", "Important"]
    assert [link["href"] for link in seen.select(".lpsa-callout a")] == [page.url] * 2
    assert {box["role"] for box in seen.select(".lpsa-callout")} == {"note"}


def test_table(visit):
    cells = "County | 2023 | \nHills | 1,200 | x\n | - | <i>"
    table = {"caption": "Budgets", "cells": cells, "row_headings": True, "source": "A count"}
    seen = shown(visit, ("table", table))
    assert seen.text(".lpsa-table caption") == "Budgets"
    headings = seen.select(".lpsa-table th")
    assert [(th["scope"], th.text) for th in headings] == [
        ("col", "County"),
        ("col", "2023"),
        ("row", "Hills"),
    ]
    assert seen.texts(".lpsa-table tbody td") == ["1,200", "x", "", "-", "<i>"]
    assert seen.texts(".lpsa-cell-number") == ["1,200"]
    box = seen.select_one(".lpsa-scroll")
    assert (box["tabindex"], box["role"], box["aria-label"]) == ("0", "group", "Budgets")
    assert seen.text(".lpsa-figures > .lpsa-small") == "Source: A count"


def test_table_without_headings_of_rows(visit):
    seen = shown(visit, ("table", {"cells": "a | b\n1 | 2", "row_headings": False}))
    assert seen.texts("tbody th") == []
    assert seen.select_one(".lpsa-scroll")["aria-label"] == "Table"


def test_key_figures(visit):
    figures = [
        {"number": "38", "unit": "%", "label": "is local", "source": "A count"},
        {"number": "47", "label": "counties"},
    ]
    seen = shown(visit, ("key_figures", {"figures": figures}))
    assert seen.texts(".lpsa-key-figures > div") == [
        "is local 38 % Source: A count",
        "counties 47",
    ]


def test_chart(visit):
    chart = {
        "kind": "bar",
        "title": 'Who "spends"',
        "unit": "%",
        "description": "Less.",
        "cells": "Level | 2014 | 2024\nCentre | 71.5 | 62\nTowns | -5 | n/a\nCounties | 1,250 | 9",
        "source": "The county",
    }
    seen = shown(visit, ("chart", chart), ("chart", {**chart, "kind": "line"}))
    bars, lines = seen.select("svg.lpsa-drawing")
    assert bars["role"] == "img"
    assert bars.title.text == 'Who "spends"'
    assert " ".join(bars.desc.text.split()) == (
        "A bar chart. The lowest number is -5 (Towns, 2014). The highest is 1,250 (Counties, 2014)."
        " Less."
    )
    assert [len(bars.select(name)) for name in ("rect", "circle")] == [5, 0]
    assert [len(lines.select(name)) for name in ("rect", "circle")] == [0, 5]
    numbers = [text.text for text in bars.select(".lpsa-figure-text")]
    assert numbers == ["71.5", "62", "-5", "1,250", "9"]
    assert seen.texts(".lpsa-legend bdi") == ["2014", "2024"] * 2
    assert seen.texts(".lpsa-chart details summary") == ["The numbers as a table"] * 2
    assert seen.texts(".lpsa-chart details td")[:6] == ["71.5", "62", "-5", "n/a", "1,250", "9"]
    assert [tag.name for tag in seen.select(".lpsa-body [style], .lpsa-body [onclick]")] == []


def test_a_chart_that_cannot_be_drawn_shows_its_table(visit):
    for cells in ("x | n\na | NaN\nb | 1e999", "x | n\na | many"):
        chart = {"kind": "bar", "title": "T", "cells": cells}
        seen = shown(visit, ("chart", chart))
        assert seen.select("svg.lpsa-drawing") == []
        assert len(seen.select(".lpsa-chart table")) == 1
    assert shown(visit, ("chart", {"title": "T", "cells": "x"})).select(".lpsa-chart") == []


def test_numbers_are_written_in_the_readers_language():
    with translation.override("de"):
        assert [short_number(n) for n in (1234.5, 0.001, -2_500_000.0)] == [
            "1.234,5",
            "0,001",
            "-2,5\xa0Mio.",
        ]
    assert [short_number(n) for n in (1e15, 1e-9, 0.1 + 0.2)] == [
        "1000T",
        "0.000000001",
        "0.3",
    ]


def test_a_recording_elsewhere_is_a_link_until_it_is_followed(visit):
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    seen = shown(visit, *[("recording", {"title": "Who pays?", "url": address})] * 2)
    assert seen.select("iframe, video, .lpsa-body img") == []
    assert seen.links(".lpsa-recording a") == {"Who pays?": address}
    place = seen.select_one("[data-lpsa-video]")
    assert place["data-lpsa-video"] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert place["data-lpsa-title"] == "Who pays?"
    scripts = seen.select("script[src$='recordings.js']")
    assert {script["type"] for script in scripts} == {"module"}


def test_a_recording_at_an_unknown_place_is_only_a_link(visit):
    seen = shown(visit, ("recording", {"title": "Talk", "url": "https://video.example.org/1"}))
    assert seen.links(".lpsa-recording a") == {"Talk": "https://video.example.org/1"}
    assert seen.select("[data-lpsa-video], script[src$='recordings.js']") == []
    assert seen.text(".lpsa-recording .lpsa-quiet") == "Recording at video.example.org."
    assert (
        shown(visit, ("recording", {"title": "x", "url": "javascript:x"})).select(".lpsa-recording")
        == []
    )


def test_people_are_shown_as_typed_and_lead_to_nobody(visit):
    make.MemberFactory(name="Ama", affiliation="Hidden College", in_directory=True)
    people = [{"name": "Ama", "role": "Editor", "affiliation": "The County"}, {"name": "Bo"}]
    seen = shown(visit, ("people", {"people": people}))
    assert seen.texts(".lpsa-people-block li") == ["Ama Editor The County", "Bo"]
    assert seen.select(".lpsa-people-block a") == []
    assert "Hidden College" not in seen.text("main")


def test_sources(visit):
    sources = [
        {"text": "A book", "year": 2020, "link": "https://book.example.org/"},
        {"text": "A talk", "link": "javascript:alert(1)"},
    ]
    seen = shown(visit, ("sources", {"sources": sources}))
    assert seen.texts(".lpsa-sources h2") == ["Sources"]
    assert seen.texts(".lpsa-sources li") == ["A book (2020)", "A talk"]
    assert seen.links(".lpsa-sources a") == {"A book": "https://book.example.org/"}
