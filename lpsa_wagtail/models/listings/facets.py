"""What each filter of a listing offers, with the number of results that choosing it would give."""

from collections import Counter
from dataclasses import dataclass, field


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
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


@dataclass
class Tally:
    """The results of a listing, in order, and the counts beside every option."""

    results: list = field(default_factory=list)
    counts: dict[str, Counter] = field(default_factory=dict)

    @classmethod
    def of(cls, pages, wanted: dict) -> "Tally":
        """Count once over all pages.

        ``pages`` gives (id, what the page answers to: filter name → set of keys); ``wanted`` is
        the key chosen for each filter in use. A page is a result if it answers to all of them. It
        counts for the options of a filter if no *other* filter shuts it out.
        """
        tally = cls()
        for pk, answers in pages:
            missed = [name for name, key in wanted.items() if key not in answers[name]]
            if not missed:
                tally.results.append(pk)
            for name, keys in answers.items():
                if not missed or missed == [name]:
                    tally.counts.setdefault(name, Counter()).update(keys)
        return tally

    def count(self, name, key) -> int:
        return self.counts[name][key] if name in self.counts else 0


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
