"""The search of the site, and suggestions while somebody types."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lpsa_wagtail import conf
from lpsa_wagtail.api.answers import as_json
from lpsa_wagtail.api.conditional import speaking
from lpsa_wagtail.api.visits import Visit
from lpsa_wagtail.choices import GroupState, InterestKind, Noun
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import WorkingGroupPage
from lpsa_wagtail.models.listings import SearchListing
from lpsa_wagtail.models.listings.search import root_in_language
from lpsa_wagtail.models.listings.suggestions import Suggestion, suggestions_for
from lpsa_wagtail.models.places import site_of
from lpsa_wagtail.models.shell import context_of

#: What the pages are that say no word of their own.
PAGE_NAMES = {"post": Noun.POST.label, "webinar": Noun.WEBINAR.label}


@require_safe
def search(request):
    """The page with the form, and with the results if there is something to look for."""
    if site_of(request) is None:
        raise Http404
    context = {**context_of(request, robots="noindex"), "address": request.path}
    try:
        listing = SearchListing.for_request(request)
    except BadFilter as error:
        name, status, more = "bad_filter", 400, {"error": error}
    else:
        name, status, more = "search", 200, {"listing": listing}
    template = f"lpsa_wagtail/{name}.html"
    response = TemplateResponse(request, template, context | more, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@speaking
def suggestions(request):
    """``{"suggestions": [{"type", "label", "about", "url"}, …]}``, the same for everybody."""
    visit = Visit(request)
    text = request.GET.get("q", "")
    found = suggestions_for(text, visit.site, root_in_language(visit.site))
    response = as_json({"suggestions": [_told(one, visit) for one in found]})
    seconds = conf.get("LPSA_API_MAX_AGE")
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _told(one: Suggestion, visit) -> dict[str, str]:
    if one.parameter:
        query = urlencode({one.parameter: one.value})
        url = f"{reverse('lpsa_wagtail:search')}?{query}"
    else:
        url = visit.address_of(one.url_path) or ""
    return {"type": one.type, "label": one.label, "about": _about(one), "url": url}


def _about(one: Suggestion) -> str:
    """What it is, in a word; of a group its designation, and its state unless active."""
    if one.parameter:
        return str(InterestKind(one.type).label)
    if one.type in PAGE_NAMES:
        return str(PAGE_NAMES[one.type])
    group = WorkingGroupPage(designation=one.designation, designation_other=one.designation_other)
    state = "" if one.state == GroupState.ACTIVE else str(GroupState(one.state).label)
    return " · ".join(filter(None, (group.designation_label, state)))
