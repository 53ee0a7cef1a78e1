"""The sample content comes once, whole, and then only its one event moves."""

import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Site, WorkflowPage, WorkflowState

from lpsa_wagtail.choices import GroupState, Outcome, Role, WebinarFormat
from lpsa_wagtail.importers.demo import accounts, drafts
from lpsa_wagtail.importers.demo.facts import Facts
from lpsa_wagtail.importers.demo.texts import Texts
from lpsa_wagtail.models import (
    BlogPost,
    Decision,
    Interest,
    Member,
    Membership,
    Proposal,
    Webinar,
    WorkingGroupPage,
    WorkingGroupRecord,
    WorkingGroupSettings,
)
from lpsa_wagtail.permissions import groups_led_by, may_go_live, why_not_decide
from tests import factories as make

TODAY = dt.date(2026, 3, 2)
FACTS = Facts()
#: Rows that come and go with reading, or that are computed from others.
NOT_COMPARED = {"indexentry", "sqliteftsindexentry", "session", "rendition"}


def run(**options) -> str:
    out = io.StringIO()
    call_command("lpsa_demo", stdout=out, **{"today": TODAY, **options})
    return out.getvalue()


def everything() -> dict:
    """Every row of every table, as it is now."""
    models = apps.get_models(include_auto_created=True)
    return {
        (model._meta.label, row["pk"]): row
        for model in models
        if model._meta.model_name not in NOT_COMPARED
        for row in model._base_manager.values("pk", *columns(model))
    }


def columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def changes(before: dict, after: dict) -> dict:
    """Table → columns that changed; "new" and "gone" for rows that came and went."""
    found: dict = {}
    for table, pk in before.keys() | after.keys():
        old, new = before.get((table, pk)), after.get((table, pk))
        if old is None or new is None:
            found.setdefault(table, set()).add("new" if old is None else "gone")
        elif old != new:
            found.setdefault(table, set()).update(name for name in new if new[name] != old[name])
    return found


def titles(model, **filters):
    return Counter(model.objects.filter(**filters).values_list("title", flat=True))


def files_stored() -> set:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


