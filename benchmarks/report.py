"""Tables in Markdown, which a terminal shows as well, and JSON with every round."""

import datetime as dt
import os
import platform
from dataclasses import asdict

from benchmarks.measuring import Measured, Spread, growth
from benchmarks.starting import STEPS
from benchmarks.surfaces import API, EMPTY, OTHERS, PAGES, SURFACES

BEGIN = "<!-- The numbers of one run, written by `python3 dev.py bench -- --document FILE`. -->"


def facts(versions: dict, options) -> dict:
    """When and on what this was measured."""
    return {
        "date": dt.date.today().isoformat(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "versions": versions,
        "rounds": options.rounds,
        "times": options.times,
    }


def report(facts: dict, found: dict, started: dict) -> str:
    """All of it, as text."""
    kinds = list(dict.fromkeys(kind for kind, _size in found))
    parts = [_introduction(facts)]
    for kind in kinds:
        by_size = {size: found[key] for key in found if key[0] == kind for size in key[1:]}
        parts += [f"### {kind}", _surfaces(by_size), _beside(by_size)]
    parts += ["### Start-up", _starting(started)]
    return "\n\n".join(parts) + "\n"


def _introduction(facts: dict) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    return (
        f"{facts['date']}, {facts['cores']} cores ({facts['machine']}), {versions}. Medians of "
        f"{facts['rounds']} rounds of {facts['times']} requests each; in brackets the least and "
        "the most of the rounds."
    )


def _table(head, rows) -> str:
    """A table in which the columns stand below each other; the first to the left."""
    cells = [list(map(str, row)) for row in (head, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    line = [("-" * width if n == 0 else "-" * (width - 1) + ":") for n, width in enumerate(widths)]
    cells.insert(1, line)
    return "\n".join(
        "| "
        + " | ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in cells
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _spread(spread: Spread) -> str:
    return f"{_number(spread.median)} [{_number(spread.least)}..{_number(spread.most)}]"


def _surfaces(by_size: dict) -> str:
    """Each surface: queries, time, and the ratio to the empty page; growth with two sizes."""
    sizes = list(by_size)
    head = ["surface", "queries"]
    for size in sizes:
        head += [f"ms, {size:,}", f"× empty, {size:,}"]
    if len(sizes) > 1:
        head.append("growth")
    rows = []
    for section in (PAGES, API, OTHERS):
        rows.append([f"**{section}**", *[""] * (len(head) - 1)])
        for surface in (s for s in SURFACES if s.section == section):
            rows.append([surface.name, *_row(surface, by_size)])
    return _table(head, rows)


def _row(surface, by_size: dict) -> list[str]:
    measured: list[Measured] = [found[surface] for found in by_size.values()]
    cells = ["/".join(dict.fromkeys(str(one.queries) for one in measured))]
    for one in measured:
        cells.append(_number(Spread.of(one.durations).median))
        cells.append("1" if surface.name == EMPTY else _spread(Spread.of(one.to_empty)))
    if len(measured) > 1:
        cells.append(_spread(growth(measured[0], measured[-1])))
    return cells


def _beside(by_size: dict) -> str:
    """Each surface of our API: its time as a part of another's, and how often it fits into it."""
    head = ["our API", "beside"]
    for size in by_size:
        head += [f"ours ÷ it, {size:,}", f"it ÷ ours, {size:,}"]
    rows = []
    for surface in SURFACES:
        for name in surface.beside:
            row = [surface.name, name]
            for found in by_size.values():
                ratios = found[surface].to_beside[name]
                row += [_spread(Spread.of(ratios)), _spread(Spread.of(1 / r for r in ratios))]
            rows.append(row)
    return _table(head, rows)


def _starting(started: dict) -> str:
    head = ["a new process", "without", "with", "difference", "ratio"]
    rows = []
    for name in (*STEPS, "processor time", "memory"):
        unit = "MiB" if name == "memory" else "ms"
        own, other = ([run[name] for run in started[which]] for which in ("with", "without"))
        pairs = list(zip(own, other, strict=True))
        rows.append(
            [
                f"{name}, {unit}",
                _number(Spread.of(other).median),
                _number(Spread.of(own).median),
                _spread(Spread.of(a - b for a, b in pairs)),
                f"{Spread.of(a / b for a, b in pairs).median:.2f}",
            ]
        )
    return _table(head, rows)


def as_data(facts: dict, found: dict, started: dict) -> dict:
    """The same as data, with every round."""
    return {
        **facts,
        "surfaces": [
            {
                "database": kind,
                "posts": size,
                "section": surface.section,
                "surface": surface.name,
                **asdict(measured),
            }
            for (kind, size), by_surface in found.items()
            for surface, measured in by_surface.items()
        ],
        "starting": started,
    }


def written_into(document: str, text: str) -> str:
    """The document with what follows its marker replaced. Raises ``ValueError`` without one."""
    head, marker, _old = document.partition(BEGIN)
    if not marker:
        raise ValueError(f"The document has no line {BEGIN}")
    return f"{head}{marker}\n\n{text}"
