"""The search of a site: groups, posts and webinars together, each as its own list has them."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.excerpts import excerpt, marked, words_of
from lpsa_wagtail.models.finding import folded
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.listings.content import PostListing, WebinarListing
from lpsa_wagtail.models.listings.facets import Tally
from lpsa_wagtail.models.listings.grouped import GroupedListing
from lpsa_wagtail.models.listings.groups import GroupListing
from lpsa_wagtail.models.places import site_of
from lpsa_wagtail.models.querysets import roots_of

#: What is searched, in the order of the results → its list.
SEARCHED: dict[str, type[Listing]] = {
    "group": GroupListing,
    "post": PostListing,
    "webinar": WebinarListing,
}
TYPES = {"group": _("Groups"), "post": _("Posts"), "webinar": _("Webinars and meetings")}
#: Filters with options, and those that the lists of each type apply themselves.
FACETS = ("type", "topic", "region", "sector", "group", "year")
SHARED = ("q", "exact")
#: Words offered where nothing was found.
MOST_WORDS = 6


def types_asked(text: str) -> list[str]:
    """The types in a text with commas between them, all of them without one."""
    asked = [part.strip() for part in text.split(",")] if text.strip() else list(SEARCHED)
    for name in asked:
        if name not in SEARCHED:
            raise BadFilter("type", name, list(SEARCHED))
    return [name for name in SEARCHED if name in asked]


def root_in_language(site):
    """The root page of the site in the reader's language, or None if it has none."""
    roots, language = roots_of(site), get_language()
    if len(roots) == 1:
        return None
    return next((root for root in roots if root.locale.language_code == language), None)


class SearchListing(GroupedListing):
    """Groups, posts and webinars in one list. The number of queries is the same for any number."""

    filters = (*FACETS, "exact", "q")

    @classmethod
    def for_request(cls, request, index=None):
        """Build from a visitor's request, in the visitor's language; raises ``BadFilter``."""
        site = site_of(request)
        listing = cls(site=site, params=request.GET, index=index or root_in_language(site))
        if listing.is_asked:
            listing.page  # noqa: B018
        return listing

    def clean_type(self, text):
        return self._choice("type", text, tuple(TYPES))

    def years(self):
        return [str(_("a year such as 2024"))]

    @property
    def is_asked(self) -> bool:
        """True if there is something to look for: words, or any filter."""
        return any(self.chosen[name] for name in (*FACETS, "q"))

    @cached_property
    def parts(self) -> dict[str, Listing]:
        """Name of each type → its list of what the words find."""
        params = {name: self.params[name] for name in SHARED}
        found = {}
        for name, kind in SEARCHED.items():
            found[name] = part = kind(site=self.site, params=params, index=self.index)
            part.vocabulary, part.groups = self.vocabulary, self.groups
            part.with_texts = True
        return found

    @cached_property
    def type_of(self) -> dict[int, str]:
        """Id of each page that the words find → its type, in the order of the results."""
        return {pk: name for name, part in self.parts.items() for pk in part.tally.results}

    @cached_property
    def tally(self):
        return Tally(list(self.type_of), self.found_by(), self.wanted())

    def found_by(self):
        ids, found = self.type_of.keys(), {name: defaultdict(set) for name in FACETS}
        for pk, name in self.type_of.items():
            found["type"][name].add(pk)
        for part in self.parts.values():
            for facet in FACETS[1:]:
                for key, pages in part.tally.found_by.get(facet, {}).items():
                    found[facet][key] |= pages & ids
        for group in found["type"]["group"]:
            found["group"][group].add(group)
        return found

    def read(self, ids):
        found = {}
        for name, part in self.parts.items():
            mine = [pk for pk in ids if self.type_of[pk] == name]
            found |= {page.pk: page for page in part.read(mine)}
        words = words_of(self.chosen["q"] or "")
        for pk, page in found.items():
            page.type_found = self.type_of[pk]
            page.title_parts = marked(page.title, words)
            page.excerpt = excerpt(page, words)
        return [found[pk] for pk in ids if pk in found]

    def options_of_type(self):
        return self.options_of("type", ((name, name, label) for name, label in TYPES.items()))

    def label_of(self, name):
        return str(TYPES[self.chosen[name]]) if name == "type" else super().label_of(name)

    @property
    def words_like_it(self) -> list[tuple]:
        """(label, address) of interests whose name has a word of what was looked for in it."""
        wanted = {folded(word).casefold() for word in words_of(self.chosen["q"] or "")}
        like = [w for w in self.vocabulary.in_use() if wanted & _starts_of(w.label, wanted)]
        return [(w.label, f"?{w.kind}={w.slug}") for w in like[:MOST_WORDS]]


def _starts_of(label, wanted) -> set[str]:
    """Those of the words with which a word of the label begins."""
    words = [folded(word).casefold() for word in words_of(label)]
    return {one for one in wanted if any(word.startswith(one) for word in words)}
