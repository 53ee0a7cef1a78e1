"""Taking down, losing a date, showing to more people."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState, Outcome
from lpsa_wagtail.exceptions import NotAllowed, NotDecided
from lpsa_wagtail.models import BlogPost, Decision, WorkingGroupIndexPage, WorkingGroupRecord
from tests import factories as make


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def post(group):
    return make.post(group)


def newest(page):
    return Decision.objects.filter(page_id=page.pk).first()


def test_the_secretariat_takes_down_with_a_reason(post):
    secretary = make.secretary()

    page = actions.take_down(actor=secretary, page=post, reason="A wrong figure.")

    decision = newest(post)
    assert (page.live, decision.outcome, decision.comment, decision.actor) == (
        False,
        Outcome.WITHDRAWN,
        "A wrong figure.",
        secretary,
    )
    assert Decision.objects.filter(page_id=post.pk, outcome=Outcome.WITHDRAWN).count() == 1
    with pytest.raises(NotDecided):
        make.fresh(post).get_latest_revision().publish()


def test_taking_down_a_group_takes_its_pages_if_asked(group, post):
    actions.take_down(
        actor=make.secretary(), page=group, reason="Dissolved.", include_descendants=True
    )

    assert (make.fresh(group).live, make.fresh(post).live) == (False, False)


def test_nobody_takes_down_without_a_reason(post):
    with pytest.raises(NotAllowed, match="Say why"):
        actions.take_down(actor=make.secretary(), page=post, reason=" ")

    assert make.fresh(post).live is True


@pytest.mark.parametrize("who", ["leader", "board_member", "board_chair"])
def test_others_do_not_take_down(who, group, post):
    person = make.leader(of=group) if who == "leader" else getattr(make, who)()

    with pytest.raises(NotAllowed):
        actions.take_down(actor=person, page=post, reason="Because.")

    assert make.fresh(post).live is True


def test_taking_down_twice_is_noted_once(post):
    first, second = make.fresh(post), make.fresh(post)
    first.unpublish()
    second.unpublish()

    assert Decision.objects.filter(page_id=post.pk, outcome=Outcome.WITHDRAWN).count() == 1


@pytest.fixture
def dated(group):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    page = make.draft(make.BlogPostFactory, group, go_live_at=tomorrow)
    return actions.install_page(actor=None, page=page)


def unschedule(page):
    revision = page.scheduled_revision
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    return revision


def test_what_lost_its_date_is_approved_no_more(dated):
    revision = unschedule(dated)

    assert newest(dated).outcome == Outcome.RECALLED
    with pytest.raises(NotDecided):
        revision.publish()
    BlogPost.objects.filter(pk=dated.pk).update(live=True)
    assert BlogPost.objects.public().filter(pk=dated.pk).count() == 0


def test_what_is_live_stays_when_the_next_version_loses_its_date(post):
    post.title, post.go_live_at = "Next", timezone.now() + dt.timedelta(days=1)
    post.save_revision()
    actions.install_page(actor=None, page=post)

    unschedule(make.fresh(post))

    stored = make.fresh(post)
    stored.save()
    assert (stored.live, BlogPost.objects.public().get().pk) == (True, post.pk)


def test_two_runs_of_the_scheduler_publish_once(dated):
    revision = dated.scheduled_revision
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision.save()
    late = type(revision).objects.get(pk=revision.pk)
    revision.content["go_live_at"] = None
    actions.record_decision(
        actor=None,
        content=revision.as_object(),
        outcome=Outcome.INSTALLATION,
        stage="content",
    )
    revision.save()

    call_command("publish_scheduled", stdout=io.StringIO())
    at = make.fresh(dated).last_published_at
    late.publish(log_action="wagtail.publish.scheduled")

    assert (make.fresh(dated).live, make.fresh(dated).last_published_at) == (True, at)


def test_approval_for_a_later_date_does_not_establish_a_group_yet():
    tomorrow = timezone.now() + dt.timedelta(days=1)
    index = make.index_page(WorkingGroupIndexPage)
    page = make.draft(make.WorkingGroupPageFactory, index, go_live_at=tomorrow)

    actions.install_page(actor=None, page=page)

    record = WorkingGroupRecord.objects.get(translation_key=page.translation_key)
    assert (record.state, record.established_on) == (GroupState.PROPOSED, None)


def restrict(page, **fields):
    return PageViewRestriction.objects.create(page=page, restriction_type="login", **fields)


def test_a_restriction_is_set_at_once_and_not_lifted_while_something_is_live(post):
    restriction = restrict(post)
    restriction.restriction_type = "password"

    with pytest.raises(NotDecided, match="Take it down"):
        restriction.save()
    with pytest.raises(NotDecided, match="Take it down"), transaction.atomic():
        restriction.delete()

    assert PageViewRestriction.objects.get().restriction_type == "login"


def test_groups_come_with_a_new_restriction_and_are_not_added_later(post):
    secretary, other = make.secretary(), make.board_member()
    restriction = restrict(post)
    restriction.groups.set(secretary.groups.all())

    stored = PageViewRestriction.objects.get()
    with pytest.raises(NotDecided), transaction.atomic():
        stored.groups.add(*other.groups.all())

    assert set(stored.groups.all()) == set(secretary.groups.all())


def test_a_restriction_over_nothing_live_is_lifted_by_anybody_who_may(group, post):
    restriction = restrict(post)
    actions.take_down(actor=make.secretary(), page=post, reason="To be shown to all.")

    restriction.delete()

    assert PageViewRestriction.objects.count() == 0


def test_a_restricted_page_can_be_deleted(post):
    restrict(post)

    post.delete()

    assert PageViewRestriction.objects.count() == 0


def test_only_an_administrator_lifts_a_restriction_and_the_board_is_told(
    group, post, django_user_model
):
    restrict(group)
    administrator = django_user_model.objects.create_superuser("root")

    with pytest.raises(NotAllowed):
        actions.lift_restriction(actor=make.secretary(), page=group, reason="All may see it.")
    actions.lift_restriction(actor=administrator, page=group, reason="All may see it.")

    assert PageViewRestriction.objects.count() == 0
    assert (newest(group).outcome, newest(group).comment) == (Outcome.OVERRIDE, "All may see it.")
