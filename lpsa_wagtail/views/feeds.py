"""The addresses of feeds and calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lpsa_wagtail import calendars, feeds
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.conditional import language_of, speaking, with_validators
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import Webinar, WorkingGroupPage
from lpsa_wagtail.models.places import site_of

#: So many of the values that would work are named.
NAMED = 40


def told(view):
    """Decorate what makes an answer of ``request`` and its site; a filter that is none gives 400.

    The answers are the same for everybody, with validators like those of the API.
    """

    def answer(request: HttpRequest, **arguments) -> HttpResponse:
        site = site_of(request)
        if site is None:
            raise Http404
        try:
            return with_validators(request, lambda: view(request, site, **arguments), timed=True)
        except BadFilter as error:
            return _refused(error, site)

    return require_safe(speaking(answer))


def _refused(error: BadFilter, site) -> HttpResponse:
    if error.parameter == "group" and _group_gone(error.value, site):
        return _gone()
    allowed = [error.allowed] if isinstance(error.allowed, str) else [str(v) for v in error.allowed]
    texts = {
        "name": error.parameter,
        "value": error.value[:80],
        "allowed": ", ".join(allowed[:NAMED]),
    }
    sentence = _("“%(value)s” is not a value that “%(name)s” can have. Possible: %(allowed)s.")
    return _in_words(sentence % texts, status=400)


def _group_gone(slug: str, site) -> bool:
    return WorkingGroupPage.objects.gone(site).unrestricted().named(slug) is not None


def _gone() -> HttpResponse:
    return _in_words(_("What was here belonged to a group that was dissolved."), status=410)


def _in_words(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _read(request, site) -> feeds.Feed:
    return feeds.read(request, site, request.GET, language=language_of(request))


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
    return _calendar(calendars.read(request, site, request.GET), "calendar")


@told
def webinar_calendar(request, site, webinar_id: int):
    webinars = Webinar.objects.public(site).exclude(starts_at=None).with_changes_told()
    webinar = webinars.with_id(webinar_id)
    if webinar is not None:
        return _calendar(calendars.of_one(webinar, request), webinar.slug)
    if Webinar.objects.gone(site).unrestricted().with_id(webinar_id):
        return _gone()
    raise Http404


def _calendar(body: bytes, name: str) -> HttpResponse:
    """Shown, not only kept: a telephone then asks at once into which calendar it goes."""
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{name}.ics") or ""
    return response
