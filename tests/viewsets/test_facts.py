"""The form that changes times, state and links at once, and what an old form of the editor does."""

import datetime as dt
import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import Webinar, WorkingGroupRecord
from lpsa_wagtail.permissions import content_hash
from tests import editor
from tests import factories as make

LATER = dt.datetime(2030, 6, 4, 13, tzinfo=dt.UTC)
LATER_END = dt.datetime(2030, 6, 4, 15, tzinfo=dt.UTC)
AGENDA = json.dumps(
    [
        {
            "type": "row",
            "id": "row-1",
            "value": {"title": "Opening", "contributors": [], "recording_url": ""},
        }
    ]
)


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def webinar(group):
    page = make.webinar(group, title="Budgets", agenda=AGENDA)
    actions.change_facts(actor=None, webinar=page, cities=["Asia/Manila"])
    return make.fresh(page)


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def url(page):
    return reverse("lpsa_pages:facts", args=(page.pk,))


def said(response) -> list[str]:
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def opened(client, page):
    """What the form for facts would post."""
    return querydict_from_html(client.get(url(page)).content.decode(), form_id="w-editor-form")


def typed(data, **changes):
    return {**dict(data.lists()), **{name: [value] for name, value in changes.items()}}


# The form.


def test_all_facts_are_on_one_page(client, webinar, chair):
    client.force_login(chair)

    fields = {name for name in opened(client, webinar) if not name.startswith("cities-")}

    assert fields == {
        *("facts_seen", "starts_at", "ends_at", "time_zone", "status"),
        *("venue", "registration_url"),
        *("recording_url", "slides", "attendance", "recordings-row-1"),
    }


def test_a_chair_changes_facts_and_reads_what_changed(client, webinar, chair):
    client.force_login(chair)
    data = opened(client, webinar)
    slides = make.document()

    response = client.post(
        url(webinar),
        typed(
            data,
            **{
                "starts_at": "2030-06-04 16:00",
                "ends_at": "2030-06-04 18:00",
                "status": "postponed",
            },
            **{"registration_url": "https://example.org/join", "slides": str(slides.pk)},
            **{"recordings-row-1": "https://video.example.org/1", "attendance": "87"},
            **{"cities-TOTAL_FORMS": "2", "cities-1-time_zone": "America/Lima"},
            **{"cities-1-ORDER": "2", "cities-1-DELETE": "", "cities-1-id": ""},
        ),
    )

    page = make.fresh(webinar)
    assert (response.status_code, response.url) == (302, url(webinar))
    assert (page.starts_at, page.ends_at, page.status) == (LATER, LATER_END, "postponed")
    assert (page.registration_url, page.slides) == ("https://example.org/join", slides)
    assert page.fact("cities") == ["Asia/Manila", "America/Lima"]
    assert page.fact("agenda.recording_url") == {"row-1": "https://video.example.org/1"}
    [message] = said(response)
    for change in (
        "Start: 2030-05-07 16:00 → 2030-06-04 16:00",
        "End: 2030-05-07 17:30 → 2030-06-04 18:00",
        "Status: Scheduled → Postponed",
        "Registration link: nothing → https://example.org/join",
        "Recording of “Opening”: nothing → https://video.example.org/1",
        "Cities: Asia/Manila → Asia/Manila, America/Lima",
        "Attendance: nothing → 87",
    ):
        assert change in message


def test_the_history_says_what_changed(client, webinar, chair):
    client.force_login(chair)
    client.post(url(webinar), typed(opened(client, webinar), venue="Town hall"))

    history = client.get(reverse("wagtailadmin_pages:history", args=(webinar.pk,)))

    assert "Changed times and links" in history.content.decode()
    assert "Venue: nothing → Town hall" in history.content.decode()


def test_nothing_changed_is_said_and_not_logged(client, webinar, chair):
    client.force_login(chair)
    before = PageLogEntry.objects.count()

    response = client.post(url(webinar), typed(opened(client, webinar)))

    assert said(response) == ["Nothing was changed."]
    assert PageLogEntry.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("ends_at", "2030-05-07 12:00", "The end must be later than the start."),
        ("starts_at", "", "This field is required."),
        ("time_zone", "Mars/Base", "“Mars/Base” is not a time zone."),
        ("registration_url", "javascript:alert(1)", "Enter a valid URL."),
        ("recordings-row-1", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field, value, error, client, webinar, chair):
    client.force_login(chair)
    before = PageLogEntry.objects.count()

    response = client.post(url(webinar), typed(opened(client, webinar), **{field: value}))

    assert (response.status_code, PageLogEntry.objects.count()) == (200, before)
    assert error in response.content.decode()


