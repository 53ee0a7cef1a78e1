"""The lists of posts and of webinars, across all groups."""

from collections import defaultdict

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.choices import WebinarFormat
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.cards import attach_authors, attach_groups, attach_images
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.webinars import Webinar

WHEN = {"upcoming": _("Upcoming"), "past": _("Past")}


class ContentListing(Listing):
    """What the lists of posts and of webinars share: group and year.

    The first three ``facts`` are id, tree path and year.
    """

    def clean_group(self, text):
        groups = {group.slug: group for group in self.groups.values()}
        if text not in groups:
            raise BadFilter("group", text, list(groups))
        return groups[text]

    def clean_year(self, text):
        if not (text.isascii() and text.isdigit() and len(text) == 4 and text >= "1900"):
            years = self.base_queryset().count_by_year()
            raise BadFilter("year", text, [str(year) for year in years])
        return int(text)

    def limited(self):
        return super().limited().between(self.chosen["from"], self.chosen["to"])

    def narrow(self, pages):
        if group := self.chosen["group"]:
            pages = pages.of_group(group)
        if year := self.chosen["year"]:
            pages = pages.in_year(year)
        return pages.select_related("lead_image")

    def attach(self, pages):
        super().attach(pages)
        attach_groups(pages, self.groups)

    def label_of(self, name):
        return self.chosen[name].title if name == "group" else super().label_of(name)

    def found_by(self):
        return {
            **super().found_by(),
            "group": self._found_by_group(),
            "year": self.found_by_fact(2),
        }

    def _found_by_group(self) -> dict:
        """Map id of a group → ids of what lies in it or is credited to it. One query."""
        name = self.model._meta.model_name
        rows = self.model.joint_groups.through.objects
        found = defaultdict(set)
        for page_id, group_id in rows.values_list(f"{name}_id", "workinggrouppage_id"):
            found[group_id].add(page_id)
        for pk, path, *_more in self.fact_rows:
            if own := self.groups.get(path[: -Page.steplen]):
                found[own.pk].add(pk)
        return found

    def options_of_group(self):
        groups = sorted(self.groups.values(), key=lambda group: group.title)
        return self.options_of("group", ((g.pk, g.slug, g.title) for g in groups))

    def options_of_year(self):
        years = {row[2] for row in self.fact_rows if row[2]} | {self.chosen["year"]} - {None}
        return self.options_of("year", ((y, y, y) for y in sorted(years, reverse=True)))


class PostListing(ContentListing):
    """Posts of all groups."""

    model = BlogPost
    filters = (
        *("group", "topic", "region", "sector", "exact", "country", "year"),
        *("from", "to", "language", "ids", "q", "order"),
    )
    facts = ("pk", "path", "listed_on__year")
    search_order = ("-listed_on",)
    may_be_empty = ("listed_on", *Listing.may_be_empty)
    news = ("-listed_on", "-pk")
    orders = {
        "-date": ("-listed_on", "-pk"),
        "date": ("listed_on", "pk"),
        "title": ("title", "pk"),
        "-title": ("-title", "-pk"),
        "-updated": ("-last_published_at", "-pk"),
    }

    def page_queryset(self):
        return super().page_queryset().select_related("lead_image")

    def attach(self, pages):
        super().attach(pages)
        attach_authors(pages)
        attach_images(loaded=[page.lead_image for page in pages])


class WebinarListing(ContentListing):
    """Webinars and open meetings of all groups."""

    model = Webinar
    filters = (
        *("when", "group", "topic", "region", "sector", "exact", "country"),
        *("format", "series", "year", "from", "to", "language", "ids", "q", "order"),
    )
    facts = (
        *("pk", "path", "starts_at__year", "format", "series"),
        Coalesce("ends_at", "starts_at"),
    )
    search_order = ("-starts_at",)
    may_be_empty = ("starts_at", *Listing.may_be_empty)
    orders = {
        "-date": ("-starts_at", "-pk"),
        "date": ("starts_at", "pk"),
        "title": ("title", "pk"),
        "-title": ("-title", "-pk"),
        "-updated": ("-last_published_at", "-pk"),
    }

    def __init__(self, **kwargs):
        self.now = timezone.now()
        super().__init__(**kwargs)

    def clean_when(self, text):
        return self._choice("when", text, tuple(WHEN))

    def clean_format(self, text):
        return self._choice("format", text, WebinarFormat.values)

    def clean_series(self, text):
        return self._choice("series", text, list(self.base_queryset().count_by_series()))

    def narrow(self, pages):
        pages = super().narrow(pages)
        if value := self.chosen["format"]:
            pages = pages.filter(format=value)
        if value := self.chosen["series"]:
            pages = pages.in_series(value)
        if value := self.chosen["when"]:
            pages = pages.upcoming(self.now) if value == "upcoming" else pages.past(self.now)
        return pages

    @property
    def order(self):
        """As asked for; what is still to come begins with the next one."""
        if self.chosen["when"] == "upcoming" and not self.chosen["order"]:
            return self.orders["date"]
        return super().order

    def followed(self):
        return super().followed().with_changes_told()

    def in_calendar(self, since, most: int) -> list:
        """The latest events that start after ``since``, with what calendars say."""
        pages = self.followed().filter(starts_at__gte=since).order_by("-starts_at", "-pk")
        return self.cards(pages[:most])

    def found_by(self):
        when = defaultdict(set)
        for pk, *_more, over_at in self.fact_rows:
            if over_at:
                when["upcoming" if over_at >= self.now else "past"].add(pk)
        found = {**super().found_by(), "when": when}
        return {**found, "format": self.found_by_fact(3), "series": self.found_by_fact(4)}

    def options_of_when(self):
        return self.options_of("when", ((key, key, label) for key, label in WHEN.items()))

    def options_of_format(self):
        return self.options_of("format", ((c.value, c.value, c.label) for c in WebinarFormat))

    def options_of_series(self):
        names = {row[4] for row in self.fact_rows} | {self.chosen["series"]} - {None}
        return self.options_of("series", ((name, name, name) for name in sorted(names - {""})))

    def label_of(self, name):
        if name == "when":
            return str(WHEN[self.chosen[name]])
        if name == "format":
            return WebinarFormat(self.chosen[name]).label
        return super().label_of(name)
