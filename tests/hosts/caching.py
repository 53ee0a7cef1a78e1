"""What only a host that caches whole pages has: what is in its cache, and what must not be."""

from wagtail.models import Page

from tests.hosts.filling import account
from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, address_of


def look(host: Host, pages: dict) -> dict:
    """The same addresses for a co-chair first, then for a visitor, then for a visitor again."""
    addresses = {name: page.get_url() for name, page in objects(pages).items()}
    people = (Visitor(host.hostname, account("cochair")), *(Visitor(host.hostname),) * 2)
    seen = {name: [one.get(at) for one in people] for name, at in addresses.items()}
    return {"seen": seen, "draft": draft(host, pages["half_post"])}


def objects(pages: dict) -> dict:
    return {
        name: Page.objects.get(pk=pages[name]) for name in ("directory", "group", "post", "webinar")
    }


def draft(host: Host, pk: int) -> dict:
    """A draft as its author sees it, and the same address for everybody."""
    address = address_of("wagtailadmin_pages:view_draft", pk)
    author = Visitor(host.hostname, account("cochair")).get(address)
    visitor = Visitor(host.hostname).get(address)
    return {"author": author, "visitor": visitor}
