"""Make auth groups, workflows, index pages and vocabulary, each once."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from wagtail.models import Page, Site

from lpsa_wagtail.actions import install, missing_steps, note_public_changes
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import belongings

#: How often setup tries again when the database is locked, each time after a second.
PATIENCE = 30


class Command(BaseCommand):
    help = (
        "Make what lpsa_wagtail needs in this site: auth groups, workflows, index pages and the "
        "vocabulary. Each is made once; what was renamed or removed since is left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--site", help="Id or host name of the site (default: the default site)"
        )
        parser.add_argument(
            "--parent",
            type=int,
            help="Id of the page below which the index pages come (default: the site's root page)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Write nothing; say what would be made"
        )

    def handle(self, *, site=None, parent=None, dry_run=False, verbosity=1, **options):
        if belongings.migrations_wait():
            raise CommandError("Migrations of lpsa_wagtail wait. Run migrate first.")
        chosen = self.site(site)
        place = self.place(chosen, parent)
        try:
            if dry_run:
                said = self.would_do(chosen, place)
            else:
                said = self.done(chosen, place)
                note_public_changes(actor=None, everything=True)
                said.append("Setup is complete." if said else self.nothing_to_do)
        except SetupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity:
            self.stdout.write("\n".join(said))

    nothing_to_do = "Setup was complete; nothing was to do."

    def done(self, site, place) -> list[str]:
        """Lines for what was made. Waits for another setup; SQLite itself gives up in seconds."""
        for _try in range(PATIENCE):
            try:
                return install(actor=None, site=site, parent=place, say=lambda line: None)
            except OperationalError as error:
                if "locked" not in str(error):
                    raise
                time.sleep(1)
        raise CommandError("Another process keeps the database locked. Run lpsa_setup again.")

    def would_do(self, site, place) -> list[str]:
        """Lines for what is missing. Raises ``SetupRefused`` as setup itself would."""
        steps = missing_steps(actor=None, site=site, parent=place)
        if not steps:
            return [self.nothing_to_do]
        return ["Nothing was written. Setup would make:", *(f"  {step.what}" for step in steps)]

    def site(self, wanted) -> Site:
        """The site with this id or host name; else the default site, or the only one."""
        sites = list(Site.objects.select_related("root_page").order_by("-is_default_site", "pk"))
        if wanted is None:
            found = [site for site in sites if site.is_default_site or len(sites) == 1]
        else:
            found = [site for site in sites if str(wanted) in (str(site.pk), site.hostname)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(f"{site.pk} ({site.hostname}:{site.port})" for site in sites)
        if found:
            raise CommandError(f"Several sites are called “{wanted}”; give the id: {known}.")
        raise CommandError(
            f"There is no such site. There are: {known}. Choose one with --site."
            if known
            else "There is no site. Make one in the admin under Settings → Sites."
        )

    def place(self, site, wanted) -> Page:
        """The page below which the index pages come."""
        if wanted is None:
            return site.root_page.specific
        page = Page.objects.filter(pk=wanted).first()
        if page is None or not page.path.startswith(site.root_page.path):
            raise CommandError(f"There is no page {wanted} in the site {site.hostname}.")
        return page.specific
