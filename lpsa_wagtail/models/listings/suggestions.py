"""What somebody may mean who has begun to type: titles of what is public, and interests."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from lpsa_wagtail.models.excerpts import words_of
from lpsa_wagtail.models.finding import folded
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.listings.filters import SEARCH_LENGTH
from lpsa_wagtail.models.listings.search import SEARCHED
from lpsa_wagtail.models.querysets import GovernedQuerySet, WorkingGroupQuerySet

#: So many are told, of them so many words; so many hits are looked at.
MOST, MOST_WORDS, MOST_HITS = 8, 3, 60
#: Shorter beginnings suggest nothing.
SHORTEST = 2
COLUMNS = (
    *("pk", "title", "url_path", "content_type_id", "lpsa_group__designation"),
    *("lpsa_group__designation_other", "state"),
)


@dataclass(frozen=True)
class Suggestion:
    """A word (``parameter`` and ``value`` narrow a list to it), or a page at ``url_path``."""

    type: str
    label: str
    url_path: str = ""
    parameter: str = ""
    value: str = ""
    designation: str = ""
    designation_other: str = ""
    state: str = ""


def suggestions_for(text: str, site, language_of=None) -> list[Suggestion]:
    """At most eight of them, words first. Three queries, none for less than two letters."""
    text = folded(text[:SEARCH_LENGTH].replace("\x00", "").replace('"', " "))
    begun = [word.casefold() for word in words_of(text)]
    if len("".join(begun)) < SHORTEST:
        return []
    vocabulary = Interest.objects.words()
    words = [
        Suggestion(word.kind, word.label, parameter=word.kind, value=word.slug)
        for word in vocabulary.in_use()
        if _begins(begun, word.label)
    ][:MOST_WORDS]
    pages = _pages(" ".join(begun), site, language_of)
    return [*words, *(one for one in pages if _begins(begun, one.label))][:MOST]


def _begins(begun, label) -> bool:
    """True if every word that was begun begins a word of the label."""
    words = [word.casefold() for word in words_of(folded(label))]
    return all(any(word.startswith(one) for word in words) for one in begun)


def _pages(text, site, language_of) -> list[Suggestion]:
    """Public pages of the site whose titles may be meant: groups first, then the newest."""
    models = {name: listing.model for name, listing in SEARCHED.items()}
    names = {ContentType.objects.get_for_model(model).pk: name for name, model in models.items()}
    searched = GovernedQuerySet(Page).live().filter(content_type__in=list(names)).in_site(site)
    searched = searched.in_language_of(language_of) if language_of else searched
    hits = searched.order_by("-first_published_at").autocomplete(text, order_by_relevance=False)
    ids = [hit.pk for hit in hits[:MOST_HITS]]
    found = WorkingGroupQuerySet(Page).public(site).filter(pk__in=ids).with_state()
    rows = found.order_by("-first_published_at", "-pk").values_list(*COLUMNS)
    told = [
        Suggestion(names[type_id], title, path, "", "", *(designation or ("", "", "")))
        for _pk, title, path, type_id, *designation in rows
    ]
    return sorted(told, key=lambda one: list(SEARCHED).index(one.type))
