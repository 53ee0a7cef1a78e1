"""Lists with filters: the same for the directory, the listings, the API and the feeds.

A listing is made from a site and the parameters of an address. It checks every value (an unknown
one raises ``BadFilter`` with what is allowed) and gives results, counts and addresses.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from lpsa_wagtail import conf
from lpsa_wagtail.choices import Focus, GroupState, InterestKind, WebinarFormat
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.cards import attach_authors, attach_groups, attach_interests
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.settings import WorkingGroupSettings
from lpsa_wagtail.models.webinars import Webinar
from lpsa_wagtail.models.working_groups import WorkingGroupPage

#: Search looks at this many hits at most.
SEARCH_LIMIT = 1000
#: The longest search text that is looked at.
SEARCH_LENGTH = 200

VISIBLE_STATES = (GroupState.ACTIVE, GroupState.FORMING, GroupState.DORMANT)


@dataclass(frozen=True)
class Option:
    """One value of a filter, with the number of results it would leave."""

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0


class Listing:
    """Base: parameters in, checked filters and results out."""

    model: type
    #: Parameters that narrow the list, in the order in which they are shown.
    filters: tuple[str, ...] = ()

    def __init__(self, *, site, params):
        self.site = site
        self.params = {name: self._single(params, name) for name in (*self.filters, "page")}
        self.chosen = {}
        for name in self.filters:
            text = self.params[name]
            self.chosen[name] = getattr(self, f"clean_{name}")(text) if text else None

    @classmethod
    def for_request(cls, request):
        """Build from a visitor's request. Parameters of others (campaign tags) are ignored."""
        return cls(site=Site.find_for_request(request), params=request.GET)

    @staticmethod
    def _single(params, name) -> str:
        values = params.getlist(name) if hasattr(params, "getlist") else [params.get(name, "")]
        if len(values) > 1:
            raise BadFilter(name, ", ".join(values)[:80], [str(_("one value, given once"))])
        return (values[0] if values else "").strip()

    # What the filters may be.

    @cached_property
    def vocabulary(self):
        return Interest.objects.vocabulary()

    @cached_property
    def groups(self) -> dict:
        """Map tree path → public group of this site, in directory order. One query."""
        return WorkingGroupPage.objects.public(self.site).in_directory_order().by_path()

    def _interest(self, name, text):
        word = self.vocabulary.find(text)
        if word is None or word.kind != name:
            raise BadFilter(name, text, [w.slug for w in self.vocabulary.in_use(name)])
        return word

    def clean_topic(self, text):
        return self._interest("topic", text)

    def clean_region(self, text):
        return self._interest("region", text)

    def clean_sector(self, text):
        return self._interest("sector", text)

    def clean_exact(self, text):
        if text not in ("0", "1"):
            raise BadFilter("exact", text, ["0", "1"])
        return text == "1"

    def clean_q(self, text):
        return text.replace("\x00", "")[:SEARCH_LENGTH]

    def _choice(self, name, text, allowed):
        if text not in allowed:
            raise BadFilter(name, text, [str(value) for value in allowed])
        return text

    # What they leave.

    def base_queryset(self):
        return self.model.objects.public(self.site)

    @cached_property
    def queryset(self):
        """All results, in order, without paging."""
        pages = self.base_queryset()
        for kind in InterestKind.values:
            if word := self.chosen.get(kind):
                covered = self.vocabulary.covered_by(word, exact=bool(self.chosen.get("exact")))
                pages = pages.tagged(covered)
        if text := self.chosen.get("q"):
            hits = self.model.objects.live().search(text, order_by_relevance=False)
            pages = pages.filter(pk__in=[hit.pk for hit in hits[:SEARCH_LIMIT]])
        return self.narrow(pages)

    def narrow(self, pages):
        """Apply the filters that only this kind of list has, and the order."""
        return pages

    def attach(self, pages) -> None:
        """Read what the cards print, with a fixed number of queries."""
        attach_interests(pages, self.vocabulary)

    def cards(self, queryset) -> list:
        pages = list(queryset)
        self.attach(pages)
        return pages

    @cached_property
    def page(self):
        """The page of results asked for by ``page``; raises ``BadFilter`` beyond the last."""
        paginator = Paginator(self.queryset, conf.get("LPSA_PAGE_SIZE"))
        paginator.count = self.count
        text = self.params["page"] or "1"
        last = paginator.num_pages
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not 1 <= number <= last:
            raise BadFilter("page", text, ["1"] if last == 1 else [f"1 – {last}"])
        page = paginator.page(number)
        page.object_list = self.cards(page.object_list)
        return page

    @cached_property
    def count(self) -> int:
        return self.queryset.count()

    # What a page shows about them.

    def address(self, **changes) -> str:
        """Query string of this list with some parameters changed (None removes); page 1."""
        query = {name: self.params[name] for name in self.filters if self.params[name]}
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{urlencode(query)}" if query else "?"

    @property
    def previous_address(self) -> str:
        return self.address(page=self.page.previous_page_number())

    @property
    def next_address(self) -> str:
        return self.address(page=self.page.next_page_number())

    @property
    def active_filters(self) -> list[tuple]:
        """Chosen filters as (name, label of the value, address without it)."""
        return [
            (name, self.label_of(name), self.address(**{name: None}))
            for name in self.filters
            if self.params[name] and name != "exact"
        ]

    def label_of(self, name) -> str:
        value = self.chosen[name]
        return getattr(value, "label", None) or getattr(value, "title", None) or str(value)

    def interest_options(self, kind: str) -> list[Option]:
        """Words of one kind that lead to results, with counts that include narrower words."""
        pages_by_word = self._pages_by_word
        options = []
        for word in self.vocabulary.in_use(kind):
            covered = self.vocabulary.covered_by(word)
            pages = set().union(*(pages_by_word.get(pk, ()) for pk in covered))
            chosen = self.chosen[kind] == word
            if pages or chosen:
                depth = len(self.vocabulary.line(word)) - 1
                options.append(Option(word.slug, word.label, len(pages), chosen, depth))
        return options

    @cached_property
    def _pages_by_word(self) -> dict:
        """Map interest id → ids of results that carry it. One query."""
        through = self.model.interests.through
        pages = self.queryset.order_by().values("pk")
        found: dict = {}
        rows = through.objects.filter(content_object__in=pages)
        for page_id, tag_id in rows.values_list("content_object_id", "tag_id"):
            found.setdefault(tag_id, set()).add(page_id)
        return found

    @property
    def interest_filters(self) -> list[tuple]:
        """(parameter, label, options) for topic, region and sector."""
        return [
            (kind, InterestKind(kind).label, self.interest_options(kind))
            for kind in InterestKind.values
            if kind in self.filters
        ]


