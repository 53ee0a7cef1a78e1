"""What of a text is shown for what it was found by."""

from types import SimpleNamespace

import pytest

from lpsa_wagtail.models.excerpts import excerpt, marked, words_of


def shown(pieces) -> str:
    return "".join(f"[{text}]" if is_word else text for text, is_word in pieces)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Côte and the COTE", "cote", "The [Côte] and the [COTE]"),
        ("The Cote", "côte", "The [Cote]"),
        ("Cafe\u0301s and cafe\u0301", "café", "Cafés and [café]"),
        ("Straße", "strasse", "[Straße]"),
        ("category cat", "cat", "category [cat]"),
        ("a.b (c) *", "c a", "[a].b ([c]) *"),
        ("", "a", ""),
        ("No word", "", "No word"),
        ("حوكمة محلية", "محلية", "حوكمة [محلية]"),
    ],
)
def test_words_are_marked_whatever_their_accents(text, words, expected):
    assert shown(marked(text, words_of(words))) == expected


def test_the_piece_is_cut_around_the_first_word():
    page = SimpleNamespace(summary="word " * 60 + "needle " + "word " * 60)
    found = shown(excerpt(page, ["needle"]))

    assert found.startswith("… word")
    assert found.endswith("word …")
    assert "[needle]" in found
    assert len(found) < 260


def test_the_text_is_looked_at_where_the_summary_does_not_have_the_word():
    blocks = [
        {"type": "heading", "value": "A title", "id": "5f2"},
        {"type": "paragraph", "value": "<p>Rice &amp; <b>beans</b></p><p>And more</p>", "id": "1"},
        {"type": "figure", "value": {"image": 3, "caption": "Of a field"}, "id": "2"},
    ]
    page = SimpleNamespace(summary="About food.", body=SimpleNamespace(raw_data=blocks))

    assert shown(excerpt(page, ["beans"])) == "A title … Rice & [beans] And more … Of a field"
    assert shown(excerpt(page, ["nothing"])) == "About food."
    assert excerpt(SimpleNamespace(), ["nothing"]) == []
