"""How to cite a post, read by parsers that we did not write."""

import datetime as dt

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from django.utils.translation import override
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from lpsa_wagtail.models.citations import Citation

ODD = (
    "Who {pays} 50 % & more?",
    "One { brace",
    "Two } } braces",
    "Back\\slash \\emph{all} \\",
    "$x_1^2$ ~ #1",
    '"Quoted" and ‘more’',
    "@article{no, title = {no}}",
    "ER  -",
    "TY  - BLOG",
)
#: One name each in Latin, Arabic, Han and Devanagari letters, and one that is no person's.
NAMES = (
    "Ama Ọlá Mensah",
    "محمد الأمين",
    "李小龍",
    "सुनीता शर्मा",
    "Ministry of Finance, Planning and Land",
)


def cite(**changes) -> Citation:
    facts = {
        "key": "post7",
        "title": "Who pays",
        "authors": ("Ama Mensah",),
        "day": dt.date(2024, 3, 17),
        "publishers": ("Delta", "The Alliance"),
        "url": "https://example.org/a_b/%E6%9D%8E/?x=1&y=%20#z",
        "language": "en",
    }
    return Citation(**facts | changes)


#: What TeX calls these, which the library would leave out or take for others.
KNOWN = get_default_latex_context_db()
KNOWN.add_context_category(
    "more",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)


def bibtex(citation):
    """The only entry, with its names apart and TeX read as text."""
    as_text = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=KNOWN))
    read = bibtexparser.parse_string(
        citation.bibtex, append_middleware=[SeparateCoAuthors(), as_text]
    )
    assert read.failed_blocks == []
    [entry] = read.entries
    return entry


def ris(citation):
    [record] = rispy.loads(citation.ris)
    return record


def test_all_that_is_known_is_told():
    citation = cite(original="The Gazette", summary="In short.", keywords=("Water", "Money"))

    entry = bibtex(citation)
    assert (entry.entry_type, entry.key) == ("misc", "post7")
    assert {name: field.value for name, field in entry.fields_dict.items()} == {
        "title": "Who pays",
        "author": ["Ama Mensah"],
        "year": "2024",
        "month": "mar",
        "day": "17",
        "howpublished": "Delta, The Alliance",
        "url": "https://example.org/a_b/",  # as TeX; programs read it as it is:
        "note": "First published by The Gazette",
        "langid": "en",
    }
    [as_it_is] = bibtexparser.parse_string(citation.bibtex).entries
    assert as_it_is["url"] == citation.url
    assert ris(citation) == {
        "type_of_reference": "BLOG",
        "id": "post7",
        "title": "Who pays",
        "authors": ["Ama Mensah"],
        "year": "2024",
        "date": "2024/03/17/",
        "secondary_title": "The Alliance",
        "publisher": "Delta, The Alliance",
        "urls": [citation.url],
        "language": "en",
        "abstract": "In short.",
        "keywords": ["Water", "Money"],
        "notes": ["First published by The Gazette"],
    }


@pytest.mark.parametrize("title", ODD)
def test_no_title_breaks_it(title):
    assert bibtex(cite(title=title))["title"] == title.strip()
    assert ris(cite(title=title))["title"] == title.strip()
    assert title in cite(title=title).text


def test_names_of_any_script_come_out_as_they_went_in():
    citation = cite(authors=NAMES)

    assert [name.strip("{}") for name in bibtex(citation)["author"]] == list(NAMES)
    assert ris(citation)["authors"] == list(NAMES)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Ama Mensah (2024, March 17). Who pays. Delta, The Alliance."),
        ({"title": "Who pays?"}, "Ama Mensah (2024, March 17). Who pays? Delta, The Alliance."),
        ({"authors": ("A", "B", "C")}, "A, B & C (2024, March 17). Who pays. Delta, The Alliance."),
        ({"authors": ()}, "Delta (2024, March 17). Who pays. The Alliance."),
        ({"day": None}, "Ama Mensah (no date). Who pays. Delta, The Alliance."),
        (
            {"original": "The Gazette", "publishers": ("The Alliance",)},
            "Ama Mensah (2024, March 17). Who pays. The Alliance. First published by The Gazette.",
        ),
    ],
)
def test_in_words(changes, text):
    citation = cite(**changes)
    assert citation.text == f"{text} {citation.url}"


def test_words_are_in_the_readers_language_files_are_not():
    citation = cite()
    with override("fr"):
        assert "2024, mars 17" in citation.text
        assert citation.bibtex == cite().bibtex


def test_without_authors_and_date_the_group_stands_for_them():
    citation = cite(authors=(), day=None)
    entry = bibtex(citation)

    assert [name.strip("{}") for name in entry["author"]] == ["Delta"]
    assert [name for name in ("year", "month", "day") if name in entry.fields_dict] == []
    assert "year" not in ris(citation)
