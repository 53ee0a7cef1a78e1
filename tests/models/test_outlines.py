"""Anchors of headings."""

import pytest

from lpsa_wagtail.models.outlines import Anchors, anchor_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who pays?", "who-pays"),
        ("  A “B” & <c>  ", "a-b-c"),
        ("Élan ﬁnal", "élan-final"),
        ("من يدفع؟", "من-يدفع"),
        ("誰が払うか", "誰が払うか"),
        ("नदी का पानी", "नदी-का-पानी"),
        ("?!", "section"),
        ("x" * 100, "x" * 60),
    ],
)
def test_an_anchor_has_the_words_of_its_heading(text, words):
    assert anchor_words(text) == words


def test_anchors_differ_whatever_headings_say():
    anchors = Anchors()
    given = [anchors.of(text) for text in ("A", "A 2", "A", "a", "A-2")]
    assert given == ["h-a", "h-a-2", "h-a-3", "h-a-4", "h-a-2-2"]
