"""What the page editor takes and refuses, through Wagtail's own views."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from lpsa_wagtail.models import BlogPost, Webinar, WorkingGroupIndexPage, WorkingGroupPage
from tests import editor
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def chair(group):
    return make.leader(of=group)


@pytest.fixture
def editing(client, chair):
    client.force_login(chair)
    return client


def add_webinar(client, group, *, submit=False, **fields):
    fields = {"title": "On transfers", "slug": "on-transfers", **fields}
    if submit:
        fields["action-submit"] = "on"
    return editor.post(client, editor.add_url(Webinar, group), Webinar, **fields)


def edit(client, page, **fields):
    return editor.post(client, editor.edit_url(page), type(page), **fields)


def newest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


# A webinar's times.


def test_times_are_read_on_the_clock_of_the_webinars_own_zone(editing, group):
    answer = add_webinar(
        editing,
        group,
        starts_at="2030-05-07 16:00",
        ends_at="2030-05-07 17:30",
        time_zone="Africa/Nairobi",
    )

    assert editor.errors(answer) == {}
    page = Webinar.objects.get()
    assert page.starts_at == dt.datetime(2030, 5, 7, 13, tzinfo=dt.UTC)
    assert page.ends_at == dt.datetime(2030, 5, 7, 14, 30, tzinfo=dt.UTC)


def test_the_editor_shows_the_clock_of_the_webinars_zone_whatever_the_users(editing, group, chair):
    UserProfile.objects.create(user=chair, current_time_zone="Asia/Tokyo")
    page = make.draft(make.WebinarFactory, group, owner=chair)

    data = editor.form_data(editing, editor.edit_url(page), Webinar)

    assert (data["starts_at"], data["ends_at"]) == ("2030-05-07 16:00", "2030-05-07 17:30")


@pytest.mark.parametrize(
    "instant",
    [
        dt.datetime(2030, 5, 7, 13, 0, 42, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),  # 02:30 in Berlin, the first time
        dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),  # 02:30 in Berlin, the second time
    ],
)
def test_saving_something_else_keeps_the_instant(editing, group, chair, instant):
    UserProfile.objects.create(user=chair, current_time_zone="Asia/Tokyo")
    fields = {"starts_at": instant, "ends_at": None, "time_zone": "Europe/Berlin"}
    page = make.draft(make.WebinarFactory, group, owner=chair, **fields)

    answer = edit(editing, page, title="Another title")

    assert editor.errors(answer) == {}
    assert (newest(page).title, newest(page).starts_at) == ("Another title", instant)


def test_another_zone_keeps_what_the_clock_shows(editing, group, chair):
    page = make.draft(make.WebinarFactory, group, owner=chair, ends_at=None)

    edit(editing, page, time_zone="America/Lima")

    assert newest(page).starts_at == dt.datetime(2030, 5, 7, 21, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2030-05-07 16:00:59", dt.datetime(2030, 5, 7, 13, tzinfo=dt.UTC)),
        ("2030-05-07T16:00:00Z", dt.datetime(2030, 5, 7, 16, tzinfo=dt.UTC)),
        ("2030-05-07T16:00:00+01:00", dt.datetime(2030, 5, 7, 15, tzinfo=dt.UTC)),
    ],
)
def test_seconds_are_cut_off_and_an_offset_is_believed(editing, group, typed, instant):
    add_webinar(editing, group, starts_at=typed, time_zone="Africa/Nairobi")

    assert Webinar.objects.get().starts_at == instant


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"starts_at": "2027-03-28 02:30"}, "starts_at", "this time does not exist"),
        ({"starts_at": "2026-10-25 02:30"}, "starts_at", "this time exists twice"),
        (
            {"starts_at": "2030-05-07 16:00", "ends_at": "2027-03-28 02:30"},
            "ends_at",
            "this time does not exist",
        ),
        (
            {"starts_at": "2030-05-07 16:00", "ends_at": "2030-05-07 16:00"},
            "ends_at",
            "The end must be later than the start.",
        ),
        (
            {"starts_at": "2030-05-07 16:00", "ends_at": "2030-05-07 15:00"},
            "ends_at",
            "The end must be later than the start.",
        ),
        (
            {"starts_at": "2030-05-07 16:00", "time_zone": "Mars/Olympus"},
            "time_zone",
            "“Mars/Olympus” is not a time zone. Choose one such as Africa/Nairobi.",
        ),
        ({"starts_at": "tomorrow"}, "starts_at", "Enter a valid date/time."),
        ({"starts_at": "0001-01-01 00:00"}, "starts_at", "Enter a year between 1900 and 2999."),
        ({"starts_at": "9999-12-31 23:59"}, "starts_at", "Enter a year between 1900 and 2999."),
    ],
)
def test_impossible_times_are_refused_at_their_field_in_drafts_too(
    editing, group, typed, field, sentence
):
    fields = {"time_zone": "Europe/Berlin", **typed}
    for submit in (False, True):
        found = editor.errors(add_webinar(editing, group, submit=submit, **fields))

        assert list(found) == [field]
        assert [sentence in message for message in found[field]] == [True]
    assert Webinar.objects.count() == 0


def test_an_end_before_the_start_is_refused_when_only_one_of_them_changes(editing, group, chair):
    page = make.draft(make.WebinarFactory, group, owner=chair)

    answer = edit(editing, page, starts_at="2030-05-07 18:00")

    assert editor.errors(answer) == {"ends_at": ["The end must be later than the start."]}
    assert newest(page).starts_at == page.starts_at


def test_an_old_spelling_of_a_zone_stays_chosen(editing, group, chair):
    page = make.draft(make.WebinarFactory, group, owner=chair, time_zone="Asia/Calcutta")

    answer = edit(editing, page, title="Another title")

    assert editor.errors(answer) == {}
    assert newest(page).time_zone == "Asia/Calcutta"


# Unfinished drafts.


@pytest.mark.parametrize("model", [BlogPost, Webinar])
def test_autosave_keeps_a_draft_that_has_only_a_title(editing, group, model):
    url = editor.add_url(model, group)

    answer = editor.post(
        editing, url, model, autosave=True, title="Only a title", slug="only-a-title"
    )

    assert answer.json()["success"] is True
    page = model.objects.get()
    assert (page.title, page.live) == ("Only a title", False)


def test_autosave_refuses_what_the_database_would_refuse(editing, group, chair):
    page = make.draft(make.WebinarFactory, group, owner=chair)
    url = editor.edit_url(page)

    answer = editor.post(editing, url, Webinar, autosave=True, ends_at="2030-05-07 11:00")

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "validation_error"
    assert newest(page).ends_at == page.ends_at


def test_what_a_draft_may_lack_is_asked_on_submitting(editing, group):
    answer = add_webinar(editing, group, submit=True)

    assert editor.errors(answer) == {"starts_at": ["This field is required."]}


def test_a_post_needs_a_text_or_the_address_of_the_original_to_be_submitted(editing, group):
    fields = {"title": "A post", "slug": "a-post", "action-submit": "on"}
    url = editor.add_url(BlogPost, group)

    without = editor.post(editing, url, BlogPost, **fields)
    with_source = editor.post(
        editing, url, BlogPost, original_source_url="https://example.org/post", **fields
    )

    assert list(editor.errors(without)) == ["body"]
    assert editor.errors(with_source) == {}


def test_another_designation_needs_its_name_to_be_submitted(client):
    client.force_login(make.secretary())
    url = editor.add_url(WorkingGroupPage, make.index_page(WorkingGroupIndexPage))
    fields = {"title": "A group", "slug": "a-group", "designation": "other"}

    submitted = editor.post(client, url, WorkingGroupPage, **{"action-submit": "on"}, **fields)
    saved = editor.post(client, url, WorkingGroupPage, **fields)

    assert editor.errors(submitted) == {"designation_other": ["Say what the group calls itself."]}
    assert editor.errors(saved) == {}


# Deciding in the editor.


def as_the_editor_posts_it(page, text=None):
    """The body of a post with one paragraph, with the marks of the rich text editor."""
    block = page.body[0]
    html = text or block.value.source
    data = nested_form_data({"body": streamfield([("paragraph", rich_text(html))])})
    return {**data, "body-0-id": block.id}


@pytest.mark.parametrize("model", [BlogPost, Webinar])
def test_approving_in_the_editor_is_not_writing(client, group, chair, model):
    factory = {BlogPost: make.BlogPostFactory, Webinar: make.WebinarFactory}[model]
    page = make.draft(factory, group, owner=chair)
    make.submit(page, by=chair)
    client.force_login(make.board_member())
    body = as_the_editor_posts_it(page) if model is BlogPost else {}

    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = edit(client, page, **decision, **body)

    assert make.fresh(page).live is True
    assert page.revisions.count() == 1
    assert answer["Location"] == reverse("lpsa_desk:inbox")


def test_changing_the_text_while_approving_is_writing(client, group, chair):
    page = make.draft(make.BlogPostFactory, group, owner=chair)
    make.submit(page, by=chair)
    client.force_login(make.board_member())
    body = as_the_editor_posts_it(page, "<p>Function follows money.</p>")

    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = edit(client, page, **decision, **body)

    assert editor.errors(answer) == {
        "__all__": [
            "You changed something here, so somebody else must decide. Open the page again to "
            "decide on what was submitted."
        ]
    }
    assert (make.fresh(page).live, page.revisions.count()) == (False, 1)


# What is offered.


@pytest.mark.parametrize("model", [BlogPost, Webinar])
def test_groups_to_credit_are_public_ones_and_those_chosen_before(editing, group, chair, model):
    factory = {BlogPost: make.BlogPostFactory, Webinar: make.WebinarFactory}[model]
    public = make.group(title="A public group")
    index = make.index_page(WorkingGroupIndexPage)
    make.draft(make.WorkingGroupPageFactory, index, title="A secret proposal")
    chosen = make.draft(make.WorkingGroupPageFactory, index, title="Chosen before")
    page = make.draft(factory, group, owner=chair)
    page.joint_groups = [chosen]
    page.save_revision()

    answer = editing.get(editor.edit_url(page))

    offered = answer.context["form"].fields["joint_groups"].queryset
    assert {one.pk for one in offered} == {group.pk, public.pk, chosen.pk}
    assert b"A secret proposal" not in answer.content


# Preview.


@pytest.mark.parametrize("model", [BlogPost, Webinar])
def test_a_half_filled_form_can_be_previewed_before_it_is_saved(editing, group, model):
    name = model._meta.model_name
    url = reverse("wagtailadmin_pages:preview_on_add", args=("lpsa_wagtail", name, group.pk))
    form = editor.form_data(editing, editor.add_url(model, group), model, title="Half", slug="half")

    posted = editing.post(url, dict(form.lists()))
    shown = editing.get(url)

    assert posted.json()["is_valid"] is True
    assert shown.status_code == 200
    assert "<title>Half" in shown.content.decode()


@pytest.mark.parametrize("model", [WorkingGroupPage, BlogPost, Webinar])
def test_what_autosave_left_can_be_opened_previewed_and_looked_at(client, group, model):
    client.force_login(make.secretary())
    factories = {
        WorkingGroupPage: (make.WorkingGroupPageFactory, make.index_page(WorkingGroupIndexPage)),
        BlogPost: (make.BlogPostFactory, group),
        Webinar: (make.WebinarFactory, group),
    }
    empty = {"summary": "", "body": []} if model is BlogPost else {"purpose": ""}
    if model is Webinar:
        empty = {"starts_at": None, "ends_at": None}
    factory, parent = factories[model]
    page = make.unfinished(factory, parent, title="Half", **empty)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    form = editor.form_data(client, editor.edit_url(page), model)

    posted = client.post(preview, dict(form.lists()))

    assert posted.json()["is_valid"] is True
    addresses = [preview, reverse("wagtailadmin_pages:view_draft", args=(page.pk,))]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
