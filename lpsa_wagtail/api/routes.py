"""How an address is registered: documented once, answering GET and HEAD, with and without slash."""

from functools import wraps
from http import HTTPStatus

from ninja import Router

from lpsa_wagtail.api import errors
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.conditional import speaking, with_validators, without_body
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
    orders=(),
    required=(),
    gone: bool = False,
    timed: bool = False,
    private: bool = False,
    **about,
):
    """Decorate the function that answers at ``path`` (which ends in a slash).

    ``response`` is the schema of the answer, ``parameters`` names its query parameters, ``orders``
    are those that ``order`` can ask for, ``required`` the parameters that must be given, ``gone``
    says that it may have gone with a dissolved group, ``timed`` that the answer changes within the
    day by itself (see ``with_validators``), ``private`` that it is for one reader only, who can be
    refused; ``about`` is what OpenAPI tells (``operation_id``, ``summary``, ``description``).
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
        view = answering(function, timed=timed, private=private)
        extra = described(parameters, orders=orders, required=required)
        documented = {"response": answers, "openapi_extra": extra, **about}
        router.api_operation(["GET"], path, **documented)(view)
        router.api_operation(["HEAD"], path, **hidden)(view)
        router.api_operation(["GET", "HEAD"], bare, url_name=f"{view.__name__}_bare", **hidden)(
            view
        )
        return function

    return register


def answering(function, *, timed: bool = False, private: bool = False):
    """Make a view of a function that returns what is to be said, or raises why it cannot be.

    Wherever the router hangs, also in an API of the host's, our refusals are problems in JSON.
    """

    @speaking
    @wraps(function)
    def view(request, *args, **kwargs):
        def answer():
            return as_json(function(request, *args, **kwargs))

        try:
            response = answer() if private else with_validators(request, answer, timed=timed)
        except tuple(errors.REFUSALS) as reason:
            response = errors.refused(request, reason)
        if private:
            for name, value in IN_PRIVATE.items():
                response.headers[name] = value
        return without_body(request, response)

    return view