class TheSampleContent(TestCase):
    """Loaded once for all of these; what a test changes is taken back after it."""

    @classmethod
    def setUpTestData(cls):
        cls.printed = run(with_accounts=True)
        cls.mails = list(mail.outbox)  # emptied before each test
        cls.users = {user.username: user for user in get_user_model().objects.all()}

    def setUp(self):
        self.users = {name: get_user_model().objects.get(username=name) for name in self.users}

    def waiting(self, title):
        return WorkflowState.objects.get(
            object_id=Page.objects.get(title=title).pk, status=WorkflowState.STATUS_IN_PROGRESS
        ).current_task_state.specific

    def may_decide(self, title) -> set:
        state = self.waiting(title)
        page, task = state.revision.content_object, state.task.specific
        return {
            name
            for name, user in self.users.items()
            if not why_not_decide(user=user, page=page, task=task)
        }

    def test_groups_are_those_of_the_facts(self):
        groups = {group.slug: group for group in WorkingGroupPage.objects.all()}
        vocabulary = Interest.objects.vocabulary()

        assert {
            slug: (g.title, g.designation_label, g.focus, {w.slug for w in g.interests_shown})
            for slug, g in groups.items()
            if g.live
        } == {
            fact["slug"]: (
                fact["name"],
                fact["designation"],
                fact["focus"],
                {vocabulary.find(slug).slug for slug in fact["interests"]},
            )
            for fact in FACTS.groups
            if fact["state"] != "proposed"
        }
        assert groups["localizing-sdgs"].get_latest_revision_as_object().designation_label == (
            "LPSA Expert Working Group"
        )

    def test_states_and_beginnings_are_those_of_the_facts(self):
        records = {r.page.slug: r for r in WorkingGroupRecord.objects.select_related("page")}

        # What was submitted for establishment is in review.
        expected = {fact["slug"]: fact["state"] for fact in FACTS.groups}
        assert {slug: record.state for slug, record in records.items()} == {
            **expected,
            "localizing-sdgs": GroupState.IN_REVIEW,
        }
        assert records["gender-equity"].established_on == dt.date(2023, 11, 29)
        assert records["mena"].established_on == timezone.localdate()
        assert records["localizing-sdgs"].established_on is None

    def test_the_group_in_review_has_a_proposal_with_plan_and_leaders(self):
        [proposal] = Proposal.objects.all()
        assert proposal.record.page.slug == "localizing-sdgs"
        assert proposal.proposed_by == proposal.record.page.owner
        assert proposal.plan.startswith("Four open meetings")
        names = proposal.leaders.values_list("name", flat=True)
        assert set(names) == {"Hana Kuroiwa", "Lucía Barrenechea Soto"}

    def test_groups_have_the_chairs_and_coordinators_of_the_facts(self):
        roles = Membership.objects.on().drafting().filter(accepted_at__isnull=False)
        seen = Counter(roles.values_list("group__page__slug", "role"))

        for fact in FACTS.groups:
            assert seen[fact["slug"], Role.CO_CHAIR] == fact["co_chairs_seen"]
            assert seen[fact["slug"], Role.COORDINATOR] == int(fact.get("coordinator", False))

    def test_posts_and_events_have_their_real_titles(self):
        ours = {text["title"] for text in Texts().ours.values()}

        assert titles(BlogPost, live=True) == Counter(item["title"] for item in FACTS.posts)
        assert titles(Webinar, live=True) - Counter(ours) == Counter(
            item["title"] for item in FACTS.events
        )

    def test_events_have_their_times_series_and_hosts(self):
        for item in FACTS.events:
            event = Webinar.objects.get(title=item["title"])
            times = FACTS.times(item)
            assert (event.starts_at, event.ends_at, event.time_zone) == (
                times.starts_at,
                times.ends_at,
                times.time_zone,
            )
            assert event.series == item.get("series", "")
            assert [host.name for host in event.co_hosts.all()] == item.get("co_hosts", [])

    def test_pages_lie_where_they_belong(self):
        places = Counter(
            (type(page).__name__, page.format if isinstance(page, Webinar) else "", above)
            for model in (BlogPost, Webinar)
            for page in model.objects.live()
            if (above := page.get_parent().specific_class.__name__)
        )

        assert places == {
            ("BlogPost", "", "WorkingGroupPage"): 13,
            ("BlogPost", "", "BlogIndexPage"): 25,
            ("Webinar", WebinarFormat.WEBINAR, "WorkingGroupPage"): 8,
            ("Webinar", WebinarFormat.OPEN_MEETING, "WorkingGroupPage"): 16,
            ("Webinar", WebinarFormat.OPEN_MEETING, "WebinarIndexPage"): 4,
            ("Webinar", WebinarFormat.WORKSHOP, "WebinarIndexPage"): 2,
            ("Webinar", WebinarFormat.CONFERENCE, "WebinarIndexPage"): 1,
        }

    def test_an_event_of_a_group_outside_its_page_is_credited_to_it(self):
        workshop = Webinar.objects.get(title__contains="(workshop, Nairobi)")

        assert [group.slug for group in workshop.joint_groups.all()] == ["sub-saharan-africa"]

    def test_a_post_has_its_date_subtitle_source_and_labels(self):
        post = BlogPost.objects.get(title__startswith="Explainer")

        assert (post.listed_on, post.first_published_at.date()) == (
            dt.date(2023, 5, 9),
            dt.date(2023, 5, 9),
        )
        assert post.subtitle.startswith("Many local institutions mimic")
        assert (post.original_source_name, post.original_source_url) == (
            "Decentralization.Net",
            "https://decentralization.net/2023/05/"
            "explainer-what-is-a-local-government-and-why-does-it-matter/",
        )
        assert [word.slug for word in post.interests_shown] == ["decentralization", "logica"]

    def test_all_that_is_live_is_public_by_a_decision_of_the_kind_installation(self):
        for model in (WorkingGroupPage, BlogPost, Webinar):
            live = list(model.objects.live())
            assert [page.title for page in live if not may_go_live(page)] == []
            assert len(live) == model.objects.public(Site.objects.get()).count()
        assert set(Decision.objects.values_list("outcome", flat=True)) == {Outcome.INSTALLATION}

    def test_drafts_wait_for_who_decides_on_them(self):
        board = {"board", "boardchair"}

        assert WorkflowState.objects.count() == 3
        assert self.may_decide("Five questions before you read a county budget") == board
        assert self.may_decide("Webinar: Small towns and their water") == board
        assert self.may_decide("Localizing the SDGs") == {"boardchair"}

    def test_two_drafts_are_not_sent_yet(self):
        waiting = WorkflowState.objects.values_list("object_id", flat=True)
        drafts_left = BlogPost.objects.not_live().exclude(pk__in=[int(pk) for pk in waiting])

        assert {(page.title, page.owner.username) for page in drafts_left} == {
            ("Notes from a visit to two market towns", "cochair"),
            ("What helps women stay in local office", "coordinator"),
        }

    def test_one_event_is_to_come_and_printed_for_several_cities(self):
        event = Webinar.objects.get(title="Open meeting: What a district budget can tell")

        assert event.starts_at == dt.datetime(2026, 3, 25, 12, tzinfo=dt.UTC)
        assert [city for city, _time in event.city_times] == [
            *("Nairobi", "Lagos", "Johannesburg"),
            *("London", "New York", "Kolkata"),
        ]

    def test_sample_logins_are_printed_and_open(self):
        rows = dict(re.findall(r"^  (\w+) +(\S{12,}) ", self.printed, re.M))

        assert set(rows) == {account.username for account in accounts.ACCOUNTS}
        for name, password in rows.items():
            assert self.users[name].check_password(password)
        assert "What to try in five minutes:" in self.printed

    def test_logins_have_the_rights_of_their_roles(self):
        admin = {name for name, u in self.users.items() if u.has_perm("wagtailadmin.access_admin")}

        assert admin == set(self.users) - {"exchair"}
        assert {
            (name, record.page.slug)
            for name, user in self.users.items()
            for record in groups_led_by(user)
        } == {("cochair", "sub-saharan-africa"), ("coordinator", "gender-equity")}

    def test_nobody_gets_a_mail(self):
        assert self.mails == []

    def test_all_addresses_lead_nowhere(self):
        addresses = [
            *get_user_model().objects.values_list("email", flat=True),
            *Member.objects.values_list("email", flat=True),
            *WorkingGroupPage.objects.values_list("contact_email", flat=True),
            *WorkingGroupSettings.objects.values_list("join_email", flat=True),
        ]

        assert {address.partition("@")[2] for address in addresses} == {"example.org"}

    def test_pictures_say_what_they_show_and_lie_where_co_chairs_find_them(self):
        record = WorkingGroupPage.objects.get(slug="asia").record
        pictures = get_image_model().objects.filter(collection=record.collection)

        assert {picture.title: picture.description for picture in pictures} == {
            "Terrain in jade green (sample)": (
                "Abstract drawing in jade green: hills one behind the other, below a sun"
            ),
            "City in jade green (sample)": (
                "Abstract drawing in jade green: rows of houses with lit windows"
            ),
        }

    def test_the_tree_is_sound(self):
        assert Page.find_problems() == ([], [], [], [], [])

    def test_a_second_run_on_the_same_day_changes_nothing(self):
        before = everything()

        printed = run(with_accounts=True)

        assert printed.startswith("The sample content was in; nothing was to do.")
        assert changes(before, everything()) == {}

    def test_later_only_the_one_event_moves(self):
        before = everything()

        printed = run(today=TODAY + dt.timedelta(days=40), with_accounts=True)

        assert printed.startswith("The sample content was in. Its upcoming webinar was moved.")
        assert changes(before, everything()) == {
            "lpsa_wagtail.Webinar": {"starts_at", "ends_at"},
            "wagtailcore.Revision": {"content"},
            "wagtailcore.PageLogEntry": {"new"},
        }
        event = Webinar.objects.get(title="Open meeting: What a district budget can tell")
        assert event.starts_at == dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC)
        assert event.get_latest_revision_as_object().starts_at == event.starts_at
        assert (event.live, may_go_live(event)) == (True, True)

    def test_what_an_editor_removed_stays_removed(self):
        Webinar.objects.get(title="Open meeting: What a district budget can tell").delete()
        before = everything()

        run(today=TODAY + dt.timedelta(days=40), with_accounts=True)

        assert changes(before, everything()) == {}


