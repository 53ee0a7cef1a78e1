"""What is noted of the public site: each thing that came, changed or went, in one order."""

import datetime as dt

import pytest
import time_machine
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction, Site

from lpsa_wagtail import actions, models
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import Change, Publication, PublicClock
from lpsa_wagtail.signals import public_changed
from tests import factories as make


def note(**what):
    """Note and return (kind, type, slug) of what was noted."""
    noted = actions.note_public_changes(actor=None, **(what or {"everything": True}))
    return [(change.kind, change.noun, change.slug) for change in noted]


def forget_words():
    models.Interest.objects.update(parent=None)
    models.Interest.objects.all().delete()


@pytest.fixture
def nothing_noted():
    for model in (Change, Publication, PublicClock):
        QuerySet(model).delete()


@pytest.fixture
def group():
    """A group that is noted, as all else that is there."""
    group = make.group(slug="finance")
    note()
    return group


def test_the_first_time_everything_public_is_noted_as_published(nothing_noted):
    forget_words()
    make.InterestFactory(slug="water")
    group = make.group(slug="finance")
    make.post(group, slug="money")
    make.webinar(group, slug="talk")
    make.draft(make.BlogPostFactory, group, slug="draft")

    assert note() == [
        ("published", "interest", "water"),
        ("published", "group", "finance"),
        ("published", "webinar", "talk"),
        ("published", "post", "money"),
    ]
    assert note() == []


def test_numbers_rise_one_by_one_and_the_clock_says_the_last(group):
    before = PublicClock.objects.now().number
    make.post(group)
    make.post(group)

    note()

    numbers = list(Change.objects.after(before).values_list("number", flat=True))
    assert numbers == [before + 1, before + 2]
    assert PublicClock.objects.now().number == before + 2


def test_only_what_lies_below_the_named_places_is_looked_at(group):
    other = make.group()
    make.post(group, slug="here")
    make.post(other, slug="there")

    assert note(paths=[group.path]) == [("published", "post", "here")]
    assert [slug for _kind, _noun, slug in note()] == [other.slug, "there"]


def test_a_new_publication_is_a_change(group):
    post = make.post(group, slug="money")
    note()

    post.title = "Other"
    post.save_revision()
    actions.install_page(actor=None, page=make.fresh(post))

    assert note() == [("changed", "post", "money")]


def test_a_draft_its_submission_and_its_refusal_are_none(group):
    author = make.leader(of=group)
    post = make.post(group)
    note()
    post.title = "Secret"
    post.save_revision(user=author)
    state = make.submit(make.fresh(post), author)
    actions.decide(actor=make.board_member(), task_state=state, action="reject", comment="No.")
    make.submit(make.draft(make.BlogPostFactory, group, owner=author), author)

    assert note() == []


@pytest.mark.parametrize(
    ("facts", "noted"),
    [
        ({"venue": "Hall"}, True),
        ({"cities": ["Asia/Tokyo"]}, True),
        ({"attendance": 0}, True),
        ({"recordings": {"a": "https://example.org/"}}, True),
        ({"status": "scheduled"}, False),
    ],
)
def test_a_change_of_facts_is_a_change(group, facts, noted):
    agenda = [{"type": "row", "id": "a", "value": {"title": "A", "contributors": []}}]
    webinar = make.webinar(group, slug="talk", agenda=agenda)
    note()

    actions.change_facts(actor=None, webinar=webinar, **facts)

    assert note() == ([("changed", "webinar", "talk")] if noted else [])


def test_a_webinar_that_begins_and_one_that_ends_are_changes(group):
    with time_machine.travel("2030-05-07 12:59:59Z", tick=False) as clock:
        webinar = make.webinar(group, slug="talk")
        phases = [(webinar.phase, note())]
        for moment in ("13:00:00", "14:30:00", "14:30:01"):
            clock.move_to(f"2030-05-07 {moment}Z")
            phases.append((webinar.phase, note()))

    changed = [("changed", "webinar", "talk")]
    assert phases == [
        ("announced", [("published", "webinar", "talk")]),
        ("happening", changed),
        ("happening", []),
        ("held", changed),
    ]


def test_a_role_is_a_change_of_its_group_when_it_begins_and_when_it_ends(group):
    with time_machine.travel("2030-01-01 12:00Z", tick=False) as clock:
        make.MembershipFactory(
            group=group.record,
            start=dt.date(2030, 1, 3),
            end=dt.date(2030, 1, 4),
            accepted_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC),
        )
        noted = {}
        for day in range(1, 7):
            clock.move_to(dt.datetime(2030, 1, day, 12, tzinfo=dt.UTC))
            noted[day] = note()

    changed = [("changed", "group", "finance")]
    assert {day: found for day, found in noted.items() if found} == {3: changed, 5: changed}


