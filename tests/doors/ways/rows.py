"""Ways that change what belongs to a page: its rows, its words, other pages it names."""

from tests.doors.places import CANARY, LIVE
from tests.doors.ways import way

NAME = f"A {CANARY}"
#: Page types that name other pages.
NAMING = ("post", "webinar", "house")


@way(LIVE)
def change_a_row(door):
    part = door.part
    part.name = NAME
    part.save()


@way(LIVE)
def change_one_column_of_a_row(door):
    part = door.part
    part.name = NAME
    part.save(update_fields=["name"])


@way(LIVE)
def add_a_row(door):
    door.kind.part.objects.create(page=door.page, name=NAME)


@way(LIVE)
def find_a_row_or_add_it(door):
    door.kind.part.objects.get_or_create(page=door.page, name=NAME)


@way(LIVE)
def add_a_row_through_the_page(door):
    page = door.page
    rows = getattr(page, door.kind.parts)
    rows.add(door.kind.part(name=NAME))
    rows.commit()


@way(LIVE)
def add_a_row_and_save_its_column(door):
    page = door.page
    getattr(page, door.kind.parts).add(door.kind.part(name=NAME))
    page.save(update_fields=[door.kind.parts])


@way(LIVE)
def add_a_row_and_save_the_page(door):
    page = door.page
    getattr(page, door.kind.parts).add(door.kind.part(name=NAME))
    page.save()


@way(LIVE)
def delete_a_row(door):
    door.part.delete()


@way(LIVE)
def take_all_rows_out(door):
    page = door.page
    rows = getattr(page, door.kind.parts)
    rows.set([])
    rows.commit()


@way(LIVE)
def move_a_row_to_a_live_page(door):
    draft = door.another(slug="draft-with-a-row")
    getattr(draft, door.kind.parts).set([door.kind.part(name=NAME)])
    door.place.add_child(instance=draft)
    part = door.kind.part.objects.get(page=draft)
    part.page = door.page
    part.save()


@way(LIVE)
def add_a_word_and_save_the_page(door):
    page = door.page
    page.interests.add(door.word)
    page.save()


@way(LIVE)
def set_words_and_commit(door):
    page = door.page
    page.interests.set([door.word])
    page.interest_items.commit()


@way(LIVE)
def add_a_word_by_its_row(door):
    model = door.kind.model.interest_items.rel.related_model
    model.objects.create(content_object=door.page, tag=door.word)


@way(LIVE, kinds=NAMING)
def name_another_page_and_save(door):
    page = door.page
    page.joint_groups.add(named(page))
    page.save()


@way(LIVE, kinds=NAMING)
def name_another_page_and_save_its_column(door):
    page = door.page
    page.joint_groups.set([named(page)])
    page.save(update_fields=["joint_groups"])


def named(page):
    """The place above is a live page of the type that may be named."""
    return (
        type(page)
        ._meta.get_field("joint_groups")
        .related_model.objects.get(pk=page.get_parent().pk)
    )


@way(LIVE)
def delete_rows_by_query(door):
    door.kind.part.objects.filter(page=door.page).delete()


@way(LIVE)
def move_a_row_away_from_a_live_page(door):
    draft = door.another(slug="draft-without-rows")
    door.place.add_child(instance=draft)
    part = door.part
    part.page = draft
    part.save()


@way(LIVE)
def take_a_row_of_a_live_page_into_a_draft(door):
    draft = door.another(slug="draft-that-takes-a-row")
    door.place.add_child(instance=draft)
    getattr(draft, door.kind.parts).set([door.part])
    draft.save()


@way(LIVE, kinds=NAMING)
def name_another_page_and_commit(door):
    page = door.page
    page.joint_groups.add(named(page))
    page.joint_groups.commit()
