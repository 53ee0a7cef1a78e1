"""What somebody reads before they decide."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogPostAuthor
from lpsa_wagtail.permissions import Review, content_hash, differences
from tests import factories as make


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def chair(group):
    return make.leader(of=group)


def submitted(page, by):
    return actions.matter_of(task_state=make.submit(make.fresh(page), by=by))


def changed(page, by, **fields):
    """The page with a newer version that differs in these fields."""
    page = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


def found(review) -> list:
    """Headings of the comparisons, each with the fields that differ."""
    return [
        (comparison.heading, [difference.label for difference in comparison.differences])
        for comparison in review.comparisons
    ]


def test_a_new_post_is_compared_with_nothing(group, chair):
    page = make.draft(make.BlogPostFactory, group, owner=chair, title="New")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    assert found(review) == []
    assert (review.title, review.kind, review.group) == ("New", "blog post", group)
    assert (review.submitted_by, review.hands) == (chair, [chair])
    assert review.seen == content_hash(page)
    assert review.why_not == ""


def test_a_change_is_compared_with_what_is_live(group, chair):
    page = changed(make.post(group), chair, title="Other", summary="Other words.")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    assert found(review) == [("Compared with what is live", ["Title", "Summary"])]


def test_what_was_taken_down_is_compared_with_what_was_approved_last(group, chair):
    page = make.post(group)
    actions.take_down(actor=make.secretary(), page=page, reason="A mistake.")
    page = changed(make.fresh(page), chair, summary="Corrected.")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    assert found(review) == [("Compared with what was approved last", ["Summary"])]


def test_what_waits_for_its_date_is_one_more_thing_to_compare_with(group, chair):
    later = dt.datetime(2990, 1, 1, tzinfo=dt.UTC)
    page = changed(make.post(group), chair, title="Dated", go_live_at=later)
    state = make.submit(make.fresh(page), by=chair)
    actions.decide(actor=make.board_member(), task_state=state, action="approve")
    page = changed(make.fresh(page), chair, summary="Later.")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    assert [(heading, set(labels)) for heading, labels in found(review)] == [
        ("Compared with what is live", {"Title", "Summary", "Go live date/time"}),
        ("Compared with what was approved last", {"Summary"}),
    ]


def test_without_a_difference_it_says_so(group, chair):
    page = make.post(group)
    actions.take_down(actor=make.secretary(), page=page, reason="By mistake.")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    assert found(review) == [("Compared with what was approved last", [])]


def printed(review) -> BeautifulSoup:
    html = render_to_string("lpsa_wagtail/reviewing/comparisons.html", {"review": review})
    return BeautifulSoup(html, "html.parser")


def test_differences_are_read_without_style(group, chair):
    page = changed(make.post(group, title="Old name"), chair, title="New <b>name</b>")
    review = Review(matter=submitted(page, chair), user=make.board_member())

    shown = printed(review).select_one("dd")

    assert [(tag.name, tag.get_text()) for tag in shown.find_all(True)] == [
        ("del", "Old name"),
        ("ins", "New <b>name</b>"),
    ]


def test_rows_and_blocks_say_in_words_what_became_of_them(group, chair):
    before = make.post(group)
    page = changed(
        before,
        chair,
        authors=[BlogPostAuthor(name="Ama")],
        body=[("paragraph", "<p>Something else.</p>")],
    )
    one, two = differences(make.fresh(before), page)

    assert [(row.what, [str(html) for _label, html in row.fields]) for row in one.rows] == [
        ("Added", ["<ins>Ama</ins>", "<ins></ins>"])
    ]
    words = BeautifulSoup(two.html, "html.parser").select("strong")
    assert {word.get_text() for word in words} == {"Added", "Removed"}


def test_who_wrote_it_reads_why_they_do_not_decide(group, chair):
    chair.groups.add(make.group_made(make.BOARD))
    page = make.draft(make.BlogPostFactory, group, owner=chair)
    review = Review(matter=submitted(page, chair), user=chair)

    assert review.may_see is True
    assert review.why_not == "You wrote or submitted this, so somebody else must decide."


def test_what_was_decided_shows_no_later_draft(group, chair):
    page = make.draft(make.BlogPostFactory, group, owner=chair, title="As submitted")
    matter = submitted(page, chair)
    member = make.board_member()
    actions.decide(actor=member, task_state=matter.task_state, action="reject", comment="Why?")
    changed(make.fresh(page), chair, title="A private draft")
    review = Review(matter=matter, user=member)

    assert (review.is_open, review.title, review.comparisons) == (False, "As submitted", [])
    assert review.why_not == "Somebody has decided on this."
    assert [(d.who, d.get_outcome_display(), d.comment) for d in review.decisions] == [
        (member, "Changes requested", "Why?")
    ]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("board", True),
        ("secretariat", True),
        ("author", False),
        ("other leader", False),
        ("visitor", False),
        ("closed account", False),
    ],
)
def test_who_may_see_it(who, may, group, chair):
    matter = submitted(make.draft(make.BlogPostFactory, group, owner=chair), chair)
    closed = make.board_member()
    closed.is_active = False
    people = {
        "board": make.board_member,
        "secretariat": make.secretary,
        "author": lambda: chair,
        "other leader": lambda: make.leader(of=make.group()),
        "visitor": make.UserFactory,
        "closed account": lambda: closed,
    }

    assert Review(matter=matter, user=people[who]()).may_see is may
