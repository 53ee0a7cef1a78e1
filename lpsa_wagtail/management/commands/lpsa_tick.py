"""What time alone changes. For cron, each minute; safe to run twice."""

from django.core.management.base import BaseCommand

from lpsa_wagtail.actions import sync_all_rights


class Command(BaseCommand):
    help = "Synchronise rights with the roles of today. Call it from cron each minute."

    def handle(self, *, verbosity=1, **options):
        count = sync_all_rights(actor=None)
        if verbosity:
            self.stdout.write(f"Rights of {count} groups are synchronised.")
