"""Ways that put another file in the place of one that a live page shows."""

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.doors.places import CANARY, LIVE
from tests.doors.ways import ADMIN, way

#: Page types with rows that have a picture of their own.
WITH_LOGO = ("group", "house")


def picture(door):
    return get_image_model().objects.get(pk=door.world.images[door.name][0])


def document(door):
    return get_document_model().objects.get(pk=door.world.documents[door.name][0])


def other_picture():
    drawn = get_test_image_file(colour="green", size=(32, 24))
    return ContentFile(drawn.file.getvalue(), name="other.png")


def other_text():
    return ContentFile(b"Something else", name="other.txt")


@way(LIVE)
def replace_the_picture(door):
    image = picture(door)
    image.file = other_picture()
    image.save()


@way(LIVE)
def replace_the_picture_in_its_column(door):
    image = picture(door)
    image.file = other_picture()
    image.save(update_fields=["file"])


@way(LIVE)
def replace_the_picture_by_its_field(door):
    image = picture(door)
    image.file.save("other.png", other_picture(), save=True)


@way(LIVE)
def name_another_file_for_the_picture(door):
    image = picture(door)
    image.file.name = get_image_model().objects.get(pk=door.world.images[door.name][1]).file.name
    image.save()


@way(LIVE)
def delete_the_picture(door):
    picture(door).delete()


@way(LIVE)
def delete_pictures_by_query(door):
    get_image_model().objects.filter(pk=door.world.images[door.name][0]).delete()


@way(LIVE)
def show_another_picture(door):
    page = door.page
    page.lead_image_id = door.world.images[door.name][1]
    page.save(update_fields=["lead_image"])


@way(LIVE, by=ADMIN)
def replace_the_picture_in_the_admin(door):
    image = picture(door)
    form = {"title": image.title, "file": other_picture(), "collection": image.collection_id}
    url = reverse("wagtailimages:edit", args=(image.pk,))
    return door.client.post(url, {**form, **focal_point()})


def focal_point():
    names = ("x", "y", "width", "height")
    return {f"focal_point_{name}": "" for name in names} | {"tags": "", "description": ""}


@way(LIVE, by=ADMIN)
def delete_the_picture_in_the_admin(door):
    return door.client.post(reverse("wagtailimages:delete", args=(picture(door).pk,)))


@way(LIVE, by=ADMIN)
def delete_pictures_in_the_admin(door):
    url = reverse("wagtail_bulk_action", args=("wagtailimages", "image", "delete"))
    return door.client.post(f"{url}?id={picture(door).pk}&next=/admin/")


@way(LIVE)
def replace_the_document(door):
    item = document(door)
    item.file = other_text()
    item.save()


@way(LIVE)
def delete_the_document(door):
    document(door).delete()


@way(LIVE, by=ADMIN)
def replace_the_document_in_the_admin(door):
    item = document(door)
    form = {"title": item.title, "file": other_text(), "collection": item.collection_id}
    url = reverse("wagtaildocs:edit", args=(item.pk,))
    return door.client.post(url, {**form, "tags": ""})


@way(LIVE, by=ADMIN)
def delete_the_document_in_the_admin(door):
    return door.client.post(reverse("wagtaildocs:delete", args=(document(door).pk,)))


@way(LIVE)
def let_a_draft_let_go_of_the_picture_and_replace_it(door):
    """A draft with another picture is saved first; the live page still shows the old one."""
    page = door.page
    page.lead_image_id = door.world.images[door.name][1]
    page.save_revision()
    replace_the_picture(door)


@way(LIVE, kinds=WITH_LOGO)
def replace_the_picture_of_a_row(door):
    image = get_image_model().objects.get(pk=door.world.images[door.name][2])
    image.file = other_picture()
    image.save()


@way(LIVE)
def rename_the_document(door):
    item = document(door)
    item.title = f"A {CANARY}"
    item.save()


@way(LIVE, by=ADMIN)
def rename_the_document_in_the_admin(door):
    """The title of a document is what visitors read where it is linked."""
    item = document(door)
    form = {"title": f"A {CANARY}", "collection": item.collection_id, "tags": ""}
    return door.client.post(reverse("wagtaildocs:edit", args=(item.pk,)), form)
