"""Bar and line charts as shapes: a template writes them as SVG.

Widths are parts of the room that there is, heights are measured in the text size: a chart fits a
phone and a wide screen, and its words stay as large as the text around. Colours come by class.
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise

from lpsa_wagtail.blocks.cells import ChartData

#: Parts of the width, in percent: bars leave room for their numbers, lines for those of the scale.
BARS_WIDTH, THINNEST, LINES_START, LINES_END = 76.0, 0.5, 14.0, 97.0
#: Heights, in text sizes.
WORDS, BAR, BETWEEN_BARS, BETWEEN_GROUPS = 1.5, 1.0, 0.25, 0.75
LINES_TOP, LINES_HEIGHT = 1.6, 12.0
MOST_TICKS = 5
#: So many names have room below lines on a phone if they are short; longer ones are cut.
LABELS_BELOW, SHORT, LETTERS_BELOW = 4, 10, 14


@dataclass(frozen=True)
class Text:
    x: str
    y: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Number:
    """A number to print, as the reader's language writes it."""

    x: str
    y: str
    value: float


@dataclass(frozen=True)
class Bar:
    series: int
    x: str
    y: str
    width: str


@dataclass(frozen=True)
class Line:
    series: int
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Dot:
    series: int
    x: str
    y: str


@dataclass
class Drawing:
    """What to draw, first things first. ``height`` is in text sizes."""

    height: str = "0"
    rules: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


def drawing_of(kind: str, data: ChartData) -> Drawing | None:
    """The chart of this kind, or None if there is no number to draw."""
    if not data.points:
        return None
    return _lines(data) if kind == "line" else _bars(data)


def _bars(data: ChartData) -> Drawing:
    """Bars that lie: for each category its name, and below it a bar for each series."""
    numbers = [value for value, *_names in data.points]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    span = (high - low) or 1.0

    def across(value: float) -> float:
        return (value - low) / span * BARS_WIDTH

    drawing, top, zero = Drawing(), 0.0, across(0.0)
    for place, category in enumerate(data.categories):
        drawing.texts.append(Text("0", _em(top + 1.0), category))
        top += WORDS
        first = top
        for number, series in enumerate(data.series, start=1):
            value = series.values[place]
            if value is not None:
                start, end = sorted((zero, across(value)))
                width = max(end - start, THINNEST if value > 0 else 0.0)
                drawing.bars.append(Bar(number, _percent(start), _em(top), _percent(width)))
                drawing.numbers.append(Number(_percent(end), _em(top + 0.82), value))
            top += BAR + BETWEEN_BARS
        here = _percent(zero)
        drawing.rules.append(Line(0, here, _em(first - 0.1), here, _em(top - BETWEEN_BARS + 0.1)))
        top += BETWEEN_GROUPS
    drawing.height = _em(top - BETWEEN_GROUPS)
    return drawing


def _lines(data: ChartData) -> Drawing:
    """Lines from left to right over a scale; where a number is missing, the line is broken."""
    ticks = _ticks([value for value, *_names in data.points])
    low, span = ticks[0], (ticks[-1] - ticks[0]) or 1.0
    last = max(len(data.categories) - 1, 1)

    def down(value: float) -> str:
        return _em(LINES_TOP + (1 - (value - low) / span) * LINES_HEIGHT)

    def across(place: int) -> str:
        if len(data.categories) == 1:
            place, room = 1, (LINES_END - LINES_START) / 2
        else:
            room = (LINES_END - LINES_START) / last
        return _percent(LINES_START + place * room)

    drawing = Drawing(height=_em(LINES_TOP + LINES_HEIGHT + 2.0))
    for value in ticks:
        drawing.rules.append(Line(0, "0", down(value), "100%", down(value)))
        above = LINES_TOP + (1 - (value - low) / span) * LINES_HEIGHT - 0.3
        drawing.numbers.append(Number("0", _em(above), value))
    for number, series in enumerate(data.series, start=1):
        spots = [
            (across(place), down(value)) if value is not None else None
            for place, value in enumerate(series.values)
        ]
        drawing.dots += [Dot(number, *spot) for spot in spots if spot]
        drawing.lines += [Line(number, *a, *b) for a, b in pairwise(spots) if a and b]
    drawing.texts += _below(data.categories, across)
    return drawing


def _below(categories: list[str], across) -> list[Text]:
    """Names of categories below the lines: as many as have room, the first and the last always."""
    y, last = _em(LINES_TOP + LINES_HEIGHT + 1.4), len(categories) - 1
    step = max(1, math.ceil(last / (LABELS_BELOW - 1)))
    if max(map(len, categories)) > SHORT:
        step = max(step, last)
    places = [place for place in range(0, last, step) if place == 0 or last - place >= step]
    anchors = {0: "start", last: "end"} if last else {0: "middle"}
    return [
        Text(across(place), y, _cut(categories[place]), anchors.get(place, "middle"))
        for place in dict.fromkeys([*places, last])
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS_BELOW else f"{text[: LETTERS_BELOW - 1].rstrip()}…"


def _ticks(numbers: list[float]) -> list[float]:
    """Round values from below the smallest number to above the largest, at most six or so."""
    low, high = min(numbers), max(numbers)
    low = 0.0 if 0 < low <= 0.6 * high else low
    high = 0.0 if 0 > high >= 0.6 * low else high
    if high - low <= abs(high) * 1e-9:
        low, high = low - (abs(low) / 10 or 1.0), high + (abs(high) / 10 or 1.0)
    rough = (high - low) / (MOST_TICKS - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _em(value: float) -> str:
    return f"{value:.2f}em"
