"""The parameters of a list: what they may be, what they are called, and addresses with them."""

import datetime as dt
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.parameters import FILTER_LABELS
from lpsa_wagtail.models.working_groups import WorkingGroupPage

#: The longest search text that is looked at.
SEARCH_LENGTH = 200
#: So many ids can be asked for at once.
MOST_IDS = 100
A_DAY = _("a day such as 2024-03-01")


class Filters:
    """Parameters in, checked values out. A value that does not exist raises ``BadFilter``."""

    #: Parameters that narrow the list, in the order in which they are shown.
    filters: tuple[str, ...] = ()
    #: Parameters that change how the list is shown, and not what is in it. Addresses keep them.
    kept: tuple[str, ...] = ()
    #: Names of the orders that can be asked for, the usual one first → keys, as ``order_by`` has
    #: them. The last key tells any two pages apart.
    orders: dict[str, tuple[str, ...]] = {}

    def __init__(self, *, site, params, index=None):
        self.site, self.index = site, index
        names = (*self.filters, *self.kept, "page")
        self.params = {name: self.single(params, name) for name in names}
        self.chosen = {}
        for name in (*self.filters, *self.kept):
            text = self.params[name]
            self.chosen[name] = getattr(self, f"clean_{name}")(text) if text else None

    @staticmethod
    def single(params, name) -> str:
        """The value given for a parameter, "" for none; raises ``BadFilter`` for several."""
        values = params.getlist(name) if hasattr(params, "getlist") else [params.get(name, "")]
        if len(values) > 1:
            raise BadFilter(name, ", ".join(values)[:80], [str(_("one value, given once"))])
        return (values[0] if values else "").replace("\x00", "").strip()

    def public(self, model):
        """The pages of a type that belong into this list or its filters."""
        pages = model.objects.public(self.site)
        return pages.in_language_of(self.index) if self.index else pages

    @cached_property
    def vocabulary(self):
        return Interest.objects.words()

    @cached_property
    def groups(self) -> dict:
        """Map tree path → public group of this site, in directory order. One query."""
        return self.public(WorkingGroupPage).in_directory_order().by_path()

    def _interest(self, name, text):
        word = self.vocabulary.find(text)
        if word is None or word.kind != name:
            raise BadFilter(name, text, [w.slug for w in self.vocabulary.in_use(name)])
        return word

    def clean_topic(self, text):
        return self._interest("topic", text)

    def clean_region(self, text):
        return self._interest("region", text)

    def clean_sector(self, text):
        return self._interest("sector", text)

    def clean_exact(self, text):
        return self._choice("exact", text, ("0", "1")) == "1"

    def clean_q(self, text):
        # A quotation mark would end the text that SQLite's search is given.
        return text[:SEARCH_LENGTH].replace('"', " ").strip()

    def clean_country(self, text):
        """The word for a country with this code (ISO 3166-1, two letters in any case)."""
        words = {w.country_code: w for w in self.vocabulary.by_id.values() if w.country_code}
        found = words.get(text.upper())
        if found is None:
            raise BadFilter("country", text, sorted(words))
        return self.vocabulary.current(found.pk)

    def clean_language(self, text):
        languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
        return self._choice("language", text, [code for code, _name in languages])

    def clean_from(self, text):
        return self._day("from", text)

    def clean_to(self, text):
        return self._day("to", text)

    def clean_ids(self, text):
        parts = [part.strip() for part in text.split(",")]
        if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            raise BadFilter("ids", text, [str(_("numbers with commas between them"))])
        if len(parts) > MOST_IDS:
            raise BadFilter("ids", text, [str(_("%d ids at most") % MOST_IDS)])
        return sorted({int(part) for part in parts})

    def clean_order(self, text):
        return self._choice("order", text, list(self.orders))

    def _day(self, name, text, *, latest=None) -> dt.date:
        """A day as ISO 8601 writes it, not after ``latest``."""
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.year < 1900 or day.isoformat() != text:  # weeks are read, too
            raise BadFilter(name, text, [str(A_DAY)])
        if latest and day > latest:
            raise BadFilter(name, text, [str(_("a day up to %s") % latest.isoformat())])
        return day

    @staticmethod
    def today() -> dt.date:
        """Today on the clock of the site."""
        return timezone.localdate()

    def _choice(self, name, text, allowed):
        if text not in allowed:
            raise BadFilter(name, text, [str(value) for value in allowed])
        return text

    def address(self, **changes) -> str:
        """Query string of this list with some parameters changed (None removes); page 1."""
        names = (*self.filters, *self.kept)
        query = {name: self.params[name] for name in names if self.params[name]}
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{urlencode(query)}" if query else "?"

    @property
    def active_filters(self) -> list[tuple]:
        """Filters in use as (label of the filter, label of the value, address without it)."""
        return [
            (FILTER_LABELS[name], self.label_of(name), self.address(**{name: None}))
            for name in self.filters
            if self.chosen[name]
        ]

    @property
    def kept_by_search(self) -> list[tuple]:
        """(name, value) of the filters that a new search keeps."""
        names = (*self.filters, *self.kept)
        return [(name, self.params[name]) for name in names if name != "q" and self.params[name]]

    def label_of(self, name) -> str:
        value = self.chosen[name]
        if name == "exact":
            return str(_("exactly these, no narrower words"))
        if name in ("ids", "order"):
            return self.params[name]
        return value if isinstance(value, str) else str(getattr(value, "label", value))
