"""The figures of races and plays: from the reports of pytest to tables in Markdown."""

import datetime as dt
import json
import platform
from collections import Counter
from pathlib import Path

import django
import wagtail

NAME = "security"
BEGIN = "<!-- The figures of one run, written by `python3 dev.py security -- --document FILE`. -->"


def database(connection) -> str:
    """Name and version of the database of a connection."""
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}"


def of_reports(reports) -> list[dict]:
    """What tests noted down, with how each ended and how long it took."""
    return [
        {**value, "failed": report.failed, "seconds": report.duration}
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == NAME and report.when == "call"
    ]


def keep(found: list[dict], file: str) -> None:
    """Write the figures, with those that are in the file already."""
    path = Path(file)
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    path.write_text(json.dumps(before + found), encoding="utf-8")


def tables(found: list[dict]) -> str:
    """Both tables, as far as there are figures for them."""
    races = [one for one in found if one["kind"] == "races"]
    plays = [one for one in found if one["kind"] == "steps"]
    parts = [_races(races)] if races else []
    return "\n\n".join([*parts, *([_plays(plays)] if plays else [])])


def document(text: str, found: list[dict], seed: int) -> str:
    """The document with what follows its marker replaced. Raises ``ValueError`` without one."""
    head, marker, _old = text.partition(BEGIN)
    if not marker:
        raise ValueError(f"The document has no line {BEGIN}")
    return f"{head}{marker}\n\n{introduction(found, seed)}\n\n{tables(found)}\n"


def introduction(found: list[dict], seed: int) -> str:
    """When this was, with which versions, and how long it took."""
    databases = sorted({one["database"] for one in found})
    versions = [
        f"Python {platform.python_version()}",
        f"Django {django.get_version()}",
        f"Wagtail {wagtail.__version__}",
        *databases,
    ]
    minutes = sum(one["seconds"] for one in found) / 60
    today = dt.date.today().isoformat()
    return f"{today}, {', '.join(versions)}, seed {seed}; {minutes:.0f} minutes of tests."


def _races(races) -> str:
    rows = [
        (
            one["name"],
            f"{one['races']:,}",
            "; ".join(f"{how}: {number}" for how, number in sorted(one["endings"].items())),
            one["surprises"] + one["contradictions"],
            one["errors"],
        )
        for one in races
    ]
    total = ("**all**", f"{sum(one['races'] for one in races):,}", "")
    rows.append((*total, sum(row[3] for row in rows), sum(row[4] for row in rows)))
    return _table(("race", "races", "how the two ended", "inconsistent", "errors"), rows)


def _plays(plays) -> str:
    sums: Counter = Counter()
    for one in plays:
        sums.update({key: n for key, n in one["steps"].items() if isinstance(n, int)})
    deeds = sorted(key.removesuffix(": tried") for key in sums if key.endswith(": tried"))
    failed = sum(one["failed"] for one in plays)
    rows = [(deed, f"{sums[f'{deed}: tried']:,}", f"{sums[f'{deed}: done']:,}") for deed in deeds]
    steps = f"{sums['steps']:,} steps in {len(plays)} parts, {failed} of them with a violation."
    return f"{steps}\n\n{_table(('what somebody did', 'tried', 'let through'), rows)}"


def _table(head, rows) -> str:
    texts = [isinstance(cell, str) and not cell[:1].isdigit() for cell in rows[0]]
    lines = [head, ["---" if text else "---:" for text in texts], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
