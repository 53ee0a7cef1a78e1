"""Pages of ours for a visitor who has been here: 304 if nothing changed, and what all see, kept.

Both are for visitors whom nobody knows. Who has an account or a session is told nothing of it, and
gets every page made anew.
"""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import http_date, parse_http_date_safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Site

from lpsa_wagtail import conf
from lpsa_wagtail.models.moments import moment_of, tag_of, tags_known

#: Where Django keeps messages for a visitor without a session.
MESSAGES = "messages"
PERSONAL = "private, no-cache"


class Revisit:
    """One request for a page of ours: what the visitor has, and what is kept.

    ``tag`` names the answer before it is made, ``key`` what is kept of it. Both are empty where
    anything may depend on the visitor, or where the host has templates in the place of ours
    (``LPSA_HTML_BY_CLOCK``). At most one query.
    """

    def __init__(self, request, page):
        self.request = request
        self.tag, self.key = "", ""
        self.modified: dt.datetime | None = None
        self.made: dict[str, str] = {}
        self.for_everybody = is_for_everybody(request)
        if self.for_everybody and page.live and _changes_by_clock(conf.content_is_ours):
            self._look(page)

    def _look(self, page) -> None:
        site, moment = Site.find_for_request(self.request), moment_of(self.request, timed=True)
        if site is None or moment is None:
            return
        told = (*moment.parts, site.pk, site.root_url, page.pk, page.path, *_surroundings())
        if _changes_by_clock(conf.page_is_ours):
            self.tag = tag_of(*told, self.request.build_absolute_uri())
            if timezone.now() - moment.modified >= dt.timedelta(seconds=1):
                self.modified = moment.modified
        if page.keeps_content and conf.get("LPSA_HTML_KEPT_SECONDS") and not self.request.GET:
            self.key = f"lpsa:{tag_of(*told, self.request.scheme, self.request.get_host())}"

    @cached_property
    def found(self) -> dict[str, str]:
        """The parts of the page that were made before."""
        return (cache.get(self.key) if self.key else None) or {}

    def part(self, name: str, make: Callable[[], str]) -> SafeString:
        """The part of the page with this name: as it was kept, or as ``make`` makes it now."""
        text = self.found.get(name, self.made.get(name))
        if text is None:
            text = self.made[name] = make()
        return mark_safe(text)  # noqa: S308 - a template made it

    def not_modified(self) -> HttpResponse | None:
        """304 if the visitor has the answer, as far as that is known without making it."""
        if self.tag and self._is_known(self.tag):
            return self._finish(HttpResponseNotModified(), self.tag)
        return None

    def answer(self, response):
        """The response, with what it has to say to caches once it is rendered."""
        if hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(self._rendered)
        return response

    def _rendered(self, response):
        patch_vary_headers(response, ["Cookie"])
        if not self.for_everybody or _tells_the_visitor_apart(self.request, response):
            response.headers.setdefault("Cache-Control", PERSONAL)
            return None
        if response.status_code != 200:
            return None
        if self.key and self.made and not self.found:
            cache.set(self.key, self.made, conf.get("LPSA_HTML_KEPT_SECONDS"))
        tag = self.tag or tag_of(response.content)
        if self._is_known(tag):
            return self._finish(HttpResponseNotModified(), tag)
        return self._finish(response, tag)

    def _is_known(self, tag) -> bool:
        if "If-None-Match" in self.request.headers:
            return tag in tags_known(self.request)
        since = parse_http_date_safe(self.request.headers.get("If-Modified-Since", ""))
        return bool(since and self.modified and int(self.modified.timestamp()) <= since)

    def _finish(self, response, tag):
        patch_vary_headers(response, ["Cookie"])
        if kept := conf.get("LPSA_HTML_CACHE_CONTROL"):
            response.headers.setdefault("Cache-Control", kept)
        response.headers["ETag"] = f'W/"{tag}"'
        if self.modified:
            response.headers["Last-Modified"] = http_date(self.modified.timestamp())
        return response


def is_for_everybody(request) -> bool:
    """True if the request tells nothing of who asks: no account, no session, no message."""
    user = getattr(request, "user", None)
    return (
        request.method in ("GET", "HEAD")
        and not getattr(request, "is_preview", False)
        and "Authorization" not in request.headers
        and not {settings.SESSION_COOKIE_NAME, MESSAGES} & request.COOKIES.keys()
        and not (user and user.is_authenticated)
    )


def _tells_the_visitor_apart(request, response) -> bool:
    """True if the answer has something that was made for one visitor, such as a form of a host."""
    session = getattr(request, "session", None)
    return bool(
        response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or (session is not None and session.modified)
    )


def _changes_by_clock(is_ours: Callable[[], bool]) -> bool:
    """True if nothing but what is noted changes our pages: the host says so, or all is ours."""
    chosen = conf.get("LPSA_HTML_BY_CLOCK")
    return bool(chosen) if chosen is not None else not settings.DEBUG and is_ours()


def _surroundings() -> tuple:
    """What else pages depend on: language, clock of the reader, and how the site is set up."""
    return (
        *(get_language(), timezone.get_current_timezone_name()),
        *(static("lpsa_wagtail/lpsa.css"), getattr(settings, "WAGTAIL_SITE_NAME", "")),
    )
