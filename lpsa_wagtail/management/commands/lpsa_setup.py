"""Make auth groups, workflows, index pages and vocabulary, each once."""

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from lpsa_wagtail.actions import install
from lpsa_wagtail.exceptions import SetupRefused


class Command(BaseCommand):
    help = "Make what lpsa_wagtail needs in this site: groups, workflows, index pages, vocabulary."

    def add_arguments(self, parser):
        parser.add_argument("--site", type=int, help="Id of the site (default: the default site)")

    def handle(self, *, site=None, verbosity=1, **options):
        sites = Site.objects.select_related("root_page")
        found = sites.filter(pk=site) if site else sites.filter(is_default_site=True)
        if not (chosen := found.first()):
            raise CommandError("There is no such site. Make one under Settings → Sites.")
        done = []
        try:
            install(actor=None, site=chosen, say=done.append)
        except SetupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        done.append("Setup is complete." if done else "Setup was complete; nothing was to do.")
        if verbosity:
            self.stdout.write("\n".join(map(str, done)))
