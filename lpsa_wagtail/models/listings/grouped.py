"""Filters by group and by year, for lists of what lies in groups."""

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings.base import Listing


class GroupedListing(Listing):
    """A list that can be narrowed to one group, and to one year."""

    def clean_group(self, text):
        groups = {group.slug: group for group in self.groups.values()}
        if text not in groups:
            raise BadFilter("group", text, list(groups))
        return groups[text]

    def clean_year(self, text):
        if not (text.isascii() and text.isdigit() and len(text) == 4 and text >= "1900"):
            raise BadFilter("year", text, [str(year) for year in self.years()])
        return int(text)

    def years(self):
        """The years that there are, to name them where another was asked for."""
        return ()

    def label_of(self, name):
        return self.chosen[name].title if name == "group" else super().label_of(name)

    def options_of_group(self):
        groups = sorted(self.groups.values(), key=lambda group: group.title)
        return self.options_of("group", ((g.pk, g.slug, g.title) for g in groups))

    def options_of_year(self):
        years = (self.tally.keys("year") | {self.chosen["year"]}) - {None}
        return self.options_of("year", ((y, y, y) for y in sorted(years, reverse=True)))
