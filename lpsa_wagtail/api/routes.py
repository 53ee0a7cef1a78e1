"""How an address is registered: documented once, answering GET and HEAD, with and without slash."""

from functools import wraps
from http import HTTPStatus

from ninja import Router

from lpsa_wagtail.api import errors
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.parameters import described
from lpsa_wagtail.api.schemas import Problem

IN_PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def readable(
    router: Router,
    path: str,
    *,
    response: type,
    parameters=(),
    gone: bool = False,
    private: bool = False,
    **about,
):
    """Decorate the function that answers at ``path`` (which ends in a slash).

    ``response`` is the schema of the answer, ``parameters`` names its query parameters, ``gone``
    says that it may have gone with a dissolved group, ``private`` that the answer is for one reader
    only, who can be refused; ``about`` is what OpenAPI tells
    (``operation_id``, ``summary``, ``description``).
    """
    refusals = [
        HTTPStatus.BAD_REQUEST,
        *([HTTPStatus.FORBIDDEN] if private else []),
        HTTPStatus.NOT_FOUND,
        *([HTTPStatus.GONE] if gone else []),
    ]
    answers = {HTTPStatus.OK: response, **dict.fromkeys(refusals, Problem)}
    bare = path.rstrip("/")
    hidden = {"response": answers, "include_in_schema": False}

    def register(function):
        view = answering_in_private(function) if private else answering(function)
        documented = {"response": answers, "openapi_extra": described(parameters), **about}
        router.api_operation(["GET"], path, **documented)(view)
        router.api_operation(["HEAD"], path, **hidden)(view)
        router.api_operation(["GET", "HEAD"], bare, url_name=f"{view.__name__}_bare", **hidden)(
            view
        )
        return function

    return register


def answering(function):
    """Make a view of a function that returns what is to be said, or raises why it cannot be.

    Wherever the router hangs, also in an API of the host's, our refusals are problems in JSON.
    """

    @wraps(function)
    def view(request, *args, **kwargs):
        return _answer(function, request, *args, **kwargs)

    return view


def answering_in_private(function):
    """The same for an answer that nobody keeps, finds or passes on, refusals too."""

    @wraps(function)
    def view(request, *args, **kwargs):
        response = _answer(function, request, *args, **kwargs)
        for name, value in IN_PRIVATE.items():
            response[name] = value
        return response

    return view


def _answer(function, request, *args, **kwargs):
    try:
        return as_json(function(request, *args, **kwargs))
    except tuple(errors.REFUSALS) as reason:
        return errors.refused(request, reason)
