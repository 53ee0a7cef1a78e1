"""What is kept of the lists is exact: after every change, and when time passes."""

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.models import BlogPost, PublicClock, WorkingGroupRecord
from lpsa_wagtail.models.listings import PostListing, WebinarListing, catalogue
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
QUERIES = ("", "topic=water", "q=post", "order=title", "exact=1&topic=water", "page=2")


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_elsewhere(settings):
    settings.LPSA_PAGE_SIZE = 2
    catalogue._kept.clear()
    yield
    catalogue._kept.clear()


def told(site):
    """All that two lists tell, for several addresses of each."""
    return [
        (kind.__name__, query, *_told(kind(site=site, params=QueryDict(query))))
        for kind in (PostListing, WebinarListing)
        for query in (*QUERIES, *(("when=upcoming",) if kind is WebinarListing else ()))
    ]


def _told(listing):
    if listing.count <= 2:
        listing.params["page"] = ""
    titles = [page.title for page in listing.page]
    counts = [(f.name, o.value, o.count) for f in listing.facets for o in f.options]
    return listing.count, titles, counts


@pytest.fixture
def world(site):
    water = make.InterestFactory(name="Water", slug="water")
    old = make.InterestFactory(name="Old name", slug="old-name")
    group = make.group(title="Finance", slug="finance")
    now = timezone.now().replace(microsecond=0)
    for number in range(3):
        make.post(group, title=f"Post {number}", interests=[old if number == 2 else water])
    times = {"starts_at": now + dt.timedelta(hours=1), "ends_at": now + dt.timedelta(hours=2)}
    webinar = make.webinar(group, title="Soon", interests=[water], **times)
    actions.note_public_changes(actor=None, everything=True)
    return {
        "group": group,
        "water": water,
        "old": old,
        "webinar": webinar,
        "post": BlogPost.objects.first(),
    }


def changes(world):
    """Name → what changes the lists, in order."""
    group, post = world["group"], world["post"]
    record = WorkingGroupRecord.objects.get(translation_key=group.translation_key)

    def state(value):
        record.state = value
        record.save()

    return {
        "published": lambda: make.post(group, title="Another post", interests=[world["water"]]),
        "taken down": lambda: make.fresh(post).unpublish(),
        "restricted": lambda: PageViewRestriction.objects.create(
            page=group, restriction_type="login"
        ),
        "open again": lambda: PageViewRestriction.objects.all().delete(),
        "a word merged": lambda: actions.merge_interests(
            actor=None, word=world["old"], into=world["water"]
        ),
        "dissolved": lambda: state(GroupState.DISSOLVED),
        "back": lambda: state(GroupState.ACTIVE),
        "deleted": lambda: make.fresh(world["webinar"]).delete(),
    }


def test_after_every_change_the_lists_tell_what_they_would_tell_without(site, world):
    said = [told(site)]
    for name, change in changes(world).items():
        change()
        kept = told(site)
        catalogue._kept.clear()
        assert kept == told(site), name
        assert kept != said[-1], name
        said.append(kept)


def test_an_event_is_past_when_it_is_over(site, world):
    def upcoming():
        return WebinarListing(site=site, params=QueryDict("when=upcoming")).count

    assert upcoming() == upcoming() == 1
    for hours, number in ((1.5, 1), (2.1, 0), (0, 1)):
        with time_machine.travel(timezone.now() + dt.timedelta(hours=hours), tick=False):
            assert upcoming() == number


def test_what_is_kept_takes_the_clock_and_what_one_page_shows(site, world):
    def queries(query=""):
        with CaptureQueriesContext(connection) as seen:
            _told(PostListing(site=site, params=QueryDict(query)))
        return len(seen)

    first = queries()
    # Clock, groups, words, and of the posts shown: themselves, authors (their pictures have none).
    assert (first - queries(), queries(), queries("topic=water")) == (3, 5, 5)
    assert first - queries("order=title") == 0


def test_in_a_transaction_nothing_is_kept(site, world):
    with transaction.atomic():
        told(site)
    assert catalogue._kept == {}


def test_without_a_clock_nothing_is_kept(site, world):
    PublicClock.objects.all().delete()
    assert told(site)
    assert catalogue._kept == {}


def test_what_sql_takes_down_is_not_shown_and_soon_not_counted(site, world, settings):
    before = PostListing(site=site, params=QueryDict("order=title"))
    assert [page.title for page in before.page] == ["Post 0", "Post 1"]
    BlogPost.objects.filter(title="Post 0").update(live=False)

    shown = PostListing(site=site, params=QueryDict("order=title"))
    assert [page.title for page in shown.page] == ["Post 1"]
    settings.LPSA_API_MAX_AGE = 0
    assert PostListing(site=site, params=QueryDict("order=title")).count == 2
