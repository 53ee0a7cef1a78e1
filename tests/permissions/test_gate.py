"""Nothing is live without a decision on exactly its content."""

import datetime as dt
import io
import json

import pytest
import time_machine
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import BlogPost, BlogPostAuthor, Decision, Webinar, WebinarCity
from lpsa_wagtail.permissions import may_go_live
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
    "add a live child": lambda page: page.get_parent().add_child(
        instance=make.BlogPostFactory.build(live=True, slug="other")
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_BE_LIVE)
def test_no_way_of_saving_makes_undecided_content_live(way, drafted):
    with pytest.raises(NotDecided):
        WAYS_TO_BE_LIVE[way](drafted)

    assert BlogPost.objects.filter(live=True).count() == 0


@pytest.mark.parametrize("way", [way for way in WAYS_TO_BE_LIVE if way != "add a live child"])
def test_the_same_ways_pass_with_a_decision(way, drafted):
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


def test_a_child_row_of_a_live_page_changes_only_through_the_page(group):
    post = make.post(group, authors=[BlogPostAuthor(name="Ada Sample")])
    author = post.authors.get()
    author.name = "Somebody else"

    for change in (
        author.save,
        author.delete,
        lambda: BlogPostAuthor.objects.create(page_id=post.pk, name="One more"),
    ):
        with pytest.raises(NotDecided), transaction.atomic():
            change()

    assert list(BlogPostAuthor.objects.values_list("name", flat=True)) == ["Ada Sample"]


def test_a_live_page_can_be_deleted_with_its_rows(group):
    post = make.post(group, authors=[BlogPostAuthor(name="Ada Sample")])

    post.delete()

    assert BlogPostAuthor.objects.count() == 0


def test_a_copy_is_not_live_whoever_asks_for_it(group, post):
    with pytest.raises(NotDecided):
        CopyPageAction(post, to=group, update_attrs={"slug": "copy"}, keep_live=True).execute(
            skip_permission_checks=True
        )

    copy = post.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert copy.live is False


def test_an_alias_is_refused(group, post):
    with pytest.raises(NotDecided, match="no aliases"):
        post.create_alias(parent=group, update_slug="alias")


def test_live_content_is_approved_for_its_place(post):
    other = make.group()

    with pytest.raises(NotDecided):
        MovePageAction(post, other, pos="last-child").execute(skip_permission_checks=True)


def test_a_move_through_the_base_page_is_refused_too(post):
    other = make.group()

    with pytest.raises(NotDecided):
        as_base(post).move(Page.objects.get(pk=other.pk), pos="last-child")


def test_taking_down_ends_the_approval(post):
    post.unpublish()
    assert [d.outcome for d in Decision.objects.filter(page_id=post.pk)] == [
        Outcome.WITHDRAWN,
        Outcome.INSTALLATION,
    ]

    with pytest.raises(NotDecided):
        make.fresh(post).get_latest_revision().publish()


def test_an_older_approved_revision_cannot_come_back(post):
    older = post.get_latest_revision()
    post.title = "Newer"
    post.save_revision()
    actions.install_page(actor=None, page=post)

    with pytest.raises(NotDecided):
        older.publish()

    assert make.fresh(post).title == "Newer"


def test_dated_content_goes_live_on_its_date_if_still_exactly_that(group):
    page = make.draft(
        make.BlogPostFactory, group, go_live_at=timezone.now() + dt.timedelta(hours=1)
    )
    page = actions.install_page(actor=None, page=page)
    assert page.live is False

    revision = page.scheduled_revision
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision.content["go_live_at"] = page.go_live_at.isoformat()
    revision.save()
    # Time passes: the date in the content stays, the clock moves beyond it.
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        call_command("publish_scheduled", stdout=io.StringIO())

    assert make.fresh(page).live is True


def test_a_planted_schedule_is_dropped_and_does_not_stop_the_hosts(drafted, site):
    now = timezone.now()
    hosts = site.root_page.add_child(instance=Page(title="Host page", live=False))
    for page in (drafted, hosts):
        revision = page.save_revision()
        revision.approved_go_live_at = now - dt.timedelta(minutes=1)
        revision.save()

    call_command("publish_scheduled", stdout=io.StringIO())

    assert (make.fresh(drafted).live, make.fresh(hosts).live) == (False, True)
    assert drafted.revisions.exclude(approved_go_live_at=None).count() == 0


def test_what_is_live_stays_while_a_newer_version_waits_for_its_date(post):
    before = post.title
    post.title = "From tomorrow on"
    post.go_live_at = timezone.now() + dt.timedelta(days=1)
    post.save_revision()
    actions.install_page(actor=None, page=post)

    stored = make.fresh(post)
    stored.save()

    assert (stored.live, stored.title) == (True, before)


def test_a_fixture_is_judged_when_its_transaction_commits(drafted):
    rows = [as_base(drafted), drafted]
    for row in rows:
        row.live = True
    fixture = serializers.serialize("json", rows)

    with TestCase.captureOnCommitCallbacks(execute=True):
        for row in serializers.deserialize("json", fixture):
            row.save()

    assert make.fresh(drafted).live is False


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


def test_a_page_made_live_past_the_models_answers_404(client, drafted):
    Page.objects.filter(pk=drafted.pk).update(live=True)

    assert client.get(drafted.get_url()).status_code == 404
    assert BlogPost.objects.public().count() == 0


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
