"""Say what is wrong in this site, for people or for a monitor."""

import json

import django
import wagtail
from django.core import checks
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

import lpsa_wagtail
from lpsa_wagtail.reports import examine

LEVELS = {"error": checks.ERROR, "warning": checks.WARNING}


class Command(BaseCommand):
    help = (
        "Look for what is wrong: settings, addresses, workflows, content that is live without a "
        "decision, the record of decisions, rights. Changes nothing. Exit code 1 if something is."
    )
    requires_system_checks = []  # they are part of what is said

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Answer in JSON")
        parser.add_argument(
            "--fail-on",
            choices=LEVELS,
            default="error",
            help="From what on the exit code is 1 (default: error)",
        )

    def handle(self, *, json: bool, fail_on, **options):
        found = checks.run_checks(tags=["lpsa"], databases=[DEFAULT_DB_ALIAS]) + examine()
        found = [message for message in found if not message.is_silenced()]
        found.sort(key=lambda message: -message.level)
        self.stdout.write(self.as_json(found) if json else self.as_text(found))
        if any(message.level >= LEVELS[fail_on] for message in found):
            raise SystemExit(1)

    def as_text(self, found) -> str:
        lines = []
        for message in found:
            lines.append(f"{self.word(message)} {message.id}: {message.msg}")
            lines.append(f"    {message.hint}")
        return "\n".join([*lines, self.summary(found)])

    def summary(self, found) -> str:
        if not found:
            return "Nothing is wrong."
        words = [self.word(message) for message in found]
        return f"Errors: {words.count('error')}. Warnings: {words.count('warning')}."

    def as_json(self, found) -> str:
        answer = {
            "versions": {
                "lpsa_wagtail": lpsa_wagtail.__version__,
                "wagtail": wagtail.__version__,
                "django": django.get_version(),
            },
            "findings": [
                {
                    "id": message.id,
                    "level": self.word(message),
                    "message": str(message.msg),
                    "hint": str(message.hint or ""),
                    "object": self.named(message.obj),
                }
                for message in found
            ],
        }
        return json.dumps(answer, indent=2, ensure_ascii=False)

    def word(self, message) -> str:
        return "error" if message.level >= checks.ERROR else "warning"

    def named(self, obj) -> dict | None:
        """Model and id of what a finding is about; None for a setting."""
        meta = getattr(obj, "_meta", None)
        return {"model": meta.label_lower, "id": obj.pk} if meta else None
