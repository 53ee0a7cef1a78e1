"""What editors can write, what is refused, what search finds, and how each block is previewed."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError

from lpsa_wagtail.blocks import BodyBlock, CellsBlock, ChartCellsBlock
from lpsa_wagtail.blocks.lists import WordField
from lpsa_wagtail.models import BlogPost, Interest
from tests import factories as make
from tests.rich_pages import body, more_blocks

BODY = BlogPost._meta.get_field("body").stream_block


@pytest.mark.parametrize(
    ("block", "text", "said"),
    [
        (CellsBlock, "a | b", "Write a row that names the columns, and one row below it."),
        (CellsBlock, "a\n" * 202, "12 columns and 200 rows are the most that a table can have."),
        (CellsBlock, "|".join("a" * 13) + "\n1", "12 columns and 200 rows are the most that a "
         "table can have."),
        (CellsBlock, f"a\n{'x' * 501}", "A cell can have 500 characters at most."),
        (ChartCellsBlock, "a\nb", "Write a name and at least one number in each row."),
        (ChartCellsBlock, "a|b\n" + "x|1\n" * 13, "A chart shows 12 rows and 4 columns of numbers "
         "at most."),
        (ChartCellsBlock, "a|b|c|d|e|f\nx|1", "A chart shows 12 rows and 4 columns of numbers "
         "at most."),
        (ChartCellsBlock, "a|b\nKenya|1,5", "“1,5” (Kenya) is no number that can be drawn. Write "
         "numbers up to 1e+15, with a point: 1234.5. Leave the cell empty if there is none."),
        (ChartCellsBlock, "a|b\nx|n/a", "There is no number to draw."),
    ],
)  # fmt: skip
def test_cells_that_no_table_or_chart_can_show_are_refused_with_a_sentence(block, text, said):
    with pytest.raises(ValidationError) as refused:
        block().clean(text)
    assert refused.value.messages == [said]


def test_what_is_in_order_is_accepted(db):
    value = BODY.normalize(more_blocks("subnational-finance"))

    assert [block.block_type for block in BODY.clean(value)] == [
        *("gallery", "callout", "callout", "table", "key_figures", "chart", "chart"),
        *("recording", "recording", "people", "list", "list", "sources"),
    ]


def test_a_body_has_six_lists_at_most(db):
    wanted = {"title": "", "kind": "posts", "interest": "health", "number": 1}

    with pytest.raises(StreamBlockValidationError):
        BODY.clean(BODY.normalize([("list", wanted)] * 7))


def test_a_word_that_was_merged_or_has_another_spelling_is_found(db):
    into = make.InterestFactory(slug="water", name="Water", aliases=["Wells"])
    make.InterestFactory(slug="rivers", name="Rivers", merged_into=into, active=False)
    field = WordField(required=True)

    assert [field.clean(text) for text in ("water", "rivers", "wells")] == ["water"] * 3
    assert field.prepare_value("rivers") == "water"


@pytest.mark.parametrize("text", ["", "no-such-word", "retired"])
def test_a_word_that_is_not_offered_is_refused(db, text):
    make.InterestFactory(slug="retired", name="Retired", active=False)

    with pytest.raises(ValidationError):
        WordField(required=True).clean(text)


def test_search_finds_what_people_wrote_and_no_settings(db):
    found = " ".join(BODY.get_searchable_content(BODY.normalize(more_blocks("health"))))

    for text in ("A pier", "Until Friday", "Counties | 1,250", "is local", "Who spends", "Ama"):
        assert text in found
    for text in ("Who pays?", "A book", "Coast College"):
        assert text in found
    for text in ("posts", "health", "Important", "Bars", "youtube", "https"):
        assert text not in found


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_every_block_says_what_it_is_and_has_a_preview(admin_client, name):
    block = BODY.child_blocks[name]
    seen = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert "" not in {block.get_description(), block.label}
    assert block.meta.icon != "placeholder"
    assert seen.status_code == 200
    page = BeautifulSoup(seen.content, "html.parser")
    assert page.select_one("link[rel=stylesheet]")["href"].endswith("lpsa_wagtail/lpsa.css")
    assert len(page.select_one(".lpsa-body").get_text(" ", strip=True)) > 10


def test_no_block_takes_raw_html():
    def inside(block):
        children = [*getattr(block, "child_blocks", {}).values()]
        children += [block.child_block] if hasattr(block, "child_block") else []
        return [type(block).__name__, *(name for child in children for name in inside(child))]

    assert "RawHTMLBlock" not in inside(BodyBlock())


def test_the_vocabulary_offers_its_words(db):
    choices = dict(WordField().choices)

    assert choices[""] == "Choose a word"
    assert ("health", Interest.objects.get(slug="health").label) in choices["Sector"]


def test_the_editor_opens_with_every_block(admin_client):
    page = make.post(make.group(), body=body())
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Subnational finance" in html  # the words that a list can be by
    for name in BodyBlock().child_blocks:
        assert f"&quot;{name}&quot;" in html


def test_what_a_form_sends_is_stored(db):
    wanted = {"title": "", "kind": "posts", "interest": "health", "number": "2"}
    sent = {"b-count": "2"}
    for place, (kind, values) in enumerate([("list", wanted), ("table", {"cells": "a|b\n1|2"})]):
        sent |= {f"b-{place}-type": kind, f"b-{place}-order": str(place), f"b-{place}-deleted": ""}
        sent |= {f"b-{place}-id": "", **{f"b-{place}-value-{k}": v for k, v in values.items()}}
    value = BODY.clean(BODY.value_from_datadict(sent, {}, "b"))

    stored = [block["value"] for block in BODY.get_prep_value(value)]
    assert stored == [
        {**wanted, "number": 2},
        {"caption": "", "cells": "a|b\n1|2", "row_headings": False, "source": ""},
    ]
