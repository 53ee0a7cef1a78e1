"""The lists of posts and of webinars, across all groups."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.choices import WebinarFormat
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.cards import attach_authors, attach_groups, attach_images
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.listings.catalogue import catalogue_for
from lpsa_wagtail.models.listings.facets import Tally
from lpsa_wagtail.models.listings.grouped import GroupedListing
from lpsa_wagtail.models.webinars import Webinar

#: Filters without options, which narrow what is counted.
LIMITING = ("q", "country", "language", "ids", "from", "to")
WHEN = {"upcoming": _("Upcoming"), "past": _("Past")}


class ContentListing(GroupedListing):
    """What the lists of posts and of webinars share: group and year.

    The first three ``facts`` are id, tree path and year.
    """

    def __init__(self, **kwargs):
        self.now = timezone.now()
        super().__init__(**kwargs)

    def years(self):
        return self.base_queryset().count_by_year()

    def limited(self):
        return super().limited().between(self.chosen["from"], self.chosen["to"])

    def newest_with_any(self, sets_of_words, *, most: int, but_for=None) -> list:
        """The first pages of the list that carry a word of a set, so many of each set.

        In the order of the list, with what cards print.
        """
        base = self.ordered(self.base_queryset())
        base = base.exclude(pk=but_for.pk) if but_for else base
        either = Q()
        for words in sets_of_words:
            either |= Q(pk__in=base.tagged(words).values("pk")[:most])
        pages = list(self.ordered(self.page_queryset().filter(either)))
        through = self.model.interests.through.objects.filter(content_object__in=pages)
        self.pages_by_word = defaultdict(set)
        for page_id, word_id in through.values_list("content_object_id", "tag_id"):
            self.pages_by_word[word_id].add(page_id)
        self.attach(pages)
        return pages

    def words_of(self, page) -> set[int]:
        """Ids of the words on a page, as it is stored."""
        return {word for word, pages in self.pages_by_word.items() if page.pk in pages}

    def narrow(self, pages):
        if group := self.chosen["group"]:
            pages = pages.of_group(group)
        if year := self.chosen["year"]:
            pages = pages.in_year(year)
        return pages.select_related("lead_image")

    @cached_property
    def catalogue(self):
        return catalogue_for(self, self.now)

    @cached_property
    def tally(self):
        if self.catalogue is None:
            return super().tally
        self.pages_by_word = self.catalogue.pages_by_word
        if not any(self.chosen[name] for name in LIMITING):
            return self.catalogue.tally(self.wanted())
        ids = self.ordered(self.limited()).values_list("pk", flat=True)
        return Tally(list(ids), self.catalogue.found_by, self.wanted())

    def page_queryset(self):
        """Asked once more is what is public: what was kept may be older than the last change."""
        pages = super().page_queryset()
        return pages.public(self.site) if self.catalogue else pages

    def attach(self, pages):
        super().attach(pages)
        attach_groups(pages, self.groups)

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

    def changes_at(self):
        return min(
            (row[-1] for row in self.fact_rows if row[-1] and row[-1] >= self.now), default=None
        )

    def options_of_when(self):
        return self.options_of("when", ((key, key, label) for key, label in WHEN.items()))

    def options_of_format(self):
        return self.options_of("format", ((c.value, c.value, c.label) for c in WebinarFormat))

    def options_of_series(self):
        names = (self.tally.keys("series") | {self.chosen["series"]}) - {None, ""}
        return self.options_of("series", ((name, name, name) for name in sorted(names)))

    def label_of(self, name):
        if name == "when":
            return str(WHEN[self.chosen[name]])
        if name == "format":
            return WebinarFormat(self.chosen[name]).label
        return super().label_of(name)
