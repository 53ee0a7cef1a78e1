"""Which fields an answer has, asked for as in Wagtail's API: ``fields=_,title`` or ``-agenda``."""

from dataclasses import dataclass

from django.http import HttpRequest

from lpsa_wagtail.exceptions import BadFilter


@dataclass(frozen=True)
class Fields:
    """The fields of the items of one list.

    ``always`` are never left out, ``usual`` are there unless taken away, ``more`` only if asked
    for.
    """

    always: tuple[str, ...]
    usual: tuple[str, ...]
    more: tuple[str, ...]

    def asked(self, request: HttpRequest) -> frozenset[str]:
        """The fields that ``fields`` asks for; raises ``BadFilter``."""
        text = request.GET.get("fields", "").strip()
        known = {*self.always, *self.usual, *self.more}
        names = [name.strip() for name in text.split(",")] if text else []
        found = {*self.always, *self.usual}
        if names and names[0] in ("*", "_"):
            found = set(known) if names.pop(0) == "*" else set()
        for name in names:
            plain = name.removeprefix("-")
            if plain not in known:
                raise BadFilter("fields", name, ["*", "_", *self.always, *self.usual, *self.more])
            (found.add if plain == name else found.discard)(plain)
        return frozenset({*found, *self.always})

    def of(self, shape: dict, asked: frozenset[str]) -> dict:
        """What is told of one item."""
        if asked >= shape.keys():
            return shape
        return {name: value for name, value in shape.items() if name in asked}
