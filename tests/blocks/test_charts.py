"""Charts are drawn whatever the numbers are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpsa_wagtail.blocks.cells import ChartData
from lpsa_wagtail.blocks.charts import Bar, Dot, Drawing, Line, Number, Text, drawing_of


def drawn(kind, *rows) -> Drawing | None:
    return drawing_of(kind, ChartData.of("\n".join(rows)))


def test_bars_lie_from_zero_to_both_sides():
    assert drawn("bar", "x | n", "a | 30", "b | -10", "c | –") == Drawing(
        height="9.75em",
        rules=[
            Line(0, "19.00%", start, "19.00%", end)
            for start, end in (("1.40em", "2.60em"), ("4.90em", "6.10em"), ("8.40em", "9.60em"))
        ],
        bars=[Bar(1, "19.00%", "1.50em", "57.00%"), Bar(1, "0.00%", "5.00em", "19.00%")],
        numbers=[Number("76.00%", "2.32em", 30.0), Number("19.00%", "5.82em", -10.0)],
        texts=[Text("0", "1.00em", "a"), Text("0", "4.50em", "b"), Text("0", "8.00em", "c")],
    )


def test_a_line_is_broken_where_a_number_is_missing():
    drawing = drawn("line", "x | n", "2020 | 1", "2021 | 3", "2022 |", "2023 | 4")

    assert drawing.dots == [
        Dot(1, "14.00%", "10.60em"),
        Dot(1, "41.67%", "4.60em"),
        Dot(1, "97.00%", "1.60em"),
    ]
    assert drawing.lines == [Line(1, "14.00%", "10.60em", "41.67%", "4.60em")]
    assert [number.value for number in drawing.numbers] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert [text.text for text in drawing.texts] == ["2020", "2021", "2022", "2023"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["one"], [("one", "middle")]),
        (["a", "b"], [("a", "start"), ("b", "end")]),
        ([str(n) for n in range(12)], [("0", "start"), ("4", "middle"), ("11", "end")]),
        (["A long name of a year", "b", "c"], [("A long name o…", "start"), ("c", "end")]),
    ],
)
def test_names_below_lines_have_room(names, shown):
    drawing = drawn("line", "x | n", *(f"{name} | 1" for name in names))

    assert [(text.text, text.anchor) for text in drawing.texts] == shown


@pytest.mark.parametrize("kind", ["bar", "line", None, "pie"])
@pytest.mark.parametrize(
    "rows", [(), ("x",), ("x | n",), ("x", "a"), ("x | n", "a | NaN", "b | 1e999")]
)
def test_without_a_number_there_is_no_drawing(kind, rows):
    assert drawn(kind, *rows) is None


CELL = st.one_of(
    st.floats().map(str),
    st.floats(-1e16, 1e16).map(lambda number: f"{number:.12f}"),
    st.sampled_from(["", "0", "-0", "n/a", "1000000000000000", "-1000000000000000", "0.000000001"]),
    st.text(max_size=10),
)


@given(st.sampled_from(["bar", "line"]), st.lists(st.lists(CELL, max_size=7), max_size=15))
def test_all_that_is_drawn_lies_inside(kind, table):
    data = ChartData.of("\n".join("\t".join(map(str, row)) for row in [["x", "a", "b"], *table]))
    drawing = drawing_of(kind, data)

    assert (drawing is None) == (not data.points)
    if drawing:
        height = float(drawing.height.removesuffix("em"))
        lengths = [
            vars(thing)
            for name, things in vars(drawing).items()
            if name != "height"
            for thing in things
        ]
        places = [
            re.fullmatch(r"(-?[\d.]+)(em|%)?", value)
            for shape in lengths
            for name, value in shape.items()
            if name in {"x", "y", "x1", "x2", "y1", "y2"}
        ]
        assert all(places)
        top = {"em": height, "%": 100.0, None: 0.0}
        assert all(0 <= float(place[1]) <= top[place[2]] for place in places)
        assert len(drawing.rules) <= 12
