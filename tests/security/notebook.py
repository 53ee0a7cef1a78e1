"""What the test itself noted down: who wrote what, who approved which wording, what was taken down.

It never asks the product's tables of decisions, revisions' authors or rights.
"""

from dataclasses import dataclass, field

from tests.security.stage import ADMINISTRATOR
from tests.security.wording import Wording


@dataclass
class Notes:
    """About one page. ``approved`` is since it was last taken down, newest last."""

    owner: str | None
    hands: set[str] = field(default_factory=set)
    approved: list[tuple[Wording, int]] = field(default_factory=list)
    charter: tuple = ()
    live: tuple[Wording, int] | None = None


class Notebook:
    """``board`` and ``chair`` hold who is in the Board, and who its Chair, by name."""

    def __init__(self, board, chair):
        self.board, self.chair = set(board), chair
        self.pages: dict[int, Notes] = {}
        self.faults: list[str] = []
        self.mergers: dict[int, int] = {}

    def made(self, page: int, owner: str | None) -> None:
        self.pages[page] = Notes(owner, hands={owner} - {None})

    def installed(self, page: int, wording: Wording, parent: int) -> None:
        notes = self.pages[page]
        notes.approved = [(wording, parent)]
        notes.live, notes.charter = notes.approved[-1], wording.charter

    def touched(self, page: int, who: str) -> None:
        """Somebody wrote a version of the page, or submitted it."""
        self.pages[page].hands.add(who)

    def approved(self, page: int, who: str, wording: Wording, parent: int, needs_chair: bool):
        notes = self.pages[page]
        if who not in self.board:
            self.faults.append(f"{who} approved {page} without being in the Board")
        if who in notes.hands:
            self.faults.append(f"{who} approved {page} and had a hand in it: {sorted(notes.hands)}")
        if needs_chair and who != self.chair and notes.charter != wording.charter:
            self.faults.append(f"{who} decided on the charter of {page} without being the Chair")
        notes.approved.append(self._today((wording, parent)))
        notes.charter = wording.charter
        notes.hands = {notes.owner} - {None}

    def overridden(self, page: int, who: str, wording: Wording, parent: int) -> None:
        """An administrator did it without the Board, which needs nobody else."""
        if who != ADMINISTRATOR:
            self.faults.append(f"{who} did without the Board what administrators do")
        notes = self.pages[page]
        notes.approved.append(self._today((wording, parent)))
        notes.charter, notes.hands = wording.charter, {notes.owner} - {None}

    def taken_down(self, page: int) -> None:
        self.pages[page].approved.clear()
        self.pages[page].live = None

    def merged(self, word: int, into: int) -> None:
        """From now on the one word counts as the other, wherever it was approved."""
        self.mergers[word] = into
        for notes in self.pages.values():
            notes.approved = [self._today(place) for place in notes.approved]
            notes.live = notes.live and self._today(notes.live)

    def _today(self, place: tuple[Wording, int]) -> tuple[Wording, int]:
        return (place[0].with_words(self._word), place[1])

    def _word(self, word: int) -> int:
        while word in self.mergers:
            word = self.mergers[word]
        return word

    def look(self, live: dict) -> None:
        """Compare with what is live now: (wording, parent) by page."""
        for page, place in live.items():
            notes, found = self.pages.get(page), self._today(place)
            if notes is None:
                self.faults.append(f"{page} is live and nobody made it")
            elif not notes.approved:
                self.faults.append(f"{page} is live and nobody approved it since it was down")
            elif found not in (notes.approved[-1], notes.live):
                self.faults.append(f"{page} is live with what was not approved (last): {found}")
            elif found not in notes.approved:
                self.faults.append(f"{page} is live with what was never approved: {found}")
            else:
                notes.live = found
        for page in self.pages.keys() - live.keys():
            self.pages[page].live = None
