"""The site that a request asks, as Wagtail finds it, and of it what addresses need."""

from django.conf import settings
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site

from lpsa_wagtail.models.prepared import Prepared, with_columns

SITE = ("id", "hostname", "port", "site_name", "root_page_id", "is_default_site")
ROOT = ("id", "path", "depth", "title", "slug", "url_path", "locale_id", "translation_key")
STATEMENTS = Prepared(Site)
SAME, SAME_HOST_DEFAULT, DEFAULT, SAME_HOST = range(4)


def site_of(request: HttpRequest) -> Site | None:
    """The site of the request, or None: the same that ``Site.find_for_request`` gives.

    At most one query, kept on the request as Wagtail does. Its root page has the columns that are
    named in ``ROOT``; others are read when asked for.
    """
    if "_wagtail_site" not in request.__dict__:
        request.__dict__["_wagtail_site"] = _find(request)
    return request.__dict__["_wagtail_site"]


def name_of(site: Site | None) -> str:
    """What the site calls itself; "" if nobody gave it a name."""
    return str((site and site.site_name) or getattr(settings, "WAGTAIL_SITE_NAME", ""))


def _find(request) -> Site | None:
    hostname, _port = split_domain_port(request._get_raw_host())
    port = str(request.get_port())
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0
    rows = STATEMENTS.rows((), _sites, hostname, number)
    if not rows:
        return None
    match = rows[0][0]
    if len(rows) == 1 or match in (SAME, SAME_HOST_DEFAULT):
        return _site(rows[0])
    if match == DEFAULT:  # or the only one of this host name, whatever its port
        return _site(rows[len(rows) == 2])
    return None


def _sites(hostname, port):
    """The sites that may be meant, the best first. (See ``wagtail.models.sites``.)"""
    match = Case(
        When(hostname=hostname, port=port, then=Value(SAME)),
        When(hostname=hostname, is_default_site=True, then=Value(SAME_HOST_DEFAULT)),
        When(is_default_site=True, then=Value(DEFAULT)),
        default=Value(SAME_HOST),
        output_field=IntegerField(),
    )
    sites = Site._base_manager.filter(Q(hostname=hostname) | Q(is_default_site=True))
    root = (F(f"root_page__{name}") for name in ROOT)
    return sites.annotate(match=match).order_by("match").values_list("match", *SITE, *root)


def _site(row) -> Site:
    site = with_columns(Site, SITE, row[1 : len(SITE) + 1])
    site.root_page = with_columns(Page, ROOT, row[len(SITE) + 1 :])
    return site
