"""Remove everything of ours from a site, so that the app can be taken out of it."""

from django.core.management.base import BaseCommand, CommandError

from lpsa_wagtail.actions import (
    remove_everything,
    what_else_changes,
    what_goes,
    why_not_remove_everything,
)
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import belongings
from lpsa_wagtail.reports import write_export

NEXT = """Everything of lpsa_wagtail is removed. To take the app out of the project:
  1. python manage.py migrate lpsa_wagtail zero
  2. Take its lines out of INSTALLED_APPS, the URLs and the templates, and restart.
  3. pip uninstall lpsa-wagtail"""


class Command(BaseCommand):
    help = (
        "Remove every page, record, auth group, workflow and log entry of lpsa_wagtail. Shows "
        "what goes and asks first. Images, documents and people's accounts stay."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Remove nothing; only show what would go"
        )
        parser.add_argument(
            "--export",
            metavar="FILE",
            help="Write everything that goes to this new file first (JSON; holds personal data)",
        )
        parser.add_argument(
            "--no-input", "--noinput", "--yes", action="store_true", help="Do not ask"
        )

    def handle(self, *, dry_run, export: str | None, no_input, verbosity=1, **options):
        if belongings.migrations_wait():
            raise CommandError("Migrations of lpsa_wagtail wait. Run migrate first.")
        if verbosity or dry_run or not no_input:
            self.show()
        if reasons := why_not_remove_everything():
            raise CommandError("Nothing was removed.\n" + "\n".join(reasons))
        if dry_run:
            self.stdout.write("Nothing was removed.")
            return
        if export:
            self.export(export)
        if not (no_input or self.confirmed()):
            raise CommandError("Nothing was removed.")
        try:
            remove_everything(actor=None)
        except SetupRefused as refusal:
            raise CommandError(f"Nothing was removed.\n{refusal}") from refusal
        if verbosity:
            self.stdout.write(NEXT)

    def show(self):
        goes = what_goes()
        if not goes:
            self.stdout.write("There is nothing of lpsa_wagtail in this database.")
            return
        self.stdout.write("This goes:")
        for what, count in goes.items():
            self.stdout.write(f"  {count:>7}  {what}")
        for sentence in what_else_changes():
            self.stdout.write(sentence)

    def export(self, path):
        try:
            count = write_export(path)
        except OSError as error:
            raise CommandError(f"The export failed, so nothing was removed. {error}") from error
        self.stdout.write(f"Wrote {count} rows to {path}. It holds personal data.")

    def confirmed(self) -> bool:
        try:
            answer = input("Type “remove” to remove all this: ")
        except EOFError:
            return False
        return answer.strip().lower() == "remove"
