"""What only a headless host has: Wagtail's own APIs and a front end's JSON beside ours."""

import html
import re
from urllib.parse import urlsplit

import wagtail

from tests.hosts.filling import account
from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor

TYPES = ("WorkingGroupPage", "BlogPost", "Webinar")
VERSIONS = ("v2", "v3") if wagtail.VERSION >= (8, 0) else ("v2",)


def look(host: Host, pages: dict) -> dict:
    visitor = Visitor(host.hostname)
    found = {"front.json": visitor.get("/front.json")}
    for version in VERSIONS:
        base = f"/api/{version}/pages/"
        found |= {f"{base}?type={t}": visitor.get(f"{base}?type=lpsa_wagtail.{t}") for t in TYPES}
        for name, pk in pages.items():
            found[f"{base}{name}"] = visitor.get(f"{base}{pk}/")
    if "v3" in VERSIONS:
        found["openapi"] = visitor.get("/api/v3/openapi.json")
        found["ours in v3"] = visitor.get("/api/v3/groups/posts/")
    return found | preview_of(host, pages["half_post"])


def preview_of(host: Host, page_id: int) -> dict:
    """What an editor's preview of a draft frames, and what the API tells who is framed."""
    seen = Visitor(host.hostname, account("secretary")).get(f"/cms/pages/{page_id}/view_draft/")
    [address] = re.findall(r'<iframe src="([^"]+)"', seen["text"])
    parts = urlsplit(html.unescape(address))
    told = Visitor(host.hostname).get(f"{host.api}preview/?{parts.query}")
    seen["frames"] = f"{parts.scheme}://{parts.netloc}{parts.path}"
    return {"preview": seen, "told": told}