def test_the_form_of_a_draft_shows_the_draft(client, group, chair):
    client.force_login(chair)
    draft = make.draft(make.WebinarFactory, group, owner=chair)
    draft.venue = "Town hall"
    draft.save_revision(user=chair)

    data = opened(client, draft)
    client.post(url(draft), typed(data, attendance="3"))

    newest = make.fresh(draft).get_latest_revision_as_object()
    assert (data["venue"], newest.venue, newest.attendance) == ("Town hall", "Town hall", 3)


# Who, and from where.


def people(group):
    ended = make.leader(of=group, end=dt.date(2024, 1, 1))
    return {
        "chair": make.leader(of=group),
        "secretariat": make.secretary(),
        "administrator": make.UserFactory(is_superuser=True),
        "chair of another group": make.leader(of=make.group()),
        "former chair": ended,
        "board member": make.board_member(),
        "board chair": make.board_chair(),
        "contributor": make.UserFactory(),
    }


def test_who_may(client, group, webinar):
    found = set()
    for name, person in people(group).items():
        client.force_login(person)
        opens = client.get(url(webinar)).status_code == 200
        client.post(url(webinar), {"venue": "Elsewhere"})
        found |= {name} if opens else set()
        assert make.fresh(webinar).venue == ""

    assert found == {"chair", "secretariat", "administrator"}


def test_of_a_group_that_ended_only_the_secretariat_may(client, group, webinar, chair):
    WorkingGroupRecord.objects.update(state=GroupState.DISSOLVED)

    found = {}
    for name, person in (("chair", chair), ("secretariat", make.secretary())):
        client.force_login(person)
        found[name] = client.get(url(webinar)).status_code

    assert found == {"chair": 302, "secretariat": 200}


def test_the_alliances_own_event_is_the_secretariats(client, chair):
    own = make.webinar(make.index_page(make.models.WebinarIndexPage))

    found = {}
    for name, person in (("chair", chair), ("secretariat", make.secretary())):
        client.force_login(person)
        found[name] = client.get(url(own)).status_code

    assert found == {"chair": 302, "secretariat": 200}


QUERIES_OF_THE_LIST = 23


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_leads_to_the_form_where_one_may(
    number, client, group, chair, django_assert_num_queries
):
    mine = [make.webinar(group) for _ in range(number)]
    foreign = [make.webinar(make.group()) for _ in range(number)]
    client.force_login(make.secretary())
    offered = client.get(reverse("lpsa_webinars:index")).content.decode()
    assert [page for page in mine + foreign if url(page) in offered] == mine + foreign

    client.force_login(chair)
    client.get(reverse("lpsa_webinars:index"))  # what is read once for the process is read
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        offered = client.get(reverse("lpsa_webinars:index")).content.decode()
    assert [page for page in mine + foreign if url(page) in offered] == mine


def test_the_editor_and_the_live_page_lead_to_the_form_where_one_may(client, webinar, chair):
    edit = editor.edit_url(webinar)

    found = {}
    for name, person in (("chair", chair), ("board", make.board_member())):
        client.force_login(person)
        found[name] = [
            url(webinar) in client.get(address).content.decode() for address in (edit, webinar.url)
        ]

    assert found == {"chair": [True, True], "board": [False, False]}


# An editor that was open while facts changed.

CHANGES = {
    "starts_at": LATER,
    "ends_at": LATER_END,
    "cities": ["Africa/Nairobi", "America/Lima"],
    "venue": "Town hall",
    "recordings": {"row-1": "https://video.example.org/1"},
}


def now_facts(page) -> dict:
    names = {name: page.fact(name) for name in CHANGES if name != "recordings"}
    return {**names, "recordings": page.fact("agenda.recording_url")}


def editor_form(client, page):
    """What the editor posts, agenda included (scripts draw it in a browser)."""
    newest = make.fresh(page).get_latest_revision_as_object()
    data = editor.form_data(client, editor.edit_url(page), Webinar)
    rows = [
        ("row", {"title": row.value["title"], "recording_url": row.value["recording_url"]})
        for row in newest.agenda
    ]
    stream = nested_form_data({"agenda": streamfield(rows)})
    for number, row in enumerate(newest.agenda):
        stream[f"agenda-{number}-id"] = row.id
        stream[f"agenda-{number}-value-contributors-count"] = "0"
    for key, value in stream.items():
        data[key] = value
    return dict(data.lists())


