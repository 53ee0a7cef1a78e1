"""Wagtail's own addresses, asked by people who have nothing to do with what they name."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from wagtail.models import Page, Revision, TaskState

from lpsa_wagtail.compat import WAGTAIL_8
from tests.permissions import beta
from tests.permissions.addresses import fill, walk

#: Told by a title or a text, not by a search word that the answer repeats.
FOUND = re.compile(rf"{beta.SECRET}[ -](\w+)", re.IGNORECASE)
#: Who asks, and about which pages of Beta's.
STRANGERS = {
    "chair": ("draft", "waiting", "changed"),
    "former": ("formers",),
    "contributor": ("draft",),
    "hosts_editor": ("draft",),
    "nobody": ("draft",),
    "": ("draft",),
}
#: What does not belong to anybody's pages or files, and what ends the session.
LEFT_OUT = ("login", "logout", "password_reset", "failwhale", "jsi18n", "sprite", "test404")
#: Where Wagtail itself names a page by its title to everybody in the admin, whoever may see the
#: page: asked by its number, or as the page of a type that was edited last. Before 8.0 it shows any
#: picture asked for by its number in the dialog for its format.
SHOWN_BY_WAGTAIL = {
    *(() if WAGTAIL_8 else ("wagtailimages_chooser:select_format",)),
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}
WRITING = ("wagtailadmin_pages:", "wagtailimages:", "wagtaildocs:", "wagtailadmin_api:pages:action")
SEARCHED = ("search", "choose", "listing", "explore", "usage", "history", "workflow")
BULK = {
    "page": ("delete", "move", "publish", "unpublish"),
    "image": ("delete", "add_tags", "add_to_collection"),
    "document": ("delete", "add_tags", "add_to_collection"),
}
APPS = {"page": "wagtailcore", "image": "wagtailimages", "document": "wagtaildocs"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Made once for the module, and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield beta.build()
        transaction.set_rollback(True)


def admin_addresses():
    return [
        address
        for address in walk()
        if address.route.startswith("admin/")
        and not address.route.startswith(("admin/lpsa/", "admin/^lpsa/"))
        and address.name != "wagtail_bulk_action"
        and not any(word in address.route for word in LEFT_OUT)
    ]


def urls(site, about):
    """(name of the address, url) for all of the admin, about these things of Beta's."""
    pages = [getattr(site, name) for name in about]
    ids = "&".join(f"id={page.pk}" for page in pages)
    for address in admin_addresses():
        for url in dict.fromkeys(fill(address, site, page) for page in pages):
            yield address.name, url
            if not address.parameters and any(word in address.name for word in SEARCHED):
                yield address.name, f"{url}?q={beta.SECRET}&{ids}"
    yield from bulk_urls(site, pages)


def bulk_urls(site, pages):
    things = {
        "page": pages,
        "image": [site.picture],
        "document": [site.document],
    }
    for model, actions in BULK.items():
        ids = "&".join(f"id={thing.pk}" for thing in things[model])
        for action in actions:
            yield f"bulk {action} {model}", f"/admin/bulk/{APPS[model]}/{model}/{action}/?{ids}"


def secrets_in(response) -> set:
    """What the answer tells, and what it leaves to be told on the next page."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    told = [body.decode("utf-8", "replace")]
    told += [str(message) for message in get_messages(response.wsgi_request)]
    return {found.lower() for text in told for found in FOUND.findall(text)}


def client_of(user):
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def shown_to(user, site, about) -> dict:
    """Map name of address → what it told this person; and no answer is an error of ours."""
    client, told = client_of(user), {}
    for name, url in urls(site, about):
        response = client.get(url)
        client.cookies.pop("messages", None)
        assert response.status_code < 500, url
        if found := secrets_in(response):
            told.setdefault(name, set()).update(found)
    return told


@pytest.mark.parametrize("person", STRANGERS)
def test_nothing_of_another_group_is_shown(person, site):
    told = shown_to(getattr(site, person, None), site, STRANGERS[person])

    assert {name: found for name, found in told.items() if name not in SHOWN_BY_WAGTAIL} == {}


def test_the_same_addresses_show_it_to_those_who_work_with_it(site):
    """Else the tests above would prove nothing."""
    told = shown_to(site.betas_coordinator, site, ("waiting",))

    assert {
        *("wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_pages:edit"),
        *("wagtailadmin_pages:view_draft", "wagtailadmin_pages:history"),
        *("wagtailadmin_pages:usage", "wagtailadmin_pages:revisions_compare"),
        *("wagtailadmin_pages:revisions_view", "wagtailadmin_pages:revisions_revert"),
        *("wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail"),
        *("wagtailadmin_pages:copy", "wagtailadmin_pages:move", "wagtailadmin_pages:delete"),
        "wagtailadmin_pages:type_use",
        *("wagtailadmin_pages:search", "wagtailadmin_pages:search_results"),
        *("wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
        *("wagtailadmin_api:pages:listing", "wagtailadmin_api:pages:detail"),
        *("wagtailadmin_api:images:listing", "wagtailadmin_api:documents:detail"),
        *("wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"),
        *("wagtailadmin_reports:site_history", "wagtailimages_chooser:choose"),
        *("wagtaildocs_chooser:chosen", "bulk delete page", "bulk add_tags image"),
    } <= set(told)


def state_of(site) -> list:
    """All that a stranger could have changed."""
    names = ("pk", "path", "title", "draft_title", "live", "locked", "latest_revision", "slug")
    return [
        *Page.objects.order_by("pk").values_list(*names),
        *Revision.objects.order_by("pk").values_list("pk", "approved_go_live_at"),
        *TaskState.objects.order_by("pk").values_list("pk", "status", "comment"),
        *Page.objects.order_by("pk").values_list("view_restrictions"),
        *type(site.picture)._default_manager.values_list("pk", "title", "collection"),
        *type(site.document)._default_manager.values_list("pk", "title", "collection"),
    ]


@pytest.mark.parametrize("person", STRANGERS)
def test_nothing_of_another_group_is_changed(person, site):
    client, before = client_of(getattr(site, person, None)), state_of(site)
    page = site.formers if person == "former" else site.draft
    addresses = [a for a in admin_addresses() if a.name.startswith(WRITING)]
    posted = [fill(address, site, page) for address in addresses]
    posted += [url for _name, url in bulk_urls(site, [page])]
    told = {}

    for url in dict.fromkeys(posted):
        answer = client.post(url, {"title": "Mine now", "slug": "mine", "new_title": "Mine"})
        client.cookies.pop("messages", None)
        assert answer.status_code < 500, url
        if found := secrets_in(answer):
            told[answer.resolver_match.view_name] = found

    assert {name: found for name, found in told.items() if name not in SHOWN_BY_WAGTAIL} == {}
    assert state_of(site) == before
