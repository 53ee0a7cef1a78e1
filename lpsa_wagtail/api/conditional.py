"""HTTP around the answers: when one is as it was (304), and how long others may keep it.

An answer is told apart by what it can depend on: the clock of the public record, the day, the
address as it was asked, the language and our settings. None of it needs the answer itself.
"""

import datetime as dt
from collections import OrderedDict
from contextlib import suppress
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date
from django.utils.translation import get_language_from_request, override

from lpsa_wagtail import conf
from lpsa_wagtail.models.moments import moment_of, tag_of, tags_known
from lpsa_wagtail.models.places import site_of

#: So many answers are remembered as given.
REMEMBERED = 1000
PRIVATE = "private, no-store"


def speaking(view):
    """Decorate a view: its language is that of ``Accept-Language``, its day that of the site.

    Cookies, the session and the user never count, and what is around the view is as before.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs):
        language = language_of(request)
        with override(language), timezone.override(None):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer


def language_of(request: HttpRequest) -> str:
    """The language of the site that ``Accept-Language`` asks for."""
    bare = HttpRequest()
    bare.META["HTTP_ACCEPT_LANGUAGE"] = request.headers.get("Accept-Language", "")
    return get_language_from_request(bare)


def with_validators(request: HttpRequest, function, *, timed: bool) -> HttpResponse:
    """The answer of ``function``, or 304 if the caller has it, for two queries.

    ``timed`` says that the answer changes within the day without anybody doing anything, as that
    of webinars does. An answer with a ``Cache-Control`` of its own is left as it is.
    """
    validators = Validators(request, timed=timed)
    if validators.are_known_to(request):
        return validators.not_modified()
    response = function()
    if response.status_code != 200 or response.has_header("Cache-Control"):
        return response
    if validators.fit(request):  # now that there is something that they are about
        response = validators.not_modified()
    return validators.put_on(response)


class Validators:
    """What tells an answer to this request apart. Read before the answer, so never newer than it.

    ``tag`` is None while nothing was ever noted, or where there is no site.
    """

    #: Tags of answers that were given, by this process, and are what their address says now.
    given: OrderedDict = OrderedDict()

    def __init__(self, request: HttpRequest, *, timed: bool):
        self.tag: str | None = None
        self.modified: dt.datetime | None = None
        site, moment = site_of(request), moment_of(request, timed=timed)
        if site is None or moment is None:
            return
        self.modified = moment.modified
        if timezone.now() - self.modified < dt.timedelta(seconds=1):
            self.modified = None  # there may be another answer within this second
        asked = (request.build_absolute_uri(), language_of(request))
        self.tag = tag_of(*moment.parts, site.pk, site.root_url, *asked)

    def are_known_to(self, request: HttpRequest) -> bool:
        """True if the caller has this answer, as far as that can be told without it.

        A tag names its address, so whoever has it got an answer there. A date, and ``*``, say
        nothing of the address; they count for what was given before.
        """
        if self.tag is None:
            return False
        if self.tag in tags_known(request):
            return True
        return self.tag in self.given and self.fit(request)

    def fit(self, request: HttpRequest) -> bool:
        """True if an answer with these validators is what the caller has."""
        if self.tag is None:
            return False
        tags = request.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or self.tag in tags_known(request)
        since = None
        with suppress(ValueError):
            since = parse_http_date(request.headers.get("If-Modified-Since", ""))
        return bool(since and self.modified and int(self.modified.timestamp()) <= since)

    def not_modified(self) -> HttpResponse:
        return self.put_on(HttpResponseNotModified())

    def put_on(self, response: HttpResponse) -> HttpResponse:
        seconds = conf.get("LPSA_API_MAX_AGE")
        kept = f"public, max-age={seconds}, stale-while-revalidate={seconds}"
        response.headers["Cache-Control"] = kept
        if self.tag:
            response.headers["ETag"] = f'W/"{self.tag}"'
            self.given[self.tag] = True
            with suppress(KeyError):  # another thread may have been here
                while len(self.given) > REMEMBERED:
                    self.given.popitem(last=False)
        if self.modified:
            response.headers["Last-Modified"] = http_date(self.modified.timestamp())
        return response


def without_body(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to HEAD: all that is said of the body, without it."""
    if request.method == "HEAD" and response.content:
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
