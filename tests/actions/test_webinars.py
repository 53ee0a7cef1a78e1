"""Operational facts change on the page and in its drafts, without the Board."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, Role, WebinarStatus
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Decision, Webinar, WorkingGroupRecord
from lpsa_wagtail.permissions import content_hash, may_go_live
from lpsa_wagtail.signals import facts_changed
from tests import factories as make

LATER = dt.datetime(2030, 6, 4, 13, tzinfo=dt.UTC)
LATER_START = dt.datetime(2030, 5, 7, 13, 15, tzinfo=dt.UTC)
LATER_END = dt.datetime(2030, 6, 4, 15, tzinfo=dt.UTC)


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def webinar(group):
    return make.webinar(group, title="Budgets")


def entries(page):
    return PageLogEntry.objects.filter(page=page.pk).count()


def test_the_page_and_its_revision_change_alike(webinar):
    decisions = Decision.objects.count()

    actions.change_facts(actor=None, webinar=webinar, starts_at=LATER, ends_at=LATER_END)

    page = make.fresh(webinar)
    draft = page.get_latest_revision_as_object()
    assert (page.starts_at, page.ends_at) == (LATER, LATER_END)
    assert (draft.starts_at, draft.ends_at) == (LATER, LATER_END)
    assert (page.live, may_go_live(page), page.revisions.count()) == (True, True, 1)
    assert Decision.objects.count() == decisions


def test_a_draft_that_waits_keeps_its_own_content(webinar):
    webinar.title = "Budgets, again"
    webinar.save_revision()

    actions.change_facts(
        actor=None, webinar=webinar, status=WebinarStatus.POSTPONED, ends_at=LATER_END
    )

    page = make.fresh(webinar)
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.status, page.ends_at) == ("Budgets", "postponed", LATER_END)
    assert (draft.title, draft.status, draft.ends_at) == (
        "Budgets, again",
        "postponed",
        LATER_END,
    )


def test_facts_that_are_so_already_change_nothing(webinar):
    before = entries(webinar)

    actions.change_facts(actor=None, webinar=webinar, starts_at=webinar.starts_at)

    assert entries(webinar) == before


def test_a_change_is_logged_with_who_did_it_and_what_it_was_before(group, webinar):
    chair = make.leader(of=group)

    actions.change_facts(actor=chair, webinar=webinar, venue="Town hall", starts_at=LATER_START)

    entry = PageLogEntry.objects.get(page=webinar.pk, user=chair)
    assert (entry.action, entry.data) == (
        "lpsa_wagtail.facts",
        {
            "changes": [
                {
                    "fact": "starts_at",
                    "old": "2030-05-07 16:00",
                    "new": "2030-05-07 16:15",
                    "row": "",
                },
                {"fact": "venue", "old": "", "new": "Town hall", "row": ""},
            ]
        },
    )


@pytest.mark.parametrize("who", ["coordinator", "secretariat", "administrator"])
def test_coordinators_the_secretariat_and_administrators_may(who, group, webinar):
    people = {
        "administrator": lambda: make.UserFactory(is_superuser=True),
        "coordinator": lambda: make.leader(of=group, role=Role.COORDINATOR),
        "secretariat": make.secretary,
    }

    actions.change_facts(actor=people[who](), webinar=webinar, venue="Town hall")

    assert make.fresh(webinar).venue == "Town hall"


@pytest.mark.parametrize("who", ["chair_of_another_group", "board_member"])
def test_others_may_not(who, webinar):
    people = {
        "chair_of_another_group": lambda: make.leader(of=make.group()),
        "board_member": make.board_member,
    }

    with pytest.raises(NotAllowed, match="Only the group's co-chairs"):
        actions.change_facts(actor=people[who](), webinar=webinar, venue="Town hall")

    assert make.fresh(webinar).venue == ""


def test_of_a_group_that_ended_only_the_secretariat_may(group, webinar):
    chair = make.leader(of=group)
    WorkingGroupRecord.objects.update(state=GroupState.DISSOLVED)

    with pytest.raises(NotAllowed, match="Only the group's co-chairs"):
        actions.change_facts(actor=chair, webinar=webinar, venue="Town hall")
    actions.change_facts(actor=make.secretary(), webinar=webinar, venue="Archive")

    assert make.fresh(webinar).venue == "Archive"


def test_a_document_of_another_group_is_refused(group, webinar):
    foreign = make.document(collection=make.group().record.collection)
    mine = make.document(collection=group.record.collection)
    chair = make.leader(of=group)

    with pytest.raises(NotAllowed, match="belongs to another group"):
        actions.change_facts(actor=chair, webinar=webinar, slides=foreign)
    actions.change_facts(actor=chair, webinar=webinar, slides=mine)

    assert make.fresh(webinar).slides == mine


def test_content_is_not_changed_this_way(webinar):
    with pytest.raises(NotAllowed, match="The Board decides on changes of: summary, title"):
        actions.change_facts(actor=None, webinar=webinar, title="x", summary="y", venue="z")


def test_an_end_before_the_start_is_refused(webinar):
    with pytest.raises(ValidationError, match="The end must be later"):
        actions.change_facts(actor=None, webinar=webinar, starts_at=LATER_END, ends_at=LATER)


REFUSED = {
    "a link that is none": {"recording_url": "not a link"},
    "a zone that is none": {"time_zone": "Mars/Base"},
    "a city that is none": {"cities": ["Mars/Base"]},
    "a state that is none": {"status": "maybe"},
    "no start": {"starts_at": None},
    "a recording that is no link": {"recordings": {"row-1": "not a link"}},
    "a row that is not there": {"recordings": {"row-9": "https://video.example.org/9"}},
}


@pytest.mark.parametrize("facts", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(facts, group):
    webinar = make.webinar(group, agenda=agenda("https://video.example.org/1"))
    before = all_facts(webinar)

    with pytest.raises(ValidationError):
        actions.change_facts(actor=None, webinar=webinar, **facts)

    assert (all_facts(webinar), entries(webinar)) == (before, entries(webinar))


def test_who_listens_hears_of_each_change_once(webinar, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, webinar, changes, **kwargs):
        heard.append((sender, webinar.pk, [change.fact for change in changes]))

    facts_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            actions.change_facts(actor=None, webinar=webinar, cities=["Asia/Manila"])
            actions.change_facts(actor=None, webinar=webinar, cities=["Asia/Manila"])
    finally:
        facts_changed.disconnect(listen)

    assert heard == [(type(webinar), webinar.pk, ["cities"])]


def test_it_is_no_new_publication(webinar):
    heard = []

    def listen(sender, **kwargs):
        heard.append(sender)

    page_published.connect(listen)
    try:
        actions.change_facts(actor=None, webinar=webinar, **IN_ALL)
    finally:
        page_published.disconnect(listen)

    page = make.fresh(webinar)
    assert heard == []
    assert page.last_published_at == webinar.last_published_at
    assert page.latest_revision_id == webinar.latest_revision_id


# In every state, all facts, in every version that may still go live.

EVERYTHING = {
    "starts_at": LATER,
    "ends_at": LATER_END,
    "time_zone": "Asia/Manila",
    "cities": ["Africa/Nairobi", "America/Lima"],
    "status": WebinarStatus.POSTPONED,
    "venue": "Town hall",
    "registration_url": "https://example.org/join",
    "recording_url": "https://video.example.org/all",
    "attendance": 87,
    "recordings": {"row-1": "https://video.example.org/1", "row-2": ""},
}
IN_ALL = {name: value for name, value in EVERYTHING.items() if name != "recordings"}


def agenda(first="", second="https://video.example.org/2"):
    rows = (("row-1", "Opening", first), ("row-2", "Questions", second))
    return json.dumps(
        [
            {
                "type": "row",
                "id": pk,
                "value": {"title": title, "contributors": [], "recording_url": link},
            }
            for pk, title, link in rows
        ]
    )


def all_facts(page) -> list[dict]:
    """The facts of the page, and of each of its versions that may still go live."""
    page = make.fresh(page)
    newest = page.revisions.order_by("-pk")
    kept = [*newest[:1], *page.revisions.filter(approved_go_live_at__isnull=False)]
    versions = [page, *(revision.as_object() for revision in kept)]
    return [
        {name: version.fact(name) for name in IN_ALL}
        | {"recordings": version.fact("agenda.recording_url")}
        for version in versions
    ]


def build(state, group):
    """A webinar in this state, with who may decide on it and the state of the task."""
    author, judge = make.leader(of=group), make.board_member()
    fields = {"owner": author, "agenda": agenda()}
    if state == "dated":
        fields["go_live_at"] = dt.datetime(2035, 1, 2, 9, tzinfo=dt.UTC)
    task = None
    if state in ("live", "changed", "changed and waiting"):
        page = make.webinar(group, **fields)
    else:
        page = make.draft(make.WebinarFactory, group, **fields)
    if state.startswith("changed"):
        page.summary = "In other words."
        page.starts_at, page.ends_at = LATER_START, LATER_END  # the author's own plan
        page.save_revision(user=author)
        page = make.fresh(page)
    if state in ("waiting", "changed and waiting", "returned", "dated"):
        task = make.submit(page, by=author)
    if state in ("returned", "dated"):
        action = "approve" if state == "dated" else "reject"
        actions.decide(actor=judge, task_state=task, action=action)
    return make.fresh(page), judge, task


STATES = ("draft", "waiting", "returned", "dated", "live", "changed", "changed and waiting")


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_all_versions_have_the_new_facts_and_the_old_words(state, group):
    page, _judge, _task = build(state, group)
    hashes = [content_hash(page), content_hash(page.get_latest_revision_as_object())]

    actions.change_facts(actor=make.leader(of=group), webinar=page, **EVERYTHING)

    after = make.fresh(page)
    assert all_facts(page) == [EVERYTHING] * len(all_facts(page))
    assert hashes == [content_hash(after), content_hash(after.get_latest_revision_as_object())]
    assert (after.live, after.revisions.count()) == (page.live, page.revisions.count())
    assert actions.change_facts(actor=None, webinar=page, **EVERYTHING) == []


@pytest.mark.parametrize("state", ["waiting", "changed and waiting"])
def test_what_waits_is_still_what_was_submitted_and_goes_live_with_the_new_facts(state, group):
    page, judge, task = build(state, group)
    seen = content_hash(page.get_latest_revision_as_object())

    actions.change_facts(actor=make.leader(of=group), webinar=page, **EVERYTHING)
    actions.decide(actor=judge, task_state=task, action="approve", seen=seen)

    assert make.fresh(page).live is True
    assert all_facts(page) == [EVERYTHING] * 2


def test_what_waits_for_its_date_goes_live_with_the_new_facts(group):
    page, _judge, _task = build("dated", group)
    actions.change_facts(actor=make.leader(of=group), webinar=page, **EVERYTHING)

    with time_machine.travel(dt.datetime(2035, 1, 2, 10, tzinfo=dt.UTC)):
        call_command("publish_scheduled")

    assert make.fresh(page).live is True
    assert all_facts(page) == [EVERYTHING] * 2


def test_cities_that_stay_keep_their_rows(webinar):
    actions.change_facts(actor=None, webinar=webinar, cities=["Africa/Nairobi", "Asia/Manila"])
    before = {row.time_zone: row.pk for row in make.fresh(webinar).cities.all()}

    actions.change_facts(actor=None, webinar=webinar, cities=["Asia/Manila", "America/Lima"])

    page = make.fresh(webinar)
    after = {row.time_zone: row.pk for row in page.cities.all()}
    draft = page.get_latest_revision_as_object()
    assert list(after) == ["Asia/Manila", "America/Lima"]
    assert after["Asia/Manila"] == before["Asia/Manila"]
    assert [row.pk for row in draft.cities.all()] == list(after.values())


def test_a_row_that_only_the_draft_has_stays_as_it_is(group):
    webinar = make.webinar(group, agenda=agenda())
    rows = [*json.loads(agenda()), {**json.loads(agenda())[0], "id": "row-3"}]
    webinar.agenda = json.dumps(rows)
    webinar.save_revision()

    actions.change_facts(
        actor=None, webinar=webinar, recordings={"row-1": "https://video.example.org/1"}
    )

    draft = make.fresh(webinar).get_latest_revision_as_object()
    assert draft.fact("agenda.recording_url") == {
        "row-1": "https://video.example.org/1",
        "row-2": "https://video.example.org/2",
        "row-3": "",
    }


def test_a_time_is_one_fact(webinar):
    """A draft with another end would otherwise end before it begins."""
    webinar.ends_at = LATER_START
    webinar.save_revision()

    actions.change_facts(actor=None, webinar=webinar, starts_at=LATER_START)

    draft = make.fresh(webinar).get_latest_revision_as_object()
    assert (draft.starts_at, draft.ends_at) == (LATER_START, make.fresh(webinar).ends_at)


def test_the_search_finds_it_as_it_is_now(webinar):
    actions.change_facts(actor=None, webinar=webinar, starts_at=LATER, ends_at=LATER_END)

    found = Webinar.objects.filter(starts_at__gte=LATER).search("Budgets", order_by_relevance=False)
    assert [page.pk for page in found] == [webinar.pk]
