"""What anybody can see: what is live, told without asking the rules, and the public addresses."""

import json

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.doors.places import CANARY

#: What Wagtail notes on a page without the page saying anything else.
NOTES = {
    *("pk", "path", "depth", "numchild", "url_path", "translation_key", "content_type"),
    *("has_unpublished_changes", "first_published_at", "last_published_at", "live_revision"),
    *("latest_revision", "latest_revision_created_at", "draft_title", "owner", "expired"),
    *("locked", "locked_at", "locked_by", "wagtail_admin_comments", "listed_on"),
}
FILES = {
    "lead_image": get_image_model,
    "logo": get_image_model,
    "terms_of_reference": get_document_model,
    "document": get_document_model,
}
LISTS = {"group": "groups", "post": "posts", "webinar": "webinars"}


def what_is_live(model) -> dict:
    """Map id → everything that a live page of this type says, where it lies, and its files."""
    return {page.pk: _said(page) for page in model.objects.filter(live=True).order_by("pk")}


def _said(page) -> str:
    data = {key: value for key, value in page.serializable_data().items() if key not in NOTES}
    data["parent"] = page.get_parent(update=True).pk
    data["body"] = json.loads(data.get("body") or "[]")
    return json.dumps(_shown(data), sort_keys=True, cls=DjangoJSONEncoder)


def _shown(value):
    """Without ids of rows, which change when a page is published again; files as their bytes."""
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _file(FILES[key], item) if key in FILES else _shown(item)
        for key, item in value.items()
        if key not in ("pk", "id")
    }


def _file(model_of, pk) -> list:
    """Title and bytes of a picture or document."""
    item = model_of().objects.filter(pk=pk).first() if pk else None
    if item is None:
        return []
    if not default_storage.exists(item.file.name):
        return [item.title, "gone"]
    with default_storage.open(item.file.name) as file:
        return [item.title, file.read().hex()]


def newly_seen(before: dict, after: dict) -> list[str]:
    """What is live now and was not before: pages that appeared, and what pages say differently."""
    return [said for pk, said in after.items() if before.get(pk) != said]


def seen_by_anybody(door) -> list[str]:
    """Public addresses at which something undecided shows: the page's own, and our list."""
    visitor = Client()
    urls = [door.base.get_url(), f"/api/lpsa/v1/{LISTS[door.name]}/"]
    return [url for url in urls if url and CANARY in _text(visitor.get(url))]


def _text(response) -> str:
    return response.content.decode(errors="replace") if response.status_code == 200 else ""
