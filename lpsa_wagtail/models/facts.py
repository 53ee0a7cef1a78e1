"""Operational facts of a webinar: what they are, how they are put on a page, and their log."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from lpsa_wagtail.choices import WebinarStatus

#: How the page's history names a change of facts.
FACTS_CHANGED = "lpsa_wagtail.facts"


@dataclass(frozen=True)
class FactChange:
    """One fact that changed, as people read it. ``row`` is the part of the agenda, if it is one."""

    fact: str
    old: str
    new: str
    row: str = ""


class OperationalFacts:
    """For ``Webinar``. A fact is a column, the cities, or the recordings of the agenda's rows."""

    CITIES = "cities"
    RECORDINGS = "agenda.recording_url"
    #: One fact in three columns: alone, each would mean something else.
    TIME = ("starts_at", "ends_at", "time_zone")

    def fact(self: Any, name: str) -> Any:
        """The value of a fact: cities are a list of zones, recordings map block id → link."""
        if name == self.CITIES:
            return [row.time_zone for row in self.cities.all()]
        if name == self.RECORDINGS:
            return {row.id: row.value["recording_url"] or "" for row in self.agenda}
        return getattr(self, name)

    def lacks_fact(self, name: str, value) -> bool:
        """True if this is not so here. Rows of the agenda that are not here lack nothing."""
        now = self.fact(name)
        if name == self.RECORDINGS:
            return any(now[row] != link for row, link in value.items() if row in now)
        return now != value

    def put_fact(self: Any, name: str, value) -> None:
        """Set a fact on this object. Stores nothing."""
        if name == self.CITIES:
            rows = {row.time_zone: row for row in self.cities.all()}
            new = self.cities.model
            cities = [rows.get(zone) or new(time_zone=zone) for zone in dict.fromkeys(value)]
            for number, row in enumerate(cities):
                row.sort_order = number
            self.cities.set(cities)
        elif name == self.RECORDINGS:
            for row in self.agenda:
                if row.id in value:
                    row.value["recording_url"] = value[row.id]
        else:
            setattr(self, name, value)

    def facts_in_words(self: Any, names) -> dict[tuple, tuple]:
        """What people read of each fact; of recordings, one for each row of the agenda."""
        words = {}
        for name in names:
            if name == self.RECORDINGS:
                for row in self.agenda:
                    link, title = row.value["recording_url"] or "", row.value["title"]
                    words[name, row.id] = (link, title)
            else:
                words[name, ""] = (self._in_words(name), "")
        return words

    def _in_words(self: Any, name) -> str:
        """As it is in every language; the history says the rest when it is read."""
        if name == self.CITIES:
            return ", ".join(self.fact(name))
        if name in ("starts_at", "ends_at"):
            clock = self.local_start if name == "starts_at" else self.local_end
            return f"{clock:%Y-%m-%d %H:%M}" if clock else ""
        value = getattr(self, name)
        return "" if value is None else str(value)

    def facts_changed_since(self, **since) -> set[str]:
        """Names of the facts changed after a line of the history (``pk``) or a ``timestamp``."""
        later = {f"{name}__gt": value for name, value in since.items()}
        lines = self._lines_of_facts().filter(**later).values_list("data", flat=True)
        names = {change["fact"] for data in lines for change in data["changes"]}
        return names | set(self.TIME if names & set(self.TIME) else ())

    def newest_change_of_facts(self) -> int:
        """Id of the newest line of the history about facts; 0 if there is none. One query."""
        return self._lines_of_facts().order_by("-pk").values_list("pk", flat=True).first() or 0

    def _lines_of_facts(self):
        return PageLogEntry.objects.filter(page=self.pk, action=FACTS_CHANGED)

    @classmethod
    def describe_change(cls, change: FactChange) -> str:
        """The change as one sentence."""
        label = cls.label_of_fact(change.fact)
        if change.row:
            label = _("Recording of “%(row)s”") % {"row": change.row}
        return _("%(fact)s: %(old)s → %(new)s") % {
            "fact": label,
            "old": cls._read(change.fact, change.old) or _("nothing"),
            "new": cls._read(change.fact, change.new) or _("nothing"),
        }

    @staticmethod
    def _read(fact, text) -> str:
        if fact == "status" and text in WebinarStatus.values:
            return str(WebinarStatus(text).label)
        return text

    @classmethod
    def label_of_fact(cls: Any, name: str) -> str:
        if name == cls.CITIES:
            return _("Cities")
        if name == cls.RECORDINGS:
            return _("Recordings of the agenda")
        return capfirst(str(cls._meta.get_field(name).verbose_name))