def test_a_site_with_content_of_its_own_is_left_alone_unless_told():
    group = make.group(title="Our own", slug="asia")
    member = make.MemberFactory()

    with pytest.raises(CommandError) as refusal:
        run()
    assert str(refusal.value) == (
        "This site has content of its own (working groups, members). Sample content would be "
        "mixed with it. To have it all the same, add --into-existing."
    )
    assert WorkingGroupPage.objects.count() == 1

    printed = run(into_existing=True)

    # Nobody asked for accounts, and DEBUG is off.
    assert printed == "The sample content is in.\n"
    assert get_user_model().objects.count() == 0
    assert set(WorkflowState.objects.values_list("requested_by", flat=True)) == {None}
    # What was there is as it was.
    assert make.fresh(group).slug == "asia"
    assert WorkingGroupPage.objects.get(title="Asia").slug == "asia-2"
    assert Member.objects.filter(pk=member.pk).exists()
    assert [index.introduction for index in group.get_parent().specific_class.objects.all()] == [""]

    run(into_existing=True, with_accounts=True)

    # Accounts that come later join the people who are there.
    joined = Member.objects.filter(user__isnull=False).values_list("name", "user__username")
    assert dict(joined) == {
        "Amina Wekesa": "cochair",
        "Leïla Benkacem": "coordinator",
        "Raghav Menonkar": "exchair",
    }
    cochair = get_user_model().objects.get(username="cochair")
    assert [record.page.title for record in groups_led_by(cochair)] == ["Sub-Saharan Africa"]


