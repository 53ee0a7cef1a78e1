"""What only a headless host has: Wagtail's own APIs and a front end's JSON beside ours."""

import wagtail

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
    return found
