"""Bring in the sample content; run again, only keep its one event ahead of the calendar."""

import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lpsa_wagtail.exceptions import NotAllowed, SetupRefused
from lpsa_wagtail.importers.demo import load_demo
from lpsa_wagtail.models import WorkingGroupIndexPage

TO_TRY = """What to try in five minutes:
  1. Visit {groups}.
     Follow a group to its posts and webinars; filter the lists.
  2. Log in as cochair at {admin}. Two drafts wait for
     the Board. Send the third, “Notes from a visit to two market towns”, as well.
  3. Log in as board and approve “Five questions before you read a county budget”.
     It is live at once. As cochair there is no way to approve it.
  4. Log in as boardchair: “Localizing the SDGs” waits for this role alone.
  5. Log in as exchair: the role has ended, so the admin stays closed.
"""


class Command(BaseCommand):
    help = (
        "Bring in the sample content: real groups and titles, invented people and sentences. Run "
        "again, it only moves the one upcoming webinar."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--into-existing",
            action="store_true",
            help="Bring it in although the site has groups, posts, webinars or members",
        )
        parser.add_argument(
            "--with-accounts",
            action="store_true",
            help="Make the sample logins although DEBUG is off; their passwords are then random "
            "and printed once",
        )
        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            help="Day from which the upcoming webinar is counted (default: today)",
        )

    def handle(self, *, into_existing, with_accounts, today=None, verbosity=1, **options):
        try:
            result = load_demo(
                today=today or timezone.localdate(),
                with_accounts=with_accounts or settings.DEBUG,
                simple_passwords=settings.DEBUG,
                into_existing=into_existing,
            )
        except (SetupRefused, NotAllowed) as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity:
            self.stdout.write(self.said(result))
        if result.logins:
            self.stdout.write(self.logins(result.logins))
            self.stdout.write(self.to_try())

    def said(self, result) -> str:
        if result.loaded:
            return "The sample content is in."
        if result.moved:
            return "The sample content was in. Its upcoming webinar was moved."
        return "The sample content was in; nothing was to do."

    def logins(self, logins) -> str:
        lines = ["", "Sample logins:", f"  {'user name':<14}{'password':<20}who it is"]
        for login in logins:
            password = login.password or "(not known here)"
            lines.append(f"  {login.username:<14}{password:<20}{login.what}")
        return "\n".join([*lines, ""])

    def to_try(self) -> str:
        base = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or ""
        index = WorkingGroupIndexPage.objects.first()
        try:
            admin = reverse("wagtailadmin_home")
        except NoReverseMatch:
            admin = "/admin/"
        groups = (index and index.url) or "/working-groups/"
        return TO_TRY.format(groups=f"{base}{groups}", admin=f"{base}{admin}")
