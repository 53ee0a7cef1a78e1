"""What one selection leaves of several lists: feeds tell of posts, events and groups together."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models.listings.base import Listing
from lpsa_wagtail.models.listings.content import PostListing, WebinarListing
from lpsa_wagtail.models.listings.groups import GroupListing
from lpsa_wagtail.models.querysets import roots_of

#: How a kind is asked for → its list, and what visitors call it.
KINDS: dict[str, type[Listing]] = {
    "post": PostListing,
    "webinar": WebinarListing,
    "group": GroupListing,
}
KIND_LABELS = {
    "post": gettext_lazy("Posts"),
    "webinar": gettext_lazy("Webinars and meetings"),
    "group": gettext_lazy("Working groups"),
}
#: All that a selection is made of. Of ``order`` nothing is asked: what follows is in time.
PARAMETERS = tuple(
    dict.fromkeys(name for kind in KINDS.values() for name in kind.filters if name != "order")
)


class Selection:
    """The lists that some parameters ask for, each narrowed by all of them.

    ``type`` names kinds, with commas between them; without it, it is all of ``kinds``. A list that
    does not know a parameter has nothing with such a value, and is left out: ``series`` leaves
    webinars. Parameters of others (campaign tags) are ignored.

    Raises ``BadFilter`` for a kind or a value that does not exist, and where no list is left.
    """

    def __init__(self, *, site, params, kinds=tuple(KINDS)):
        self.site, self.possible = site, kinds
        self.given = {
            name: value for name in ("type", *PARAMETERS) if (value := Listing.single(params, name))
        }
        index = self._root_in_language()
        self.listings = {
            kind: KINDS[kind](site=site, params=self._narrowing(), index=index)
            for kind in self._kinds_left()
        }

    def _narrowing(self) -> dict[str, str]:
        return {name: value for name, value in self.given.items() if name != "type"}

    def _kinds_left(self) -> list[str]:
        left = self._kinds_asked()
        for name, value in self._narrowing().items():
            left = [kind for kind in left if name in KINDS[kind].filters]
            if not left:
                raise BadFilter(name, value, [_("nothing, together with the other parameters")])
        return left

    def _kinds_asked(self) -> list[str]:
        if "type" not in self.given:
            return list(self.possible)
        asked = [part.strip() for part in self.given["type"].split(",")]
        for name in asked:
            if name not in self.possible:
                raise BadFilter("type", name, list(self.possible))
        return [name for name in self.possible if name in asked]

    def _root_in_language(self):
        """The page at the top of the language asked for, which a list then keeps to; or None."""
        code = self.given.get("language")
        if not code or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return None
        return next((r for r in roots_of(self.site) if r.locale.language_code == code), None)

    @property
    def label(self) -> str:
        """What it is a selection of, in words: the site, kinds unless all, values of filters."""
        words = [self.site.site_name or self.site.hostname]
        if len(self.listings) < len(self.possible):
            words += [str(KIND_LABELS[kind]) for kind in self.listings]
        named = {
            label: str(value)
            for listing in self.listings.values()
            for label, value, _address in listing.active_filters
        }
        return " · ".join([*words, *named.values()])
