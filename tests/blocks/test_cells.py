"""Tables and numbers as people type and paste them."""

import pytest

from lpsa_wagtail.blocks.cells import Cells, ChartData, is_gap, number_in


@pytest.mark.parametrize(
    ("text", "header", "rows"),
    [
        ("", [], []),
        (None, [], []),
        ("a | b\n1 | 2", ["a", "b"], [["1", "2"]]),
        ("a\tb\n1\t", ["a", "b"], [["1", ""]]),
        ("a\tb|c\n1\t2", ["a", "b|c"], [["1", "2"]]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", ["a", "b"], [["1", "2"]]),
        ("a | b\n\n   \n- | -", ["a", "b"], [["-", "-"]]),
        ("a\n1 | 2 | 3", ["a", "", ""], [["1", "2", "3"]]),
        ("نص | 水\r\n1 | 2", ["نص", "水"], [["1", "2"]]),
    ],
)
def test_rows_have_equal_lengths(text, header, rows):
    assert Cells.of(text) == Cells(header, rows)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234.5", 1234.5),
        ("1,234,567.5", 1234567.5),
        ("1 234", 1234.0),
        ("1\u202f234", 1234.0),
        ("\u22125", -5.0),
        ("+3", 3.0),
        (".5", 0.5),
        ("12 %", 12.0),
        ("1000000000000000", 1e15),
        ("0.0000000000001", 0.0),
    ],
)
def test_numbers_are_understood_as_people_write_them(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "n/a", "NaN", "inf", "-Infinity", "1e5", "1,5", "1_000", "٣", "9" * 17),
        *("9" * 400, "1.2.3", "--1", "1-2", "=1+1", "about 5", None),
    ],
)
def test_what_cannot_be_drawn_is_no_number(text):
    assert number_in(text) is None


def test_gaps_are_told_from_mistakes():
    assert [is_gap(text) for text in ("", " – ", "N/A", "…", "1,5", "many")] == [True] * 4 + [
        False,
        False,
    ]


def test_a_chart_takes_as_much_as_it_can_draw():
    rows = [f"c{n} | {n} | x | 3 | 4 | 5" for n in range(20)]
    data = ChartData.of("\n".join(["h | a | b | c | d | e", *rows]))

    assert data.categories == [f"c{n}" for n in range(12)]
    assert [series.name for series in data.series] == ["a", "b", "c", "d"]
    assert data.series[1].values == [None] * 12
    assert len(data.points) == 36