class GroupListing(Listing):
    """The directory of groups."""

    model = WorkingGroupPage
    filters = ("focus", "state", "topic", "region", "sector", "exact", "q")

    def clean_focus(self, text):
        return self._choice("focus", text, Focus.values)

    def clean_state(self, text):
        return self._choice("state", text, VISIBLE_STATES)

    def narrow(self, pages):
        pages = pages.in_directory_order()
        for name in ("focus", "state"):
            if value := self.chosen[name]:
                pages = pages.filter(**{name: value})
        return pages.select_related("lead_image")

    @cached_property
    def all_states(self) -> list[Option]:
        counts = Counter(self.queryset.order_by().values_list("state", flat=True))
        return [
            Option(state.value, state.label, counts[state], self.chosen["state"] == state)
            for state in VISIBLE_STATES
            if counts[state] or self.chosen["state"] == state
        ]

    def label_of(self, name):
        labels = {"focus": Focus, "state": GroupState}
        return labels[name](self.chosen[name]).label if name in labels else super().label_of(name)


class ContentListing(Listing):
    """What the lists of posts and of webinars share: group and year."""

    def clean_group(self, text):
        groups = {group.slug: group for group in self.groups.values()}
        if text not in groups:
            raise BadFilter("group", text, list(groups))
        return groups[text]

    def clean_year(self, text):
        if not (text.isascii() and text.isdigit() and 1900 <= int(text[:5]) <= 9999):
            raise BadFilter("year", text, [str(year) for year in self._years_there_are])
        return int(text)

    @property
    def _years_there_are(self):
        return self.base_queryset().count_by_year()

    def narrow(self, pages):
        if group := self.chosen["group"]:
            pages = pages.of_group(group)
        if year := self.chosen["year"]:
            pages = pages.in_year(year)
        return pages.in_listing_order().select_related("lead_image")

    def attach(self, pages):
        super().attach(pages)
        attach_groups(pages, self.groups)

    @cached_property
    def group_options(self) -> list[Option]:
        """Groups that lead to results; joint pages count for each of their groups. Two queries."""
        counts = Counter(self.queryset.count_by_parent())
        for path, joint_path in self.queryset.joint_pairs():
            if path[: -Page.steplen] != joint_path:
                counts[joint_path] += 1
        return [
            Option(group.slug, group.title, counts[path], group == self.chosen["group"])
            for path, group in sorted(self.groups.items(), key=lambda item: item[1].title)
            if counts[path] or group == self.chosen["group"]
        ]

    @cached_property
    def year_options(self) -> list[Option]:
        return [
            Option(str(year), str(year), count, year == self.chosen["year"])
            for year, count in self.queryset.count_by_year().items()
        ]


class PostListing(ContentListing):
    """Posts of all groups."""

    model = BlogPost
    filters = ("group", "topic", "region", "sector", "exact", "year", "q")

    def attach(self, pages):
        super().attach(pages)
        attach_authors(pages)


class WebinarListing(ContentListing):
    """Webinars and open meetings of all groups."""

    model = Webinar
    filters = (
        *("when", "group", "topic", "region", "sector"),
        *("exact", "format", "series", "year", "q"),
    )

    def clean_when(self, text):
        return self._choice("when", text, ("upcoming", "past"))

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
            pages = pages.upcoming() if value == "upcoming" else pages.past()
        return pages

    @cached_property
    def series_options(self) -> list[Option]:
        return [
            Option(series, series, count, series == self.chosen["series"])
            for series, count in self.queryset.count_by_series().items()
        ]

    def label_of(self, name):
        if name == "when":
            return str(_("Upcoming") if self.chosen[name] == "upcoming" else _("Past"))
        if name == "format":
            return WebinarFormat(self.chosen[name]).label
        return super().label_of(name)


def group_context(group, request) -> dict:
    """What a group page shows beside its own content. Eight queries for any number of items."""
    site = Site.find_for_request(request)
    vocabulary = Interest.objects.vocabulary()
    webinars = Webinar.objects.public(site).of_group(group).select_related("lead_image")
    posts = BlogPost.objects.public(site).of_group(group).select_related("lead_image")
    upcoming, past = list(webinars.upcoming()[:5]), list(webinars.past()[:5])
    latest = list(posts.in_listing_order()[:6])
    for pages in (latest, [*upcoming, *past]):
        attach_interests(pages, vocabulary)
        for page in pages:
            page.group = group
    attach_authors(latest)
    attach_interests([group], vocabulary)
    record = group.record
    roles = record.memberships.on().shown() if record else ()
    return {
        "record": record,
        "roles": roles,
        "upcoming_webinars": upcoming,
        "past_webinars": past,
        "latest_posts": latest,
        "join_settings": WorkingGroupSettings.for_request(request),
    }
