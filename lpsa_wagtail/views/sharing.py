"""The address of the picture that stands for a page where it is shared."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from lpsa_wagtail import conf, share_pictures
from lpsa_wagtail.models import WorkingGroupPage
from lpsa_wagtail.models.places import name_of, site_of
from lpsa_wagtail.models.plain_text import line
from lpsa_wagtail.models.querysets import MAX_ID
from lpsa_wagtail.models.shell import ShellPage

SECONDS = 3600


@require_safe
def picture(request: HttpRequest, page_id: int) -> HttpResponse:
    """The picture of one page that everybody may see; else 404.

    It is drawn once for the same words, and kept for an hour in the host's cache.
    """
    words = _words(_page(request, page_id), request)
    parts = (share_pictures.STYLE, conf.get("LPSA_SHARE_FONT"), words)
    tag = hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
    response = get_conditional_response(request, etag=f'"{tag}"')
    if response is None:
        make = lambda: share_pictures.draw(words)  # noqa: E731
        png = cache.get_or_set(f"lpsa-share-{tag}", make, SECONDS)
        response = HttpResponse(png, content_type="image/png")
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


def _page(request, page_id: int) -> ShellPage:
    site = site_of(request)
    known = Page.objects.filter(pk=page_id).first() if site and page_id <= MAX_ID else None
    model = known.specific_class if known else None
    if model is None or not issubclass(model, ShellPage):
        raise Http404
    page = model.for_everybody(site).select_related("locale").with_id(page_id)
    if page is None:
        raise Http404
    return page


def _words(page, request) -> share_pictures.Words:
    group = page if isinstance(page, WorkingGroupPage) else getattr(page, "group", None)
    with override(page.language):
        designation = line(group.designation_label) if group else ""
    own = [designation] if group == page else [designation, line(group.title)] if group else []
    return share_pictures.Words(
        title=line(page.title),
        above=" · ".join(own),
        site_name=line(name_of(site_of(request))),
        focus=group.focus if group else "",
    )
