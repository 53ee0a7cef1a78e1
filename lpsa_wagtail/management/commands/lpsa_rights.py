"""Print who may do what in which state."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import override

from lpsa_wagtail.permissions.matrix import CONTENT, REST, ROLES, STATES


class Command(BaseCommand):
    help = "Print who may do what, for every state of content. Reads no data, changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--format", choices=["text", "markdown", "json"], default="text", dest="form"
        )
        parser.add_argument("--role", choices=ROLES, help="Only what this role may")

    def handle(self, *, form, role, **options):
        with override("en"):
            self.stdout.write(getattr(self, f"as_{form}")(role))

    def as_text(self, role) -> str:
        lines = []
        for code in [role] if role else ROLES:
            lines.append(str(ROLES[code]))
            for row in CONTENT + REST:
                states = [str(STATES[state]) for state in STATES if row.may(code, state)]
                if row.may(code):
                    lines.append(f"    {row.label}")
                elif states:
                    when = "always" if len(states) == len(STATES) else ", ".join(states)
                    lines.append(f"    {row.label}: {when}")
        return "\n".join(lines)

    def as_markdown(self, role) -> str:
        codes = [role] if role else list(ROLES)
        parts = []
        for code in codes:
            rows = [
                (row.label, *("yes" if row.may(code, state) else "" for state in STATES))
                for row in CONTENT
                if any(row.may(code, state) for state in STATES)
            ]
            may = [str(row.label) for row in REST if row.may(code)]
            rest = "; ".join(may) if may else "nothing"
            parts += [f"## {ROLES[code]}", "", _table(("", *STATES.values()), rows), ""]
            parts += [f"Whatever the state: {rest}.", ""]
        return "\n".join(parts).strip()

    def as_json(self, role) -> str:
        codes = [role] if role else list(ROLES)
        cells = [
            {"action": row.code, "state": state, "role": code, "may": row.may(code, state)}
            for row in CONTENT + REST
            for state in row.who
            for code in codes
        ]
        return json.dumps(cells, indent=2)


def _table(head, rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("|" + "|".join(f" {cell} " for cell in line) + "|" for line in lines)
