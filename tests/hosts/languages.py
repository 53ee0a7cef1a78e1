"""What only a host with several sites and languages has: translations, and neighbours."""

from wagtail.models import Locale, Site
from wagtail.test.utils.form_data import querydict_from_html

from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPost,
    Webinar,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPage,
)
from tests.hosts.filling import account, add_group, add_post, add_webinar, approve
from tests.hosts.hosts import Host
from tests.hosts.looking import Visitor, address_of
from tests.hosts.steps import administrator

ACADEMY = "academy.ports.example.org"
TYPES = {"group": WorkingGroupPage, "post": BlogPost, "webinar": Webinar}
INDEXES = {
    "directory": (WorkingGroupIndexPage, "working-groups"),
    "posts": (BlogIndexPage, "blog"),
    "webinars": (WebinarIndexPage, "webinars"),
}


def look(host: Host, pages: dict) -> dict:
    found = {"editing": editing(host, pages, "first"), "copies": copies()}
    found["translated"] = translated(host, pages)
    return found | neighbours(host)


# Languages.


def editing(host: Host, pages: dict, word: str) -> dict:
    """New pages of each type, made in Wagtail's editor by the people whose work it is."""
    return {
        "group": create(host, "secretary", word, WorkingGroupPage, pages["directory"]),
        "post": create(host, "cochair", word, BlogPost, pages["group"]),
        "webinar": create(host, "cochair", word, Webinar, pages["group"]),
    }


def create(host, code, word, model, parent_id) -> dict:
    visitor = Visitor(host.hostname, account(code))
    address = address_of(
        "wagtailadmin_pages:add", "lpsa_wagtail", model._meta.model_name, parent_id
    )
    form = querydict_from_html(visitor.get(address)["text"], form_id="page-edit-form")
    form["body-count"] = form["agenda-count"] = "0"  # a script of Wagtail's would fill these in
    form["title"], form["slug"] = f"Made by {code}", f"{word}-{model._meta.model_name}"
    return visitor.post(address, form)


def copies() -> list:
    """Pages of ours in other languages than English: type, language, live, alias."""
    found = []
    for name, model in TYPES.items():
        rows = model.objects.exclude(locale__language_code="en").order_by("pk")
        values = rows.values_list("slug", "locale__language_code", "live", "alias_of")
        found += [[name, *row] for row in values]
    return found


def translated(host: Host, pages: dict) -> dict:
    """The group and its post in French, translated, approved and looked at."""
    french = Locale.objects.get(language_code="fr")
    group = in_french(WorkingGroupPage, pages["group"], french, "Ponts de la région")
    group = approve(group, "secretary", "chair")
    post = in_french(BlogPost, pages["post"], french, "Un pont en trois mois")
    post = approve(post, "cochair", "board")
    seen = {"group": group, "post": post, "directory": group.get_parent()}
    if posts := BlogIndexPage.objects.filter(locale=french).first():
        seen["posts"] = posts
    visitor = Visitor(host.hostname)
    found = {name: visitor.get(page.get_url()) for name, page in seen.items()}
    found["english directory"] = visitor.get("/en/working-groups/")
    found["english posts"] = visitor.get("/en/blog/")
    found["arabic directory"] = visitor.get("/ar/working-groups/")
    editor = address_of("wagtailadmin_pages:edit", group.pk)
    found["editor"] = Visitor(host.hostname, account("cochair")).get(editor, text=False)
    return found


def in_french(model, pk, french, title):
    """The French draft of a page, with its title translated."""
    source = model.objects.get(pk=pk)
    page = source.get_translations().filter(locale=french).first()
    if page is None:
        page = source.copy_for_translation(french, copy_parents=True)
    page.title = title
    page.save_revision(user=administrator())
    return page


# Sites.


def neighbours(host: Host) -> dict:
    """The academy gets groups of its own; what is on one site is looked for on the other."""
    site = Site.objects.get(hostname=ACADEMY)
    home = site.root_page.specific
    indexes = {name: add_index(home, *index) for name, index in INDEXES.items()}
    group = add_group(indexes["directory"], title="Pilots of tomorrow", purpose="To learn.")
    for draft in (
        add_post(group, "A day in the tower", by="secretary"),
        add_webinar(group, "Tides explained", by="secretary"),
    ):
        approve(draft, "secretary", "board")
    return {"sites": {name: seen_at(host, name) for name in (host.hostname, ACADEMY)}}


def add_index(home, model, slug):
    page = home.add_child(instance=model(title=slug.replace("-", " "), slug=slug))
    page.save_revision().publish()
    return page


def seen_at(host: Host, hostname: str) -> dict:
    visitor = Visitor(hostname)
    paths = [f"{host.front}{path}/" for path in ("working-groups", "blog", "webinars")]
    paths += [f"{host.api}{path}/" for path in ("groups", "posts", "webinars")]
    return {path: visitor.get(path) for path in paths}
