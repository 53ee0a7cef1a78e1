"""The addresses of feeds and calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lpsa_wagtail import calendars, feeds
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.conditional import language_of, speaking, with_validators
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import Webinar
from lpsa_wagtail.models.places import site_of


def told(view):
    """Decorate what makes an answer of ``request`` and its site; a filter that is none gives 400.

    The answers are the same for everybody, with validators like those of the API.
    """

    def answer(request: HttpRequest, **arguments) -> HttpResponse:
        site = site_of(request)
        if site is None:
            raise Http404
        try:
            make = lambda: view(request, site, **arguments)  # noqa: E731
            return with_validators(request, make, timed=True)
        except BadFilter as error:
            return _refused(error)

    return require_safe(speaking(answer))


def _refused(error: BadFilter) -> HttpResponse:
    allowed = [error.allowed] if isinstance(error.allowed, str) else [str(v) for v in error.allowed]
    texts = {
        "name": error.parameter,
        "value": error.value[:80],
        "allowed": ", ".join(allowed[:40]),
    }
    sentence = _("“%(value)s” is not a value that “%(name)s” can have. Possible: %(allowed)s.")
    return HttpResponse(sentence % texts, status=400, content_type="text/plain; charset=utf-8")


def _read(request, site) -> feeds.Feed:
    url = request.build_absolute_uri()
    return feeds.read(request, site, request.GET, url=url, language=language_of(request))


@told
def atom(request, site):
    body = feeds.as_atom(_read(request, site))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@told
def json_feed(request, site):
    response = as_json(feeds.as_json_feed(_read(request, site)))
    response.headers["Content-Type"] = "application/feed+json"
    return response


@told
def calendar(request, site):
    body = calendars.read(request, site, request.GET, language=language_of(request))
    return _calendar(body)


@told
def webinar_calendar(request, site, webinar_id: int):
    webinars = Webinar.objects.public(site).exclude(starts_at=None).with_facts_changed_at()
    webinar = webinars.with_id(webinar_id)
    if webinar is None:
        raise Http404
    return _calendar(calendars.of_one(webinar, request, language=language_of(request)))


def _calendar(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
