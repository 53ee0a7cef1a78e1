"""Nothing is live without a decision on exactly its content."""

import datetime as dt
import json

import pytest
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import BlogPostAuthor, Webinar, WebinarCity
from lpsa_wagtail.permissions import content_hash, may_go_live
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def drafted(group):
    return make.draft(make.BlogPostFactory, group)


@pytest.fixture
def post(group):
    return make.post(group)


def as_live(page):
    page.live = True
    return page


def as_base(page):
    return Page.objects.get(pk=page.pk)


WAYS_TO_BE_LIVE = {
    "save": lambda page: as_live(page).save(),
    "save without cleaning": lambda page: as_live(page).save(clean=False),
    "save of one column": lambda page: as_live(page).save(update_fields=["live"]),
    "save of the base page": lambda page: as_live(as_base(page)).save(),
    "publish": lambda page: page.publish(page.get_latest_revision()),
    "publish the revision": lambda page: page.get_latest_revision().publish(),
    "publish action": lambda page: PublishPageRevisionAction(page.get_latest_revision()).execute(
        skip_permission_checks=True
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_BE_LIVE)
def test_content_goes_live_with_a_decision(way, drafted):
    content = drafted.get_latest_revision_as_object()
    actions.record_decision(
        actor=None, content=content, outcome=Outcome.INSTALLATION, stage="content"
    )

    WAYS_TO_BE_LIVE[way](drafted)

    assert make.fresh(drafted).live is True


def test_changed_content_needs_a_new_decision(post):
    before = post.title
    post.title = "Another title"

    with pytest.raises(NotDecided):
        post.save_revision().publish()
    with pytest.raises(NotDecided):
        post.save()

    assert make.fresh(post).title == before


@pytest.mark.parametrize("field", ["title", "subtitle", "slug", "seo_title", "go_live_at"])
def test_every_field_of_content_counts(field, post):
    value = timezone.now() if field == "go_live_at" else "changed"
    setattr(post, field, value)

    assert may_go_live(post) is False


def test_interests_and_authors_count(post):
    post.interests.add(make.InterestFactory())
    assert may_go_live(post) is False

    post = make.fresh(post)
    post.authors.add(BlogPostAuthor(name="Ada Sample"))
    assert may_go_live(post) is False
    assert may_go_live(make.fresh(post)) is True


def test_rows_that_a_program_added_without_a_number_keep_one_order(group):
    names = ["Ada Sample", "Ben Sample", "Cleo Sample"]
    post = make.post(group, authors=[BlogPostAuthor(name=name) for name in names])
    rows = BlogPostAuthor.objects.filter(page=post)

    assert list(rows.order_by("pk").values_list("name", "sort_order")) == [
        *((name, number) for number, name in enumerate(names))
    ]


def test_old_rows_without_a_number_are_the_same_content_in_whatever_order_they_are_read(group):
    names = ["Ada Sample", "Ben Sample"]
    post = make.post(group, authors=[BlogPostAuthor(name=name) for name in names])
    decided = content_hash(make.fresh(post))
    BlogPostAuthor.objects.filter(page=post).update(sort_order=None)
    read = []
    for order in ("pk", "-pk"):
        post = make.fresh(post)
        post.authors.set(BlogPostAuthor.objects.filter(page=post).order_by(order))
        read.append(content_hash(post))

    assert read == [decided, decided]


def test_block_ids_do_not_count_but_their_text_does(post):
    raw = [{"type": block["type"], "value": block["value"]} for block in post.body.raw_data]
    post.body = json.dumps(raw)
    assert may_go_live(post) is True

    raw[0]["value"] += "<p>More.</p>"
    post.body = json.dumps(raw)
    assert may_go_live(post) is False


def test_operational_facts_of_a_webinar_change_without_the_board(group):
    agenda = json.dumps([{"type": "row", "value": {"title": "Talk", "contributors": []}}])
    webinar = make.webinar(group, agenda=agenda)
    webinar.starts_at += dt.timedelta(days=1)
    webinar.ends_at += dt.timedelta(days=1)
    webinar.status = "postponed"
    webinar.attendance = 40
    webinar.cities.add(WebinarCity(time_zone="Asia/Manila"))
    webinar.agenda[0].value["recording_url"] = "https://video.example.org/1"
    webinar.save()

    stored = Webinar.objects.get(pk=webinar.pk)
    assert (stored.live, stored.status, stored.cities.count()) == (True, "postponed", 1)
    assert stored.agenda[0].value["recording_url"] == "https://video.example.org/1"

    stored.agenda[0].value["title"] = "Another talk"
    with pytest.raises(NotDecided):
        stored.save()


def test_a_live_page_can_be_deleted_with_its_rows(group):
    post = make.post(group, authors=[BlogPostAuthor(name="Ada Sample")])

    post.delete()

    assert BlogPostAuthor.objects.count() == 0


def test_an_alias_is_refused(group, post):
    with pytest.raises(NotDecided, match="no aliases"):
        post.create_alias(parent=group, update_slug="alias")


def test_what_is_live_stays_while_a_newer_version_waits_for_its_date(post):
    before = post.title
    post.title = "From tomorrow on"
    post.go_live_at = timezone.now() + dt.timedelta(days=1)
    post.save_revision()
    actions.install_page(actor=None, page=post)

    stored = make.fresh(post)
    stored.save()

    assert (stored.live, stored.title) == (True, before)


def test_a_fixture_may_bring_a_page_before_its_type(drafted):
    ours, unknown = drafted.content_type_id, 10**6
    row = as_live(as_base(drafted))
    row.content_type_id = unknown
    fixture = serializers.serialize("json", [row])

    with TestCase.captureOnCommitCallbacks(execute=True):
        for loaded in serializers.deserialize("json", fixture):
            loaded.save()
        Page.objects.filter(content_type_id=unknown).update(content_type_id=ours)  # here it comes

    assert as_base(drafted).live is False


@pytest.fixture
def picture():
    image = get_image_model()(title="Map", file=get_test_image_file())
    image.save()
    return image


def test_a_picture_of_approved_content_is_not_replaced_in_place_nor_deleted(group, picture):
    make.post(group, lead_image=picture)
    picture.file = get_test_image_file(filename="other.png")

    with pytest.raises(NotDecided, match="part of approved content"):
        picture.save()
    with pytest.raises(NotDecided, match="part of approved content"):
        picture.delete()


def test_forms_say_at_the_file_that_it_is_in_use(client, group, picture, django_user_model):
    make.post(group, lead_image=picture)
    client.force_login(django_user_model.objects.create_superuser("root"))
    other = SimpleUploadedFile("other.png", get_test_image_file().file.getvalue())
    data = {"title": "A new map", "file": other, "collection": picture.collection_id}

    answer = client.post(reverse("wagtailimages:edit", args=(picture.pk,)), data)

    assert answer.context["form"].errors == {
        "file": ["This file is part of approved content. Upload the new one beside it."]
    }
    assert answer.context["form"]["title"].value() == "A new map"


def test_files_are_in_use_from_the_approval_on(group, picture):
    """Wagtail's index of references may lag behind, where a worker keeps it."""
    post = make.post(group, lead_image=picture)
    ReferenceIndex.objects.all().delete()
    actions.note_files(actor=None, page=post)

    with pytest.raises(NotDecided, match="part of approved content"):
        picture.delete()


def test_a_picture_of_a_draft_may_be_replaced(group, picture):
    make.draft(make.BlogPostFactory, group, lead_image=picture)
    picture.file = get_test_image_file(filename="other.png")

    picture.save()

    assert "other" in get_image_model().objects.get().file.name


def test_another_file_behind_the_same_picture_is_other_content(group, picture):
    post = make.post(group, lead_image=picture)
    get_image_model().objects.filter(pk=picture.pk).update(file_hash="0" * 40)

    assert may_go_live(make.fresh(post)) is False
