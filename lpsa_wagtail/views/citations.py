"""The addresses at which programs that keep references find how to cite a post."""

from django.http import Http404, HttpResponse

from lpsa_wagtail.models import BlogPost
from lpsa_wagtail.models.citations import Citation, citation_of
from lpsa_wagtail.views.feeds import told


def _read(request, site, post_id: int) -> Citation:
    post = BlogPost.objects.public(site).defer_streamfields().with_id(post_id)
    if post is None:
        raise Http404
    return citation_of(post, request)


def _file(text: str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@told
def bib(request, site, post_id: int):
    citation = _read(request, site, post_id)
    return _file(citation.bibtex, f"{citation.key}.bib", "application/x-bibtex")


@told
def ris(request, site, post_id: int):
    citation = _read(request, site, post_id)
    return _file(citation.ris, f"{citation.key}.ris", "application/x-research-info-systems")
