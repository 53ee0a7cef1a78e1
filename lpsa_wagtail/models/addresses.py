"""Where the public reads a page of ours: on this server, or at a front end of its own."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.coreutils import WAGTAIL_APPEND_SLASH
from wagtail.models import Page
from wagtail.models.sites import SiteRootPath

from lpsa_wagtail import conf


def public_address(page: Page, request) -> str:
    """Where the public reads the page, with scheme and host; "" where no pages are served."""
    address = page.get_full_url(request) or ""
    # A site behind a proxy often has port 80 in Wagtail and is read by https.
    if request.is_secure() and address.startswith(f"http://{request.get_host()}/"):
        address = f"https{address[4:]}"
    return address


def home_address(site, request) -> str:
    """Where the public part of the site begins: at its front end, if it has one."""
    return conf.front_end(site.hostname) or public_address(site.root_page, request)


def at_front_end(page: Page, parts: tuple | None, request) -> tuple | None:
    """Wagtail's URL parts of a page, with the root of the front end that its site has.

    The path stays what it is on this server. Without Wagtail's own URLs there is none here; then it
    is the path in the tree, below the code of the language where that is not ``LANGUAGE_CODE``.
    """
    if parts is None or not conf.get("LPSA_FRONTEND_URL"):
        return parts
    site_id, root_url, path = parts
    place = _place(page, site_id, request)
    front_end = conf.front_end(urlsplit(place.root_url).hostname or "")
    if not front_end:
        return parts
    return site_id, front_end, _path_in_tree(page, place) if root_url is None else path


def _place(page: Page, site_id: int, request) -> SiteRootPath:
    places = page._get_relevant_site_root_paths(request)
    return next(place for place in places if place.site_id == site_id)


def _path_in_tree(page: Page, place: SiteRootPath) -> str:
    path = f"/{page.url_path[len(place.root_path) :]}"
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False) and (
        place.language_code != settings.LANGUAGE_CODE
    ):
        path = f"/{place.language_code}{path}"
    return path if WAGTAIL_APPEND_SLASH or path == "/" else path.rstrip("/")


def is_at_front_end(parts: tuple | None) -> bool:
    """True if these URL parts lead to a front end."""
    return bool(parts and parts[1] and parts[1] in conf.front_ends())
