"""What is said when there is no answer: ``application/problem+json`` with a sentence."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from lpsa_wagtail.api.schemas import Problem
from lpsa_wagtail.exceptions import (
    BadFilter,
    Gone,
    NoPreview,
    PreviewExpired,
    PreviewInvalid,
)

CONTENT_TYPE = "application/problem+json"
#: What is refused like this is refused to everybody; others may keep it for so many seconds.
KEPT_SHORTLY = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
REFUSED_FOR = 10
#: So much of what was sent is repeated in an answer.
ECHOED = 80


class UnknownParameter(BadFilter):
    """A parameter has a name that means nothing here."""


def problem(status: int, kind: str, detail: str, **extra) -> HttpResponse:
    """Build the answer; ``kind`` tells programs what people read in ``detail``."""
    found = Problem(
        type=f"urn:lpsa-wagtail:problem:{kind}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        **extra,
    )
    body = found.model_dump_json(exclude_none=True)
    response = HttpResponse(body, status=status, content_type=CONTENT_TYPE)
    if status in KEPT_SHORTLY:
        response.headers["Cache-Control"] = f"public, max-age={REFUSED_FOR}"
    return response


def not_found(request: HttpRequest, exc: Exception | None = None, **kwargs) -> HttpResponse:
    """Side effect: the host's middleware sees our addresses only.

    Else Django's ``LocaleMiddleware`` would send the program on to the same path with a language
    in front, which is a page for people.
    """
    request.urlconf = "lpsa_wagtail.api.urls"
    return problem(404, "not-found", _("There is nothing at this address."))


def missing(gone) -> Exception:
    """What to raise where nothing is public; ``gone`` are those that went with a group."""
    return Gone() if gone else Http404()


def was_here(request: HttpRequest, exc: Gone) -> HttpResponse:
    request.urlconf = "lpsa_wagtail.api.urls"  # as above
    return problem(410, "gone", _("What was here belonged to a group that was dissolved."))


def unknown_parameter(request: HttpRequest, exc: UnknownParameter) -> HttpResponse:
    name = exc.parameter[:ECHOED]
    detail = _("There is no parameter “%(name)s” here.") % {"name": name}
    return problem(400, "unknown-parameter", detail, parameter=name, allowed=list(exc.allowed))


def bad_filter(request: HttpRequest, exc: BadFilter) -> HttpResponse:
    texts = {"name": exc.parameter, "value": exc.value[:ECHOED]}
    detail = _("“%(value)s” is not a value that “%(name)s” can have.") % texts
    allowed = [exc.allowed] if isinstance(exc.allowed, str) else [str(v) for v in exc.allowed]
    return problem(400, "bad-value", detail, parameter=exc.parameter, allowed=allowed)


def no_preview(request: HttpRequest, exc: NoPreview) -> HttpResponse:
    if isinstance(exc, PreviewExpired):
        return problem(403, "preview-expired", str(exc.message))
    if isinstance(exc, PreviewInvalid):
        return problem(403, "preview-invalid", str(exc.message))
    request.urlconf = "lpsa_wagtail.api.urls"  # as above
    return problem(404, "preview-gone", str(exc.message))


def bad_request(request: HttpRequest, exc: Exception) -> HttpResponse:
    return problem(400, "bad-request", _("This request cannot be understood."))


def http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    return problem(exc.status_code, "refused", str(exc))


def unexpected(request: HttpRequest, exc: Exception) -> HttpResponse:
    """A fault of ours: Django logs it and answers as for every page of the site."""
    raise exc


#: What an answer can be refused with, the narrower kinds first.
REFUSALS: dict[type[Exception], Any] = {
    Http404: not_found,
    Gone: was_here,
    NoPreview: no_preview,
    UnknownParameter: unknown_parameter,
    BadFilter: bad_filter,
    SuspiciousOperation: bad_request,
}


def refused(request: HttpRequest, exc: Exception) -> HttpResponse:
    """The problem for one of the ``REFUSALS``."""
    handler = next(handler for kind, handler in REFUSALS.items() if isinstance(exc, kind))
    return handler(request, exc)


def register_handlers(api: NinjaAPI) -> None:
    """For what is refused before one of our views is asked."""
    for kind, handler in REFUSALS.items():
        api.add_exception_handler(kind, handler)
    api.add_exception_handler(ValidationError, bad_request)
    api.add_exception_handler(HttpError, http_error)
    api.add_exception_handler(Exception, unexpected)


def refusing_other_methods(view):
    """Decorate a view so that a method that is not allowed is refused as a problem."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        detail = _("This address can only be read.")
        refusal = problem(405, "method-not-allowed", detail)
        refusal["Allow"] = "GET, HEAD"
        return refusal

    return answer
