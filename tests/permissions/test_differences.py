"""What differs between two versions is found inside every block, and nothing where nothing does."""

import copy

import pytest

from lpsa_wagtail.blocks import BodyBlock
from lpsa_wagtail.permissions import differences
from lpsa_wagtail.permissions.content import content_hash
from tests import factories as make
from tests.rich_pages import body

#: Kind of block → how one thing in its stored value is changed, and what is then said.
CHANGES = {
    "heading": (lambda value: "Otherwise", "Otherwise"),
    "paragraph": (lambda value: "<p>Otherwise</p>", "Otherwise"),
    "figure": (lambda value: value.update(caption="Otherwise"), "Otherwise"),
    "gallery": (lambda value: _item(value, "pictures").update(credit="Otherwise"), "Otherwise"),
    "quote": (lambda value: value.update(source="Otherwise"), "Otherwise"),
    "callout": (lambda value: value.update(text="<p>Otherwise</p>"), "Otherwise"),
    "table": (lambda value: value.update(cells=value["cells"] + "\nHills | 8"), "Hills"),
    "key_figures": (lambda value: _item(value, "figures").update(number="39"), "39"),
    "chart": (lambda value: value.update(cells="x | n\na | 8"), "8"),
    "document": (lambda value: value.update(description="Otherwise"), "Otherwise"),
    "recording": (lambda value: value.update(url="https://otherwise.example.org/"), "otherwise"),
    "people": (lambda value: _item(value, "people").update(role="Otherwise"), "Otherwise"),
    "list": (lambda value: value.update(interest="health"), "health"),
    "sources": (lambda value: _item(value, "sources").update(year=1999), "1999"),
}


def _item(value, name):
    return value[name][0]["value"]


@pytest.fixture
def page(db):
    return make.fresh(make.post(make.group(), body=body()))


def changed(page, kind):
    """The page with one block changed, as a form would leave it."""
    other = make.fresh(page)
    stored = copy.deepcopy(list(other.body.raw_data))
    block = next(block for block in stored if block["type"] == kind)
    block["value"] = CHANGES[kind][0](block["value"]) or block["value"]
    other.body = other.body.stream_block.to_python(stored)
    return other


@pytest.mark.parametrize("kind", list(BodyBlock().child_blocks))
def test_a_change_in_a_block_is_told_and_is_other_content(page, kind):
    other = changed(page, kind)

    [difference] = differences(page, other)

    assert difference.label == "Text"
    assert "<ins>" in difference.html
    assert CHANGES[kind][1] in difference.html
    assert content_hash(other) != content_hash(page)


def test_what_is_the_same_is_no_difference(page):
    other = make.fresh(page)
    list(page.body), list(other.body)  # both as a form or a template leaves them

    assert differences(page, other) == []
    assert content_hash(other) == content_hash(page)


def test_a_new_and_a_removed_block_are_told_with_their_words(page):
    other = make.fresh(page)
    new = {"type": "people", "value": {"people": [{"name": "Newcomer"}]}, "id": "new"}
    other.body = other.body.stream_block.to_python([new, *list(other.body.raw_data)[1:]])

    [difference] = differences(page, other)

    assert "Newcomer" in difference.html
    assert "What was found" in difference.html