@pytest.mark.parametrize("state", ["live", "draft"])
def test_an_old_form_puts_no_old_facts_back(state, client, group, webinar, chair):
    if state == "draft":
        webinar = make.draft(make.WebinarFactory, group, owner=chair, agenda=AGENDA)
    client.force_login(chair)
    form = editor_form(client, webinar)

    actions.change_facts(actor=make.secretary(), webinar=webinar, **CHANGES)
    response = client.post(
        editor.edit_url(webinar), form | {"summary": ["In other words."], "action-submit": ["1"]}
    )

    page = make.fresh(webinar)
    task = page.current_workflow_state.current_task_state.specific
    actions.decide(actor=make.board_member(), task_state=task, action="approve")
    page = make.fresh(webinar)
    assert (page.live, page.summary, now_facts(page)) == (True, "In other words.", CHANGES)
    assert said(response)[0] == (
        "Changed meanwhile with “Change times and links”, and kept so: Cities, End, "
        "Recordings of the agenda, Start, Time zone, Venue."
    )


def test_autosave_of_an_old_form_puts_none_back_either(client, webinar, chair):
    client.force_login(chair)
    form = editor_form(client, webinar)
    actions.change_facts(actor=make.secretary(), webinar=webinar, **CHANGES)

    for summary in ("In other", "In other words."):
        answer = client.post(
            editor.edit_url(webinar), form | {"summary": [summary]}, **editor.AUTOSAVE
        )
        assert answer.json()["success"] is True
        form["overwrite_revision_id"] = [str(answer.json()["revision_id"])]

    draft = make.fresh(webinar).get_latest_revision_as_object()
    assert (draft.summary, now_facts(draft)) == ("In other words.", CHANGES)


def test_other_facts_that_the_editor_changed_are_the_editors(client, webinar, chair):
    client.force_login(chair)
    form = editor_form(client, webinar)
    actions.change_facts(actor=make.secretary(), webinar=webinar, venue="Town hall")

    client.post(editor.edit_url(webinar), form | {"attendance": ["12"], "venue": ["Elsewhere"]})

    draft = make.fresh(webinar).get_latest_revision_as_object()
    assert (draft.venue, draft.attendance) == ("Town hall", 12)


def test_what_is_changed_after_opening_it_again_counts(client, webinar, chair):
    client.force_login(chair)
    actions.change_facts(actor=make.secretary(), webinar=webinar, venue="Town hall")

    client.post(editor.edit_url(webinar), editor_form(client, webinar) | {"venue": ["Elsewhere"]})

    assert make.fresh(webinar).get_latest_revision_as_object().venue == "Elsewhere"


def test_a_reviewer_who_has_it_open_still_approves(client, webinar, chair):
    webinar.summary = "In other words."
    webinar.save_revision(user=chair)
    make.submit(webinar, by=chair)
    client.force_login(make.board_member())
    form = editor_form(client, webinar)
    before = content_hash(make.fresh(webinar).get_latest_revision_as_object())

    actions.change_facts(actor=chair, webinar=webinar, **CHANGES)
    client.post(
        editor.edit_url(webinar),
        form
        | {"action-workflow-action": ["true"], "workflow-action-name": ["approve"]}
        | {"workflow-action-extra-data": ["{}"]},
    )

    page = make.fresh(webinar)
    assert (page.summary, content_hash(page)) == ("In other words.", before)
    assert now_facts(page) == CHANGES


def test_an_older_version_comes_back_with_the_facts_of_now(client, webinar, chair):
    client.force_login(chair)
    old = webinar.latest_revision_id
    webinar.summary = "In other words."
    webinar.save_revision(user=chair)
    actions.change_facts(actor=make.secretary(), webinar=webinar, **CHANGES)
    address = reverse("wagtailadmin_pages:revisions_revert", args=(webinar.pk, old))

    form = editor.form_data(client, address, Webinar)
    client.post(address, dict(form.lists()))

    draft = make.fresh(webinar).get_latest_revision_as_object()
    assert (draft.summary, draft.venue, draft.starts_at) == ("", "Town hall", LATER)
    assert draft.fact("cities") == CHANGES["cities"]


def test_two_who_change_facts_at_once_keep_what_each_changed(client, webinar, chair):
    client.force_login(chair)
    data = opened(client, webinar)
    actions.change_facts(actor=make.secretary(), webinar=webinar, **CHANGES)

    client.post(url(webinar), typed(data, attendance="12"))

    page = make.fresh(webinar)
    assert (now_facts(page), page.attendance) == (CHANGES, 12)


@pytest.mark.parametrize("seen", ["", "abc", "-1", "9" * 30])
def test_an_odd_mark_in_a_form_is_no_error(seen, client, webinar, chair):
    client.force_login(chair)

    client.post(url(webinar), typed(opened(client, webinar), facts_seen=seen, venue="Town hall"))

    assert make.fresh(webinar).venue == "Town hall"