def test_a_role_that_nobody_sees_is_none(group):
    make.MembershipFactory(group=group.record)

    assert note() == []


def test_what_is_closed_is_taken_down_and_comes_back_when_opened(group):
    make.post(group, slug="money")
    note()
    restriction = PageViewRestriction(page=Page.objects.get(pk=group.pk), restriction_type="login")
    restriction.save()

    closed = note()
    PageViewRestriction.objects.filter(pk=restriction.pk)._raw_delete("default")

    assert closed == [("taken-down", "post", "money"), ("taken-down", "group", "finance")]
    assert note() == [("published", "group", "finance"), ("published", "post", "money")]


def test_what_lies_in_a_dissolved_group_is_dissolved(group):
    make.post(group, slug="money")
    note()
    models.WorkingGroupRecord.objects.filter(pk=group.record.pk).update(state=GroupState.DISSOLVED)

    assert note() == [("dissolved", "post", "money"), ("dissolved", "group", "finance")]


def test_what_is_deleted_is_erased_also_after_it_was_taken_down(group):
    one, other = make.post(group, slug="one"), make.post(group, slug="other")
    note()
    one.unpublish()
    taken = note()
    one.delete()
    other.delete()

    assert taken == [("taken-down", "post", "one")]
    assert note() == [("erased", "post", "one"), ("erased", "post", "other")]
    assert note() == []
    assert not Publication.objects.filter(noun="post").exists()


def test_words_change_are_merged_and_go():
    forget_words()
    one, into, gone = (make.InterestFactory(slug=slug) for slug in ("one", "into", "gone"))
    note()
    models.InterestLabel.objects.create(interest=into, language="fr", label="Mot")
    changed = note(words=True)
    actions.merge_interests(actor=None, word=one, into=into)
    gone.delete()

    assert changed == [("changed", "interest", "into")]
    assert note(words=True) == [("erased", "interest", "one"), ("erased", "interest", "gone")]


def test_a_merger_changes_the_pages_that_carry_the_word(group):
    word, into = make.InterestFactory(), make.InterestFactory()
    make.post(group, slug="money", interests=[word])
    make.post(group)
    note()

    actions.merge_interests(actor=None, word=word, into=into)

    assert ("changed", "post", "money") in note()
    assert note() == []


def test_a_page_that_is_put_in_another_order_is_none(group):
    other = make.group()
    make.post(group)
    note()
    group.move(make.fresh(other), "right")

    assert note() == []
    assert Publication.objects.get(noun="group", object_id=group.pk).path == make.fresh(group).path


def test_what_moves_to_another_site_goes_in_one_and_comes_in_the_other(group):
    home = Page.objects.get(depth=1).add_child(title="Other", slug="other-home")
    other = Site.objects.create(hostname="other.example.org", root_page=home)
    number = PublicClock.objects.now().number
    make.index_page(models.WorkingGroupIndexPage).move(home, "last-child")

    assert note() == [("taken-down", "group", "finance"), ("published", "group", "finance")]
    here, there = (
        list(Change.objects.in_site(site).after(number).values_list("kind", flat=True))
        for site in (Site.objects.get(is_default_site=True), other)
    )
    assert (here, there) == (["taken-down"], ["published"])


def test_something_else_that_answers_show_only_moves_the_clock(group):
    number = PublicClock.objects.now().number

    assert note(surroundings=True) == []
    assert PublicClock.objects.now().number == number + 1


def test_nothing_is_written_while_nothing_was_ever_noted(nothing_noted):
    assert note(surroundings=True) == []
    assert PublicClock.objects.now() is None


def test_the_clock_is_in_whole_seconds_and_never_goes_back(group):
    with time_machine.travel("2030-01-01 12:00:00.7Z", tick=False):
        make.post(group)
        note()
    with time_machine.travel("2029-01-01 12:00:00Z", tick=False):
        make.post(group)
        note()

    assert PublicClock.objects.now().touched_at == dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
    assert Change.objects.latest("number").at == dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


def test_rows_are_never_changed(group):
    change = Change.objects.first()

    for act in (change.save, change.delete, Change.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        Change.objects.update(slug="x")


def test_who_listens_hears_of_it_once_it_is_committed(group, django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, changes, **kwargs):
        heard.append([change.slug for change in changes])

    make.post(group, slug="money")
    public_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        note()
        note(surroundings=True)
        note()
    public_changed.disconnect(listen)

    assert heard == [["money"], []]


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_as_many_queries_for_many_pages(group, number, django_assert_num_queries):
    for _each in range(number):
        make.post(group)
        make.webinar(group)
        make.group()

    with django_assert_num_queries(27):
        note()
    with django_assert_num_queries(10):
        note()
