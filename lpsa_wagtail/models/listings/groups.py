"""The directory of groups."""

from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.choices import VISIBLE_STATES, Focus
from lpsa_wagtail.models.cards import attach_next_meetings
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.working_groups import WorkingGroupPage

#: Ways to show the groups, the usual one first.
VIEWS = {"cards": _("Cards"), "list": _("List")}
CHOICES = {"focus": tuple(Focus), "state": VISIBLE_STATES}


class GroupListing(Listing):
    """The directory of groups."""

    model = WorkingGroupPage
    filters = (
        *("focus", "state", "topic", "region", "sector", "exact", "country"),
        *("language", "ids", "as_of", "q", "order"),
    )
    kept = ("view",)
    facts = ("pk", "focus", "state")
    may_be_empty = ("established_on", *Listing.may_be_empty)
    orders = {
        "state": ("rank", "title", "pk"),
        "title": ("title", "pk"),
        "-title": ("-title", "-pk"),
        "-established": ("-established_on", "-pk"),
        "-updated": ("-last_published_at", "-pk"),
    }

    def clean_focus(self, text):
        return self._choice("focus", text, Focus.values)

    def clean_state(self, text):
        return self._choice("state", text, VISIBLE_STATES)

    def clean_view(self, text):
        return self._choice("view", text, tuple(VIEWS))

    def clean_as_of(self, text):
        return self._day("as_of", text, latest=self.today())

    def limited(self):
        pages = super().limited().with_rank()
        if day := self.chosen["as_of"]:
            pages = pages.established_by(day)
        return pages

    def narrow(self, pages):
        for name in CHOICES:
            if value := self.chosen[name]:
                pages = pages.filter(**{name: value})
        return pages.select_related("lead_image")

    def found_by(self):
        return {
            **super().found_by(),
            "focus": self.found_by_fact(1),
            "state": self.found_by_fact(2),
        }

    def page_queryset(self):
        return super().page_queryset().with_state()

    @property
    def view(self) -> str:
        """How the groups are shown: as "cards", or as a compact "list"."""
        return self.chosen["view"] or next(iter(VIEWS))

    @property
    def views(self) -> list[tuple]:
        """(label, address, whether it is this one) of the ways to show them."""
        usual = next(iter(VIEWS))
        addresses = {name: self.address(view=None if name == usual else name) for name in VIEWS}
        return [(str(VIEWS[name]), addresses[name], name == self.view) for name in VIEWS]

    def attach(self, pages):
        super().attach(pages)
        if self.view == "list":
            attach_next_meetings(pages, self.site)

    def options_of_focus(self):
        return self._options_of_choice("focus")

    def options_of_state(self):
        return self._options_of_choice("state")

    def _options_of_choice(self, name):
        return self.options_of(name, ((c.value, c.value, c.label) for c in CHOICES[name]))

    def label_of(self, name):
        if name in CHOICES:
            return next(c.label for c in CHOICES[name] if c.value == self.chosen[name])
        return super().label_of(name)
