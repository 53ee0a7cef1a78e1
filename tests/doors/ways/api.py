"""Ways through Wagtail's own API, which writes from 8.0 on."""

from tests.doors.places import CANARY, CHANGED, DOWN, LIVE, NEW
from tests.doors.ways import API, way
from tests.doors.ways.editor import TYPED
from tests.doors.ways.translations import french

PAGES = "/api/v3/pages/"


def send(door, method, path, data):
    ask = getattr(door.client, method)
    url = PAGES + path
    return ask(url, data, content_type="application/json", headers=door.headers)


def do(door, action, page=None, **data):
    return send(door, "post", f"{(page or door.page).pk}/actions/{action}/", data)


@way(NEW, by=API)
def create_and_publish_by_api(door):
    meta = {
        "type": door.kind.model._meta.label,
        "parent_id": door.place.pk,
        "action": "publish",
    }
    data = {"title": TYPED, "slug": "typed", "meta": meta}
    if door.name == "webinar":
        data |= {"starts_at": "2030-01-01T10:00:00Z", "time_zone": "UTC"}
    return send(door, "post", "", data)


@way(LIVE, by=API)
def change_and_publish_by_api(door):
    meta = {"type": door.kind.model._meta.label, "action": "publish"}
    return send(door, "patch", f"{door.page.pk}/", {"title": TYPED, "meta": meta})


@way(NEW, by=API)
def publish_by_api(door):
    return do(door, "publish")


@way(CHANGED, by=API)
def publish_a_change_by_api(door):
    return do(door, "publish")


@way(DOWN, by=API)
def publish_by_api_what_was_taken_down(door):
    return do(door, "publish")


@way(CHANGED, by=API)
def take_down_and_publish_by_api(door):
    do(door, "unpublish")
    return do(door, "publish")


@way(CHANGED, by=API)
def go_back_and_publish_by_api(door):
    do(door, "revert", revision_id=door.revision.pk)
    return do(door, "publish")


@way(LIVE, by=API)
def copy_by_api(door):
    return do(door, "copy", destination_id=door.elsewhere.pk, title=f"A {CANARY}")


@way(LIVE, by=API)
def copy_by_api_with_what_lies_below(door):
    return do(door, "copy", slug="copied", recursive=True)


@way(LIVE, by=API)
def copy_by_api_what_lies_above(door):
    return do(door, "copy", door.place, slug="copied", recursive=True)


@way(LIVE, by=API)
def alias_by_api(door):
    return do(door, "create_alias", slug="alias")


@way(LIVE, by=API)
def alias_by_api_what_lies_above(door):
    return do(door, "create_alias", door.place, slug="alias", recursive=True)


@way(LIVE, by=API)
def alias_by_api_and_convert(door):
    response = do(door, "create_alias", slug="alias")
    if response.status_code == 201:
        page = door.kind.model.objects.get(pk=response.json()["id"])
        return do(door, "convert_alias", page)
    return response


@way(LIVE, by=API)
def move_by_api(door):
    return do(door, "move", destination_id=door.elsewhere.pk, position="last-child")


@way(LIVE, by=API, languages=True)
def translate_as_alias_by_api(door):
    locale = french().language_code
    return do(door, "copy_for_translation", locale=locale, alias=True, copy_parents=True)
