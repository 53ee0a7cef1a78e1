"""Where a program can follow what a page of ours shows: feeds and calendars."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def feeds_of(page) -> dict[str, str]:
    """Map "atom", "json" and "calendar" to paths; empty where our addresses are not included.

    A page says by ``feed_parameters`` which part of everything is its own, and by
    ``feed_kinds`` which kinds there are; None stands for a page that nothing can be followed of.
    """
    parameters = getattr(page, "feed_parameters", None)
    if parameters is None:
        return {}
    names = {"atom": "feed_atom", "json": "feed_json", "calendar": "feed_ics"}
    try:
        return {
            kind: _with(reverse(f"lpsa_wagtail:{name}"), parameters, kind)
            for kind, name in names.items()
            if kind in page.feed_kinds
        }
    except NoReverseMatch:
        return {}


def calendar_of(webinar) -> str:
    """Path of the calendar with this one event; "" where our addresses are not included."""
    try:
        return reverse("lpsa_wagtail:webinar_ics", args=[webinar.pk]) if webinar.pk else ""
    except NoReverseMatch:
        return ""


def _with(path: str, parameters: dict, kind: str) -> str:
    known = {
        name: value for name, value in parameters.items() if kind != "calendar" or name != "type"
    }
    return f"{path}?{urlencode(known)}" if known else path