def test_a_load_that_breaks_off_leaves_nothing():
    WorkflowPage.objects.all().delete()
    before, files = everything(), files_stored()

    with pytest.raises(CommandError, match="No workflow is assigned here"):
        run(with_accounts=True)

    assert changes(before, everything()) == {}
    assert files_stored() == files


def test_an_address_that_is_taken_is_named():
    make.MemberFactory(email="amina@example.org")

    with pytest.raises(CommandError) as refusal:
        run(into_existing=True)

    assert str(refusal.value) == (
        "The sample content would enter amina@example.org, which is in the register already."
    )


def test_setup_comes_first():
    make.index_page(make.models.BlogIndexPage).delete()

    with pytest.raises(CommandError, match="Run lpsa_setup first"):
        run()


def test_simple_passwords_are_printed_again_until_they_are_changed():
    made = accounts.make_accounts(simple_passwords=True)

    assert made[0] == accounts.Login("cochair", "cochair-sample", "co-chair of Sub-Saharan Africa")
    assert accounts.known_logins() == made
    cochair = get_user_model().objects.get(username="cochair")
    cochair.set_password("my own")
    cochair.save()
    assert {login.password for login in accounts.known_logins()} == {""}


@pytest.mark.parametrize("weeks", [3, 7])
def test_the_event_is_on_a_wednesday_some_weeks_ahead_whatever_the_day(weeks):
    text = Texts().ours["upcoming"]
    first = dt.date(2026, 1, 1)

    for today in (first + dt.timedelta(days=n) for n in range(730)):
        times = drafts.upcoming_times(text, today, weeks=weeks)
        local = times.starts_at.astimezone(dt.timezone(dt.timedelta(hours=3)))
        ahead = (local.date() - today).days
        assert (local.weekday(), local.hour, local.minute) == (2, 15, 0)
        assert weeks * 7 <= ahead < weeks * 7 + 7
        assert times.ends_at - times.starts_at == dt.timedelta(minutes=90)
