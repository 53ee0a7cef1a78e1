"""How long it takes to read a text."""

import pytest
from wagtail.rich_text import RichText

from lpsa_wagtail.models import BlogPost
from lpsa_wagtail.models.reading_time import minutes


def body(*blocks):
    block = BlogPost._meta.get_field("body").stream_block
    return block.to_python([{"type": kind, "value": value} for kind, value in blocks])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "en", 1),
        ("word " * 228, "en", 1),
        ("word " * 229, "en", 2),
        ("word " * 229, "en-gb", 2),
        ("كلمة " * 139, "ar", 2),
        ("शब्द " * 185, "hi", 2),
        ("字" * 256, "zh-hans", 2),
        ("字" * 100 + "かな" * 50, "ja", 1),
        ("คำ" * 500, "th", 2),
        ("– — … " * 500, "en", 1),
    ],
)
def test_words_are_counted_in_any_script(text, language, expected):
    assert minutes(body(("paragraph", f"<p>{text}</p>")), language) == expected


def test_all_texts_of_a_body_count_and_nothing_of_its_code():
    words = "word " * 57
    blocks = body(
        ("heading", words),
        ("paragraph", f'<p><a href="https://example.org/a b c">{words}</a></p>'),
        ("quote", {"text": words, "source": words}),
    )
    assert minutes(blocks, "en") == 1
    assert minutes([*blocks, RichText("<p>more</p>")], "en") == 2
