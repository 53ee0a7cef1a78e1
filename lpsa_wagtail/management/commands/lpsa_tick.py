"""What time alone changes. For cron, each minute; safe to run twice."""

from django.core.management.base import BaseCommand

from lpsa_wagtail.actions import (
    apply_due_changes,
    follow_due_dates,
    note_public_changes,
    sync_all_rights,
)
from lpsa_wagtail.choices import DeliveryState
from lpsa_wagtail.models import Heartbeat
from lpsa_wagtail.notifications import empty_outbox


class Command(BaseCommand):
    help = (
        "Synchronise rights with the roles of today, follow due dates, note what visitors see "
        "otherwise, and send the mails that wait. Call it from cron each minute."
    )

    def handle(self, *, verbosity=1, **options):
        changed = apply_due_changes(actor=None)
        count = sync_all_rights(actor=None)
        due = follow_due_dates(actor=None)
        public = note_public_changes(actor=None, everything=True)
        report = empty_outbox()
        Heartbeat.objects.beat("tick")
        if verbosity:
            self.stdout.write(f"Groups: {changed} in another state from today.")
            self.stdout.write(f"Rights of {count} groups are synchronised.")
            self.stdout.write(f"Due dates: {due} to remind of or to hand on.")
            self.stdout.write(f"Public: {len(public)} changes that nobody had noted.")
            self.stdout.write(f"Mails: {self.counted(report.states)}.")

    def counted(self, states) -> str:
        """Such as "2 sent, 1 deferred"; in the order of the states."""
        found = [f"{states[state]} {state}" for state in DeliveryState.values if states[state]]
        return ", ".join(found) or "none was due"
