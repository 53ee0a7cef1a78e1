"""A look at one site by nobody in particular."""

from functools import cached_property
from types import SimpleNamespace
from urllib.parse import quote, urljoin

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath

from lpsa_wagtail.models import WorkingGroupPage
from lpsa_wagtail.models.places import site_of
from lpsa_wagtail.models.querysets import roots_of


class Visit:
    """The site that a request asks, and addresses in it. Never looks at the session or the user.

    Raises ``Http404`` if the address belongs to no site. One query, two in a site with several
    languages.
    """

    def __init__(self, request: HttpRequest):
        self.site: Site = site_of(request)
        if self.site is None:
            raise Http404
        self._root_url = self.site.root_url
        # Wagtail keeps what it knows of sites on the object that it is given in place of a
        # request. One that knows this site saves reading all of them.
        self._this_site = SimpleNamespace(_wagtail_cached_site_root_paths=self._places())
        self._all_sites = SimpleNamespace()

    def _places(self) -> list[SiteRootPath]:
        many = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
        site, address = self.site, self.site.root_url
        return [
            SiteRootPath(site.pk, root.url_path, address, root.locale.language_code if many else "")
            for root in roots_of(site)
        ]

    @cached_property
    def _roots(self) -> list[tuple[str, str | None, str]]:
        """Path of each root page, the address of what lies below it, and how addresses end.

        Learnt from a page of ours that is not there, so whoever changes addresses is heard.
        """
        found = []
        for root in roots_of(self.site):
            page = WorkingGroupPage(url_path=f"{root.url_path}x/", locale_id=root.locale_id)
            address = self.address(page)
            start, end = (address.rsplit("x", 1)) if address else (None, "")
            found.append((root.url_path, start, end))
        return sorted(found, key=lambda root: -len(root[0]))

    def address_of(self, url_path: str) -> str | None:
        """Absolute address of a page of ours with this path, or None where none are served."""
        for path, start, end in self._roots:
            if url_path.startswith(path):
                rest = url_path[len(path) :].removesuffix("/")
                return None if start is None else f"{start}{quote(rest)}{end if rest else ''}"
        return None

    def address(self, page: Page) -> str | None:
        """Absolute address of a page, or None where no pages are served."""
        return page.get_full_url(self._this_site)

    def address_anywhere(self, page: Page) -> str | None:
        """The same for a page that may lie in another site. One query at most for all of them."""
        return self.address(page) or page.get_full_url(self._all_sites)

    def absolute(self, address: str) -> str:
        """The address of a file or a path, absolute."""
        if address.startswith("/") and not address.startswith("//"):
            return f"{self._root_url}{address}"
        return urljoin(f"{self._root_url}/", address)
