"""How an address is registered: documented once, answering GET and HEAD, with and without slash."""

from functools import wraps
from http import HTTPStatus

from ninja import Router

from lpsa_wagtail.api import errors
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.conditional import PRIVATE, speaking, with_validators, without_body
from lpsa_wagtail.api.parameters import described
from lpsa_wagtail.api.schemas import Problem


def readable(
    router: Router,
    path: str,
    *,
    response: type,
    parameters=(),
    gone: bool = False,
    timed: bool = False,
    shared: bool = True,
    **about,
):
    """Decorate the function that answers at ``path`` (which ends in a slash).

    ``response`` is the schema of the answer, ``parameters`` names its query parameters, ``gone``
    says that it may have gone with a dissolved group, ``timed`` that the answer changes within the
    day by itself (see ``with_validators``), ``shared=False`` that nobody may keep it, ``about`` is
    what OpenAPI tells (``operation_id``, ``summary``, ``description``).
    """
    refusals = [HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, *([HTTPStatus.GONE] if gone else [])]
    answers = {HTTPStatus.OK: response, **dict.fromkeys(refusals, Problem)}
    bare = path.rstrip("/")
    hidden = {"response": answers, "include_in_schema": False}

    def register(function):
        view = answering(function, timed=timed, shared=shared)
        documented = {"response": answers, "openapi_extra": described(parameters), **about}
        router.api_operation(["GET"], path, **documented)(view)
        router.api_operation(["HEAD"], path, **hidden)(view)
        router.api_operation(["GET", "HEAD"], bare, url_name=f"{view.__name__}_bare", **hidden)(
            view
        )
        return function

    return register


def answering(function, *, timed: bool = False, shared: bool = True):
    """Make a view of a function that returns what is to be said, or raises why it cannot be.

    Wherever the router hangs, also in an API of the host's, our refusals are problems in JSON.
    """

    @speaking
    @wraps(function)
    def view(request, *args, **kwargs):
        def answer():
            return as_json(function(request, *args, **kwargs))

        try:
            response = with_validators(request, answer, timed=timed) if shared else answer()
        except tuple(errors.REFUSALS) as reason:
            response = errors.refused(request, reason)
        if not shared:
            response.headers["Cache-Control"] = PRIVATE
        return without_body(request, response)

    return view
