"""Where a program can follow what a page of ours shows: feeds and calendars."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse

#: Feed → the name of its address, and its media type.
FEEDS = {
    "atom": ("feed_atom", "application/atom+xml"),
    "json": ("feed_json", "application/feed+json"),
    "calendar": ("feed_ics", "text/calendar"),
}
#: What a list on a page may say, and what follows it does not: it tells all there is, in time.
NOT_FOLLOWED = ("order", "ids", "page", "when", "as_of")
#: What only groups have: no event is left by it.
OF_GROUPS = {"focus", "state"}


def feeds_of(page, listing=None) -> dict[str, str]:
    """Map "atom", "json" and "calendar" to paths; empty where our addresses are not included.

    A page says by ``feed_parameters`` which part of everything is its own, and by
    ``feed_kinds`` which kinds there are. With a ``listing``, it is what its filters leave. Where a
    site has several languages, it is what there is in that of the page.
    """
    parameters = {**page.feed_parameters(), **(_filters_of(listing) if listing else {})}
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        parameters.setdefault("language", page.locale.language_code)
    try:
        return {
            kind: _with(reverse(f"lpsa_wagtail:{FEEDS[kind][0]}"), parameters, kind)
            for kind in page.feed_kinds
            if kind != "calendar" or not OF_GROUPS & set(parameters)
        }
    except NoReverseMatch:
        return {}


def calendar_of(webinar) -> str:
    """Path of the calendar with this one event; "" where our addresses are not included."""
    try:
        return reverse("lpsa_wagtail:webinar_ics", args=[webinar.pk]) if webinar.pk else ""
    except NoReverseMatch:
        return ""


def _filters_of(listing) -> dict[str, str]:
    return {
        name: listing.params[name]
        for name in listing.filters
        if listing.chosen[name] and name not in NOT_FOLLOWED
    }


def _with(path: str, parameters: dict, kind: str) -> str:
    known = {name: v for name, v in parameters.items() if kind != "calendar" or name != "type"}
    return f"{path}?{urlencode(known)}" if known else path
