"""What each filter of a listing offers, with the number of results that choosing it would give."""

from collections.abc import Set
from dataclasses import dataclass

#: So many options of a filter are seen at once.
FEW = 8


@dataclass(frozen=True)
class Option:
    """One value of a filter.

    ``count`` is the number of results after choosing it, all other filters left as they are;
    ``address`` the query string that chooses it (for a chosen one: that takes it away).
    """

    value: str
    label: str
    count: int
    chosen: bool
    depth: int = 0
    address: str = ""


@dataclass(frozen=True)
class Facet:
    """One filter with the options that lead to results."""

    name: str
    label: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        """The options that are seen at once."""
        return self.options if len(self.options) <= FEW + 2 else self.options[:FEW]

    @property
    def more(self) -> list[Option]:
        """The others, which are folded away."""
        return self.options[len(self.first) :]

    @property
    def opens(self) -> bool:
        """True if one of those that are folded away is chosen."""
        return any(option.chosen for option in self.more)

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


class Tally:
    """The results of a listing, in order, and the counts beside every option.

    ``ids`` are the pages that could be results, in order; ``found_by`` says which pages each key
    of each filter finds (filter name → key → ids, maybe of other pages too); ``wanted`` is the key
    chosen for each filter in use. A page is a result if all of them find it. It counts for the
    options of a filter if no *other* filter shuts it out.
    """

    def __init__(self, ids: list, found_by: dict, wanted: dict):
        self._everything = frozenset(ids)
        self.found_by = found_by
        self._left = {name: found_by[name].get(key, frozenset()) for name, key in wanted.items()}
        self._left_by_others: dict[str, Set] = {}
        self._counts: dict[tuple, int] = {}
        left = self._left_without(None)
        self.results = [pk for pk in ids if pk in left] if wanted else list(ids)

    def _left_without(self, name) -> Set:
        """The pages that all filters in use let through, but for the one called ``name``."""
        sets = [pages for other, pages in self._left.items() if other != name]
        return self._everything.intersection(*sets)

    def keys(self, name) -> set:
        """Keys of a filter that may have results."""
        return set(self.found_by.get(name, ()))

    def count(self, name, key) -> int:
        """The number of results if this key were chosen. It is counted once."""
        if (name, key) not in self._counts:
            self._counts[name, key] = self._count(name, key)
        return self._counts[name, key]

    def _count(self, name, key) -> int:
        if name not in self._left_by_others:
            self._left_by_others[name] = self._left_without(name)
        found = self.found_by.get(name, {}).get(key, frozenset())
        return len(self._left_by_others[name] & found)


def words_answered(vocabulary, word_id, *, exact: bool = False) -> set[int]:
    """Ids of the words by which a page with this word is found.

    The other side of ``Vocabulary.covered_by``: the word itself, what it was merged into and,
    unless ``exact``, all broader words.
    """
    found, waiting = set(), [word_id]
    while waiting:
        word = vocabulary.by_id.get(waiting.pop())
        if word and word.pk not in found:
            found.add(word.pk)
            waiting.append(word.merged_into_id)
            if not exact:
                waiting.append(word.parent_id)
    return found
