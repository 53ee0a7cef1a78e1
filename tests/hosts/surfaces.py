"""Looks at every surface of ours in a host: pages, lists, previews, the JSON, the admin."""

from urllib.parse import urlsplit

from wagtail.models import Page

from tests.hosts.filling import account
from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, address_of, links_inside, menu, read
from tests.hosts.steps import administrator

PUBLIC = ("directory", "group", "post", "webinar", "posts", "webinars")
DRAFTS = ("half_post", "half_webinar")
LISTS = ("directory", "posts", "webinars")
FEEDS = ("atom", "json", "ics")
#: Links that one stay follows; enough for all of them.
LINKS = 80


def look(host: Host, pages: dict) -> dict:
    visitor = Visitor(host.hostname)
    found = {"api": api(host, visitor, pages), "admin": admin(host, pages), "feeds": feeds(visitor)}
    if host.front:
        found |= public(host, visitor, pages)
    return found


def public(host: Host, visitor: Visitor, pages: dict) -> dict:
    """What a visitor finds."""
    objects = Page.objects.in_bulk(pages.values())
    addresses = {name: urlsplit(objects[pk].get_url()).path for name, pk in pages.items()}
    seen, contents, links = {}, {}, []
    for name in PUBLIC:
        bare = addresses[name].rstrip("/")
        seen[name] = [visitor.get(bare), visitor.get(f"{bare}/")]
        page = next((one for one in seen[name] if one["status"] == 200), {})
        contents[name] = read(page, whole=host.chrome is None)
        links += links_inside(f"{bare}/", host.hostname, contents[name]["links"])
    wrong = {name: visitor.get(f"{addresses[name]}?topic=no-such-word") for name in LISTS}
    contents |= {
        f"bad filter of {name}": read(one, host.chrome is None) for name, one in wrong.items()
    }
    return {
        "addresses": addresses,
        "public": seen,
        "contents": contents,
        "bad filters": wrong,
        "drafts": {name: visitor.get(addresses[name]) for name in DRAFTS},
        "links": {at: visitor.get(at, text=False) for at in list(dict.fromkeys(links))[:LINKS]},
    }


def api(host: Host, visitor: Visitor, pages: dict) -> dict:
    """Our JSON, each address with and without its slash."""
    slug = Page.objects.get(pk=pages["group"]).slug
    lists = ("groups", "posts", "webinars", "interests")
    details = (f"groups/{slug}", f"posts/{pages['post']}", f"webinars/{pages['webinar']}")
    seen = {}
    for path in (*lists, *details):
        seen[path] = [visitor.get(f"{host.api}{path}"), visitor.get(f"{host.api}{path}/")]
    seen["openapi.json"] = [visitor.get(f"{host.api}openapi.json")]
    for name in DRAFTS:
        path = f"{name.removeprefix('half_')}s/{pages[name]}"
        seen[f"draft {path}"] = [visitor.get(f"{host.api}{path}")]
    seen["unknown parameter"] = [visitor.get(f"{host.api}posts?no-such=1")]
    return seen


def feeds(visitor: Visitor) -> dict:
    """What a program gets that follows the host."""
    addresses = {name: address_of(f"lpsa_wagtail:feed_{name}") for name in FEEDS}
    return {name: visitor.get(address) for name, address in addresses.items() if address}


def admin(host: Host, pages: dict) -> dict:
    """What each person finds in Wagtail's admin: the menu, our pages, drafts as they will be."""
    root = Visitor(host.hostname, administrator())
    found = menu_of(root)
    for name in PUBLIC:
        found[f"editor of {name}"] = root.get(editor_of(pages[name]), text=False)
    for name in ("directory", "group"):
        found |= {f"{what} of {name}": root.get(at, text=False) for what, at in views(pages[name])}
    found |= {
        f"preview of {name}": root.get(address_of("wagtailadmin_pages:view_draft", pages[name]))
        for name in (*PUBLIC, *DRAFTS)
    }
    for code in ("secretary", "chair", "cochair"):
        visitor = Visitor(host.hostname, account(code))
        found |= {f"{code}: {label}": one for label, one in menu_of(visitor).items()}
    return found | work_of_cochair(host, pages)


def menu_of(visitor: Visitor) -> dict:
    """The person's own home page, the way to their pages, and every place of ours in the menu."""
    home = visitor.get(address_of("wagtailadmin_home"))
    pages = address_of("wagtailadmin_explore_root")
    found = {at: visitor.get(at, text=False) for at in menu(home) if "/lpsa" in at or at == pages}
    return {"home": home, **found}


def work_of_cochair(host: Host, pages: dict) -> dict:
    """Drafts to go on with, the group's own page, and the forms for new ones."""
    visitor = Visitor(host.hostname, account("cochair"))
    places = {f"editor of {name}": editor_of(pages[name]) for name in ("group", *DRAFTS)}
    for model in ("blogpost", "webinar"):
        route = ("wagtailadmin_pages:add", "lpsa_wagtail", model, pages["group"])
        places[f"new {model}"] = address_of(*route)
    return {f"cochair: {label}": visitor.get(at, text=False) for label, at in places.items()}


def editor_of(pk: int) -> str | None:
    return address_of("wagtailadmin_pages:edit", pk)


def views(pk: int) -> list:
    return [
        ("explorer", address_of("wagtailadmin_explore", pk)),
        ("history", address_of("wagtailadmin_pages:history", pk)),
        ("usage", address_of("wagtailadmin_pages:usage", pk)),
    ]
