"""Invented texts, the same in every run. ``COMMON`` is in every post, ``RARE`` in one of fifty."""

import random

COMMON, RARE = "council", "cadastre"
RARE_EVERY = 50

_TEXT = """
account accountability act actor address advice agency agreement allocation amount annual answer
approach area assembly asset audit authority balance base benefit board body border borrowing
bridge budget building capacity care case census centre change charter choice circle citizen city
clause clerk clinic coast code collection commission committee community company condition
contract cost country county course court credit data debate debt decision degree delay department
design detail development difference district division duty economy effort election employee equal
estate estimate evidence example exchange executive expense experience fee field figure finance
formula forum framework freedom function fund future gap goal grant ground growth guide harbour
health hearing history household housing idea impact incentive income index institution interest
intergovernmental investment issue land law lesson level levy licence limit line list loan
locality maintenance majority manager mandate map market mayor measure meeting member method
ministry municipality neighbourhood network number office officer opinion option order
organisation outcome paper parliament participation partner payment people percentage period
permit place plan planning policy population power practice price principle problem procedure
process project property province public purpose quality question rate reason record reform region
register regulation relation report representative research reserve resident resource
responsibility result revenue review right risk river road role rule rural salary sample
sanitation school season section sector service session share shift side skill society source
staff stage standard state statute step strategy street structure study subject supervision supply
support survey system target task tax teacher team term test theory time town trade training
transfer transparency treasury trend trust union unit urban utility value village volunteer vote
ward waste water way week will work worker year zone
"""
_WORDS = _TEXT.split()
_SMALL = ["the", "of", "and", "to", "in", "a", "for", "with", "by", "on", "as", "from", "at"]
_NAMES = ["Ama", "Bela", "Chidi", "Dalia", "Emre", "Farah", "Goran", "Hana", "Ines", "Jomo"]
_FAMILIES = ["Abara", "Bekele", "Castro", "Demir", "Eze", "Fekete", "Gurung", "Haddad", "Imani"]
_random = random.Random(20)
_WEIGHTS = [1 / (rank + 3) for rank in range(len(_WORDS))]


def _sentence() -> str:
    words = _random.choices(_WORDS, _WEIGHTS, k=_random.randint(7, 12))
    mixed = [part for word in words for part in (_random.choice(_SMALL), word)]
    return f"{' '.join(mixed[1:]).capitalize()}."


_SENTENCES = [_sentence() for _each in range(2000)]


class Writer:
    """Writes one text after the other; the same ``seed`` writes the same."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)

    def title(self) -> str:
        return " ".join(self.dice.choices(_WORDS, k=6)).capitalize()

    def sentences(self, number: int) -> str:
        return " ".join(self.dice.choices(_SENTENCES, k=number))

    def paragraph(self, link: str = "") -> str:
        """Rich text as the editor stores it, with a link of the kind ``link`` (its attributes)."""
        end = f" See <a {link}>{self.title().lower()}</a>." if link else ""
        return f"<p>{self.sentences(5)}{end}</p>"

    def person(self) -> str:
        return f"{self.dice.choice(_NAMES)} {self.dice.choice(_FAMILIES)}"

    def organisation(self) -> str:
        return f"{self.dice.choice(_WORDS)} {self.dice.choice(_WORDS)} institute".title()
