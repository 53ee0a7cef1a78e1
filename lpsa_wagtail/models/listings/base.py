"""The base of all listings: parameters in, checked filters, results, counts and addresses out.

A value that does not exist raises ``BadFilter`` with what is allowed. The same filters are told
twice: ``queryset`` narrows in the database (what API and feeds read), ``found_by`` says which
pages each option finds (what the counts beside the options, and lists that show them, need).
"""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, Site

from lpsa_wagtail import conf
from lpsa_wagtail.choices import InterestKind
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.cards import attach_interests
from lpsa_wagtail.models.finding import searched_for
from lpsa_wagtail.models.interests import Word
from lpsa_wagtail.models.listings.facets import Facet, Option, Tally, words_answered
from lpsa_wagtail.models.listings.filters import FILTER_LABELS, Filters
from lpsa_wagtail.models.querysets import key_of

#: Search looks at this many hits at most.
SEARCH_LIMIT = 1000
#: Parameters without options: nothing is counted beside them.
UNCOUNTED = ("q", "exact", "country", "language", "from", "to", "ids", "order", "as_of", "view")


class Listing(Filters):
    """A list of one type of page in one site, narrowed by the parameters of an address.

    With ``index``, the page that shows the list, only pages in its language are listed.
    """

    model: Any
    #: What ``fact_rows`` reads of each page, the id first.
    facts: tuple = ("pk",)
    #: Keys of the orders that not every public page has.
    may_be_empty: tuple = ("first_published_at", "last_published_at")
    #: Keys of the order in which things became public, the latest first.
    news: tuple = ("-first_published_at", "-pk")
    #: True if the texts of what is shown are read, too.
    with_texts = False
    #: Which hits count if there are more than a search looks at.
    search_order: tuple = ("title",)

    @classmethod
    def for_request(cls, request, index=None):
        """Build from a visitor's request. Parameters of others (campaign tags) are ignored.

        Raises ``BadFilter`` here, for a page beyond the last too, and not while rendering.
        """
        site = Site.find_for_request(request)
        listing = cls(site=site, params=request.GET, index=index)
        listing.page  # noqa: B018
        return listing

    # What they leave, told by the database.

    def base_queryset(self):
        return self.public(self.model)

    @cached_property
    def queryset(self):
        """All results, in order, without paging."""
        pages = self.limited()
        for kind in InterestKind.values:
            if word := self.chosen.get(kind):
                pages = pages.tagged(self._covered(word))
        return self.ordered(self.narrow(pages))

    @property
    def key(self) -> tuple | None:
        """What tells the SQL of the results from that of other lists; None if it changes by time.

        (See ``models.prepared``.)
        """
        if self.chosen.get("q") or self.chosen.get("when"):
            return None
        zone = timezone.get_current_timezone_name()  # in which days and years are counted
        chosen = (self._key_of(value) for value in self.chosen.values())
        return (type(self), zone, *key_of(self.model, self.site), *chosen)

    def _key_of(self, value):
        if isinstance(value, Word):
            return tuple(sorted(self._covered(value)))
        if isinstance(value, list):
            return tuple(value)
        if isinstance(value, Page):
            return (value.pk, value.path)
        return value

    def limited(self):
        """What the filters leave that have no options to count: they come before all others."""
        pages = self._found_by_text(self.base_queryset())
        if word := self.chosen.get("country"):
            pages = pages.tagged(self._covered(word))
        if code := self.chosen.get("language"):
            pages = pages.filter(locale__language_code=code)
        if (ids := self.chosen.get("ids")) is not None:
            pages = pages.filter(pk__in=ids)
        return pages

    def _covered(self, word) -> set[int]:
        return self.vocabulary.covered_by(word, exact=bool(self.chosen.get("exact")))

    def _found_by_text(self, pages):
        if text := self.chosen.get("q"):
            hits = self._searched().search(searched_for(text), order_by_relevance=False)
            pages = pages.filter(pk__in=[hit.pk for hit in hits[:SEARCH_LIMIT]])
        return pages

    def _searched(self):
        """Where the text is looked for, in the order in which hits count.

        Only what any search backend can do: fields that are in ``search_fields``.
        """
        pages = self.model.objects.live().only("id").order_by(*self.search_order)
        pages = pages.in_site(self.site) if self.site else pages
        return pages.in_language_of(self.index) if self.index else pages

    def narrow(self, pages):
        """Apply the filters that only this kind of list has."""
        return pages

    @property
    def order(self) -> tuple[str, ...]:
        """The keys by which the results are ordered, as ``order_by`` has them."""
        return self.orders[self.chosen.get("order") or next(iter(self.orders))]

    def ordered(self, pages):
        """The pages in the order of the list; those without a date come last."""
        return pages.order_by(*map(self._ordering, self.order))

    def _ordering(self, key):
        field = F(key.removeprefix("-"))
        if field.name not in self.may_be_empty:
            return key
        return field.desc(nulls_last=True) if key != field.name else field.asc(nulls_last=True)

    # What they leave, told page by page.

    @cached_property
    def fact_rows(self) -> list[tuple]:
        """The ``facts`` of all public pages that the search text finds, in order. One query."""
        return list(self.ordered(self.limited()).values_list(*self.facts))

    @cached_property
    def pages_by_word(self) -> dict:
        """Map word id → ids of the pages that carry it. One query."""
        found = defaultdict(set)
        rows = self.model.interests.through.objects.values_list("content_object_id", "tag_id")
        for page_id, word_id in rows:
            found[word_id].add(page_id)
        return found

    def found_by(self) -> dict[str, dict]:
        """Which pages each key of each filter finds: filter name → key → ids.

        There may be ids of pages that are in no list.
        """
        exact = bool(self.chosen.get("exact"))
        found: dict = {kind: defaultdict(set) for kind in InterestKind.values}
        for word_id, pages in self.pages_by_word.items():
            for answered in words_answered(self.vocabulary, word_id, exact=exact):
                found[self.vocabulary.by_id[answered].kind][answered] |= pages
        return found

    def found_by_fact(self, place: int) -> dict:
        """The same for a filter whose key stands at this ``place`` of the facts."""
        found = defaultdict(set)
        for row in self.fact_rows:
            found[row[place]].add(row[0])
        return found

    def wanted(self) -> dict:
        """The key chosen for each filter in use, as ``found_by`` names it."""
        return {
            name: getattr(value, "pk", value)
            for name, value in self.chosen.items()
            if value is not None and name not in UNCOUNTED
        }

    @cached_property
    def tally(self) -> Tally:
        return Tally([row[0] for row in self.fact_rows], self.found_by(), self.wanted())

    def changes_at(self):
        """When options find other pages without anybody doing anything; None for never."""
        return None

    @property
    def count(self) -> int:
        return len(self.tally.results)

    # What a page shows about them.

    @cached_property
    def page(self):
        """The page of results asked for by ``page``; raises ``BadFilter`` beyond the last."""
        paginator = Paginator(self.tally.results, conf.get("LPSA_PAGE_SIZE"))
        text = self.params["page"] or "1"
        last = paginator.num_pages
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not 1 <= number <= last:
            raise BadFilter("page", text, ["1"] if last == 1 else [f"1 – {last}"])
        page = paginator.page(number)
        page.object_list = self.read(page.object_list)
        return page

    def read(self, ids) -> list:
        """The pages with these ids in the same order, with what the cards print."""
        found = self.page_queryset().in_bulk(ids) if ids else {}
        pages = [found[pk] for pk in ids if pk in found]
        self.attach(pages)
        return pages

    def page_queryset(self):
        """Where the pages on one page of results are read from."""
        pages = self.model.objects.all()
        return pages if self.with_texts else pages.defer_streamfields()

    def attach(self, pages) -> None:
        """Read what the cards print, with a fixed number of queries."""
        words = self.__dict__.get("pages_by_word")
        if words is not None:
            words = {p.pk: [w for w, ids in words.items() if p.pk in ids] for p in pages}
        attach_interests(pages, self.vocabulary, words)

    def cards(self, queryset) -> list:
        """The pages of a queryset with what cards print."""
        pages = list(queryset)
        self.attach(pages)
        return pages

    def newest(self, number: int) -> list:
        """So many of the results that became public last, with what cards print."""
        pages = self.followed().order_by(*map(self._ordering, self.news))
        return self.cards(pages[:number])

    def followed(self):
        """The results with what feeds and calendars tell of each."""
        return self.queryset.select_related("locale").defer_streamfields()

    @property
    def previous_address(self) -> str:
        return self.address(page=self.page.previous_page_number())

    @property
    def next_address(self) -> str:
        return self.address(page=self.page.next_page_number())

    @cached_property
    def facets(self) -> list[Facet]:
        """All filters with the options that lead to results."""
        names = [name for name in self.filters if hasattr(self, f"options_of_{name}")]
        facets = [
            Facet(name, str(FILTER_LABELS[name]), list(getattr(self, f"options_of_{name}")()))
            for name in names
        ]
        return [facet for facet in facets if facet.options]

    def option(self, name, key, value, label, depth=0) -> Option | None:
        """The option for one key, or None if it leads nowhere and is not chosen."""
        count = self.tally.count(name, key)
        chosen = self.wanted().get(name) == key
        if not (count or chosen):
            return None
        address = self.address(**{name: None if chosen else value})
        return Option(str(value), str(label), count, chosen, depth, address)

    def options_of(self, name, choices) -> list[Option]:
        """Options for (key, value, label) triples; those that lead nowhere are left out."""
        found = (self.option(name, *choice) for choice in choices)
        return [option for option in found if option]

    def _interest_options(self, kind) -> list[Option]:
        words = self.vocabulary.in_use(kind)
        return self.options_of(
            kind, ((w.pk, w.slug, w.label, len(self.vocabulary.line(w)) - 1) for w in words)
        )

    def options_of_topic(self):
        return self._interest_options("topic")

    def options_of_region(self):
        return self._interest_options("region")

    def options_of_sector(self):
        return self._interest_options("sector")
