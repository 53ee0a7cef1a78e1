"""Every way of getting something before the public, as data. Each is a function with a sentence.

``on`` is the state of the page that the way begins with, ``by`` who can tell one person from
another there: the admin, Wagtail's own API, or nobody (model code knows no person). ``kinds`` are
the page types on which the way makes sense; the control page is always among them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from tests.doors.places import KINDS

ADMIN, API, CODE = "admin", "api", "code"


@dataclass(frozen=True)
class Way:
    name: str
    on: str
    by: str
    kinds: tuple
    languages: bool
    tries: Callable

    @property
    def governed(self) -> list[str]:
        return [name for name in self.kinds if KINDS[name].governed]


WAYS: dict[str, Way] = {}


def way(on, *, by=CODE, kinds=tuple(KINDS), languages=False):
    """Register the decorated function under its name in words. It gets a ``Door``."""

    def register(tries):
        name = tries.__name__.replace("_", " ")
        WAYS[name] = Way(name, on, by, kinds, languages, tries)
        return tries

    return register


def load() -> dict[str, Way]:
    """All ways, by name, from all modules beside this one."""
    for module in sorted(found.name for found in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return WAYS
