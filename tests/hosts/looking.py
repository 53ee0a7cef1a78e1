"""Visits a host as a visitor or an editor would, and notes what comes back.

Runs inside a host's process. Judging is the business of the tests.
"""

import json
import re
import traceback
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import NoReverseMatch, reverse

MARKED = "lpsa"
#: Said so and not by ``secure``, which the test client forgets when it follows a redirect.
HTTPS = {"wsgi.url_scheme": "https", "SERVER_PORT": "443"}


class Reader(HTMLParser):
    """What a browser would load and follow, and what a content security policy would refuse."""

    VOID = frozenset(
        "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
    )

    def __init__(self, whole: bool):
        super().__init__(convert_charrefs=True)
        self.stylesheets, self.assets, self.links, self.inline = [], [], [], []
        self.canonical = []
        self.titles = 0
        self.whole, self.open = whole, []

    @property
    def ours(self) -> bool:
        return self.whole or any(mine for _tag, mine in self.open)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        mine = any(
            name == MARKED or name.startswith(f"{MARKED}-")
            for name in (found.get("class") or "").split()
        )
        if tag not in self.VOID:
            self.open.append((tag, mine))
        self._note_addresses(tag, found)
        if self.ours or mine:
            self._note_inline(tag, found)

    def handle_endtag(self, tag):
        names = [name for name, _mine in self.open]
        if tag in names:
            last = len(names) - 1 - names[::-1].index(tag)
            del self.open[last:]

    def _note_addresses(self, tag, found):
        if tag == "link" and "stylesheet" in (found.get("rel") or ""):
            self.stylesheets.append(found["href"])
        elif tag == "link" and found.get("rel") == "canonical":
            self.canonical.append(found["href"])
        elif tag in ("img", "script", "source") and (found.get("src") or found.get("srcset")):
            self.assets.append((found.get("src") or found["srcset"]).split()[0])
        elif tag == "link" and "icon" in (found.get("rel") or ""):
            self.assets.append(found["href"])
        elif tag == "a" and found.get("href"):
            self.links.append(found["href"])

    def _note_inline(self, tag, found):
        self.inline += [f"{tag} {name}" for name in found if name == "style" or name[:2] == "on"]
        is_code = tag == "script" and not found.get("src")
        if tag == "style" or (is_code and found.get("type") != "application/ld+json"):
            self.inline.append(tag)
        self.inline += [f"{tag} {v}" for v in found.values() if (v or "").startswith("javascript:")]


class Visitor:
    """A browser at one host, with an account or without."""

    def __init__(self, hostname: str, account=None, **headers):
        self.hostname = hostname
        headers = {"host": hostname, "x-forwarded-proto": "https", **headers}
        self.client = Client(headers=headers, raise_request_exception=False)
        if account is not None:
            self.client.force_login(account)

    def get(self, address: str, text: bool = True) -> dict:
        """Follow redirects and note where it ended, with what."""
        return self._noted(self.client.get(address, follow=True, **HTTPS), text)

    def post(self, address: str, data) -> dict:
        return self._noted(self.client.post(address, data, **HTTPS), text=True)

    @staticmethod
    def _noted(response, text) -> dict:
        chain = getattr(response, "redirect_chain", [])
        seen = {
            "status": response.status_code,
            "address": chain[-1][0] if chain else response.request["PATH_INFO"],
            "redirects": [status for _address, status in chain],
            "headers": {name.lower(): value for name, value in response.headers.items()},
        }
        if response.status_code >= 500 and getattr(response, "exc_info", None):
            seen["error"] = "".join(traceback.format_exception(*response.exc_info)[-12:])
        elif text and not response.streaming:
            seen["text"] = response.content.decode(errors="replace")
        return seen


def read(seen: dict, whole: bool) -> dict:
    """What is in the text of a page, with whether each asset can be had."""
    reader = Reader(whole)
    reader.feed(seen.get("text", ""))
    header = seen.get("headers", {}).get("link", "")
    return {
        "canonical": reader.canonical + re.findall(r'<([^>]*)>; rel="canonical"', header),
        "stylesheets": reader.stylesheets,
        "missing": [a for a in reader.stylesheets + reader.assets if not is_at_hand(a)],
        "inline": reader.inline,
        "links": reader.links,
    }


def is_at_hand(address: str) -> bool:
    """True if the web server in front of the host would find the file."""
    for prefix, find in ((settings.STATIC_URL, static_file), (settings.MEDIA_URL, media_file)):
        if address.startswith(prefix):
            return find(unquote(urlsplit(address[len(prefix) :]).path))
    return False


def static_file(path: str) -> bool:
    root = Path(settings.STATIC_ROOT)
    return (root / path).is_file() if root.exists() else bool(finders.find(path))


def media_file(path: str) -> bool:
    return (Path(settings.MEDIA_ROOT) / path).is_file()


def links_inside(base: str, hostname: str, links) -> list[str]:
    """Paths of the links that stay in the site, each once."""
    found = []
    for link in links:
        parts = urlsplit(urljoin(f"https://{hostname}{base}", link))
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        same = parts.scheme in ("http", "https") and parts.netloc == hostname
        if same and path not in found and not path.startswith(settings.MEDIA_URL):
            found.append(path)
    return found


def menu(home: dict) -> list[str]:
    """Addresses of everything in the sidebar of Wagtail's admin."""
    match = re.search(
        r'<script[^>]*id="wagtail-sidebar-props"[^>]*>(.*?)</script>', home["text"], re.DOTALL
    )
    return sorted(set(_addresses(json.loads(match[1]))))


def _addresses(data):
    if isinstance(data, dict):
        if str(data.get("url", "")).startswith("/") and data.get("method", "get") == "get":
            yield data["url"]
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _addresses(item)


def address_of(name: str, *args) -> str | None:
    """The address, or None where the host does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def places_of_host(home_page) -> dict:
    """What every Wagtail admin has: explorer, editor, workflows, reports, history."""
    names = {
        "admin home": ("wagtailadmin_home",),
        "explorer at the top": ("wagtailadmin_explore_root",),
        "explorer": ("wagtailadmin_explore", home_page.get_parent().pk),
        "explorer of home": ("wagtailadmin_explore", home_page.pk),
        "editor of home": ("wagtailadmin_pages:edit", home_page.pk),
        "history of home": ("wagtailadmin_pages:history", home_page.pk),
        "workflow history of home": ("wagtailadmin_pages:workflow_history", home_page.pk),
        "usage of home": ("wagtailadmin_pages:usage", home_page.pk),
        "page types": ("wagtailadmin_pages:add_subpage", home_page.pk),
        "search": ("wagtailadmin_pages:search",),
        "workflows": ("wagtailadmin_workflows:index",),
        "tasks": ("wagtailadmin_workflows:task_index",),
        "snippets": ("wagtailsnippets:index",),
        "images": ("wagtailimages:index",),
        "documents": ("wagtaildocs:index",),
        "users": ("wagtailusers_users:index",),
        "groups": ("wagtailusers_groups:index",),
        "collections": ("wagtailadmin_collections:index",),
        "report locked pages": ("wagtailadmin_reports:locked_pages",),
        "report workflows": ("wagtailadmin_reports:workflow",),
        "report tasks": ("wagtailadmin_reports:workflow_tasks",),
        "report history": ("wagtailadmin_reports:site_history",),
        "report ageing pages": ("wagtailadmin_reports:aging_pages",),
        "report page types": ("wagtailadmin_reports:page_types_usage",),
    }
    return {label: address_of(*route) for label, route in names.items()}
