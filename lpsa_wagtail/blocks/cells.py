"""Rows and columns from plain text, and numbers from what people type.

A row is a line. Its cells stand between tabs, as a spreadsheet copies them, or between bars: |.
"""

import re
from dataclasses import dataclass
from functools import cached_property

MOST_COLUMNS = 12
MOST_ROWS = 200
MOST_CATEGORIES = 12
MOST_SERIES = 4
#: Larger numbers are not drawn, smaller ones are drawn as 0.
LARGEST, SMALLEST = 1e15, 1e-9
#: What people write where there is no number.
GAPS = {"", "-", "–", "—", ".", "..", "…", "n/a", "na"}
RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})")


@dataclass(frozen=True)
class Cells:
    """A table as text: the first row names the columns."""

    header: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, text) -> "Cells":
        """Rows of equal length. Empty lines are none, nor is the rule below a Markdown header."""
        lines = [line.strip("\r\n") for line in str(text or "").splitlines()]
        mark = "\t" if any("\t" in line for line in lines) else "|"
        lines = [line for line in lines if line.strip() and not _is_rule(line)]
        rows = [[cell.strip() for cell in _without_frame(line, mark).split(mark)] for line in lines]
        width = max(map(len, rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in rows]
        return cls(rows[0] if rows else [], rows[1:])


def _is_rule(line: str) -> bool:
    return "|" in line and "--" in line and bool(RULE.fullmatch(line))


def _without_frame(line: str, mark: str) -> str:
    line = line.strip() if mark == "|" else line
    framed = mark == "|" and len(line) > 1 and line[0] == line[-1] == "|"
    return line[1:-1] if framed else line


def number_in(text: str) -> float | None:
    """The number that a cell holds; None for what cannot be drawn, such as “n/a” or “NaN”.

    Commas and spaces between thousands are understood, and a sign for a percentage.
    """
    text = re.sub(r"[\s\u00a0\u2009\u202f']", "", str(text or "")).replace("\u2212", "-")
    text = text.removesuffix("%")
    if THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not (text.isascii() and NUMBER.fullmatch(text)):
        return None
    number = float(text)
    if abs(number) > LARGEST:
        return None
    return number if abs(number) >= SMALLEST else 0.0


def is_gap(text: str) -> bool:
    """True for a cell in which somebody says that there is no number."""
    return str(text).strip().casefold() in GAPS


@dataclass(frozen=True)
class Series:
    name: str
    values: list[float | None]


@dataclass(frozen=True)
class ChartData:
    """What a chart can draw of a table: at most 12 categories in at most 4 series."""

    cells: Cells

    @classmethod
    def of(cls, text) -> "ChartData":
        return cls(Cells.of(text))

    @cached_property
    def categories(self) -> list[str]:
        return [row[0] for row in self.cells.rows[:MOST_CATEGORIES]]

    @cached_property
    def series(self) -> list[Series]:
        rows = self.cells.rows[:MOST_CATEGORIES]
        names = self.cells.header[1 : MOST_SERIES + 1]
        return [
            Series(name, [number_in(row[place]) for row in rows])
            for place, name in enumerate(names, start=1)
        ]

    @cached_property
    def points(self) -> list[tuple[float, str, str]]:
        """All numbers as (number, category, series)."""
        return [
            (value, category, series.name)
            for series in self.series
            for category, value in zip(self.categories, series.values, strict=True)
            if value is not None
        ]
