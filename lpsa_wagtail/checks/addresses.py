"""Our URLs: included, and before what takes every address."""

from django.conf import settings
from django.core.checks import Warning, register
from django.urls import URLResolver, get_resolver
from django.urls.exceptions import Resolver404

OURS = {
    "lpsa_wagtail.urls": 'path("lpsa/", include("lpsa_wagtail.urls"))',
    "lpsa_wagtail.api.urls": 'path("api/lpsa/v1/", include("lpsa_wagtail.api.urls"))',
}
#: Addresses that may come to live below ours; a catch-all takes one kind, some take both.
PROBES = ("a-feed/", "a-feed.atom", "")
NO_PLAIN_ADDRESS = set("<>()[]{}?*+|\\$")


@register("lpsa")
def check_urls(app_configs, **kwargs):
    """Our URLs are included, and nothing before them takes their addresses."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    found = list(_places(get_resolver().url_patterns, [], ()))
    messages = [_hidden(name, prefix, by) for name, prefix, by in found if by]
    if "lpsa_wagtail.urls" not in {name for name, _prefix, _by in found}:
        messages.append(
            Warning(
                "The URLs of lpsa_wagtail are not included. Pages work; mails carry no link to "
                "decide by.",
                hint=f"Add {OURS['lpsa_wagtail.urls']} to urlpatterns, before Wagtail's own URLs.",
                id="lpsa.W002",
            )
        )
    return messages


def _hidden(name, prefix, by):
    return Warning(
        f"The URLs of lpsa_wagtail below /{prefix} are not reached: {by} takes their addresses.",
        hint=f"Move {OURS[name]} up in urlpatterns, before it.",
        id="lpsa.W003",
    )


def _places(patterns, before, prefixes):
    """Find our includes: (name, prefix, the pattern before it that takes its addresses or None).

    ``before`` holds for each level above how deep it is and the patterns that come first there.
    """
    for number, pattern in enumerate(patterns):
        if not isinstance(pattern, URLResolver):
            continue
        above = [*before, (len(prefixes), patterns[:number])]
        path = (*prefixes, str(pattern.pattern).removeprefix("^"))
        name = getattr(pattern.urlconf_module, "__name__", "")
        if name in OURS:
            yield name, "".join(path), _taken_by(above, path)
        else:
            yield from _places(pattern.url_patterns, above, path)


def _taken_by(above, path):
    """The first pattern on the way that matches one of our addresses before we do."""
    if NO_PLAIN_ADDRESS & set("".join(path)):  # a host's pattern, such as <slug:site>/
        return None
    for depth, siblings in above:
        rest = "".join(path[depth:])
        for sibling in siblings:
            if any(_matches(sibling, rest + probe) for probe in PROBES):
                return f"“{sibling.pattern}”"
    return None


def _matches(pattern, address) -> bool:
    try:
        return pattern.resolve(address) is not None
    except Resolver404:
        return False
