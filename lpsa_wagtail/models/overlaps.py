"""Groups that a proposed group would overlap with, and why."""

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lpsa_wagtail.choices import ENDED_STATES
from lpsa_wagtail.models.cards import attach_interests
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.working_groups import WorkingGroupPage

#: Words in titles that say nothing about what a group is about.
EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "for",
        "in",
        "of",
        "on",
        "the",
        "to",
        "with",
        "lpsa",
        "group",
        "groups",
        "working",
        "expert",
        "thematic",
        "regional",
        "panel",
        "standing",
        "chapter",
        "network",
        "circle",
        "committee",
        "community",
        "practice",
    ]
)
#: How much two words have to agree to be the same ("localisation", "localization").
SAME_WORD = 0.85
#: How much of their words two titles share to be similar.
SIMILAR_TITLE = 0.5


@dataclass
class Overlap:
    """A group that exists or is proposed; similar in title, or with interests in common."""

    group: WorkingGroupPage
    similar_title: bool
    words: list = field(default_factory=list)
    is_named: bool = True


def overlaps(*, title: str, interests, translation_key=None) -> list[Overlap]:
    """Groups in the way of a proposal, most alike first; the proposal itself is left out.

    Groups that are no more do not count, translations count once. Interests are in common if they
    are the same word, or one is a broader word of the other. Four queries.
    """
    vocabulary = Interest.objects.vocabulary()
    groups = WorkingGroupPage.objects.defer_streamfields().with_state()
    groups = groups.exclude(translation_key=translation_key).exclude(state__in=ENDED_STATES)
    by_key: dict = {}
    for group in groups.order_by("pk"):
        by_key.setdefault(group.translation_key, group)
    attach_interests(list(by_key.values()), vocabulary)
    mine = [word for each in interests if (word := vocabulary.current(each.pk))]
    found = [
        Overlap(
            group=group,
            similar_title=is_similar(title, group.title),
            words=_in_common(vocabulary, mine, group.interests_shown),
        )
        for group in by_key.values()
    ]
    found = [one for one in found if one.similar_title or one.words]
    found.sort(key=lambda one: (not one.similar_title, -len(one.words), one.group.title))
    return found


def _in_common(vocabulary, mine, theirs) -> list:
    """The narrower one of each pair of words of which one covers the other, each once."""
    found = {}
    for one in mine:
        for other in theirs:
            if one in vocabulary.line(other):
                found[other.pk] = other
            elif other in vocabulary.line(one):
                found[one.pk] = one
    return list(found.values())


def is_similar(title: str, other: str) -> bool:
    """True if two titles say much the same, whatever their order, case, accents and endings."""
    mine, theirs = _words(title), _words(other)
    if not mine or not theirs:
        return _folded(title) == _folded(other)
    shared = sum(any(_is_same(word, one) for one in theirs) for word in mine)
    return (
        shared / min(len(mine), len(theirs)) > SIMILAR_TITLE
        and shared / max(len(mine), len(theirs)) >= SIMILAR_TITLE
    )


def _is_same(word, other) -> bool:
    return word == other or SequenceMatcher(None, word, other).ratio() >= SAME_WORD


def _words(title) -> set[str]:
    return set(re.findall(r"\w+", _folded(title))) - EMPTY_WORDS


def _folded(text) -> str:
    plain = unicodedata.normalize("NFKD", str(text))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())
