"""What follows a signal where the host has more of Wagtail installed."""

import pytest
from django.apps import AppConfig, apps
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends.base import BaseBackend
from wagtail.models import Page, PageViewRestriction, Site

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Role
from lpsa_wagtail.models import Change, Interest, InterestLabel, Member, Publication, PublicClock
from tests import factories as make

forgotten: list[str] = []


class Remembering(BaseBackend):
    """A front-end cache that notes what it is asked to forget."""

    def purge(self, url):
        forgotten.append(url)


@pytest.fixture
def front_end_cache(monkeypatch, settings):
    """The host has one; gives what it was asked to forget."""
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Remembering"}}
    name = "wagtail.contrib.frontend_cache"
    config = AppConfig.create(name)
    config.apps, config.models = apps, {}  # it has none, and is asked for them
    monkeypatch.setitem(apps.app_configs, "wagtailfrontendcache", config)
    forgotten.clear()
    return forgotten


HOST = "http://localhost"
#: Our pages with lists, which show cards of everything.
LISTS = {f"{HOST}/working-groups/", f"{HOST}/blog/", f"{HOST}/webinars/"}
CHANGES = f"{HOST}/api/lpsa/v1/changes/"


def in_the_api(*paths):
    return {CHANGES, *(f"{HOST}/api/lpsa/v1/{path}" for path in paths)}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done inside is followed by what follows a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_the_front_end_cache_forgets_a_live_webinar_whose_facts_changed(front_end_cache, committed):
    with committed():
        group = make.group(slug="finance")
        webinar, draft = make.webinar(group), make.draft(make.WebinarFactory, group)
    forgotten.clear()

    with committed():
        for page in (webinar, draft):
            actions.change_facts(actor=None, webinar=page, venue="Hall")

    api = in_the_api("webinars/", f"webinars/{webinar.pk}/")
    assert set(forgotten) == {webinar.full_url, group.full_url, *LISTS, *api}


def test_the_front_end_cache_forgets_what_is_taken_down_and_what_is_deleted(
    front_end_cache, committed
):
    with committed():
        group = make.group(slug="finance")
        post = make.post(group)
    address, api = post.full_url, in_the_api("posts/", f"posts/{post.pk}/")

    for act in (post.unpublish, post.delete):
        forgotten.clear()
        with committed():
            act()
        assert set(forgotten) == {address, group.full_url, *LISTS, *api}


def test_the_front_end_cache_forgets_a_group_when_a_role_begins(front_end_cache, committed):
    with committed():
        group = make.group(slug="finance")
    forgotten.clear()

    with committed():
        make.MembershipFactory(group=group.record, accepted_at=timezone.now())

    assert set(forgotten) == {group.full_url, *LISTS, *in_the_api("groups/", "groups/finance/")}


def test_without_a_front_end_cache_nothing_is_asked_to_forget(front_end_cache, committed):
    apps.app_configs.pop("wagtailfrontendcache")

    with committed():
        make.post(make.group())

    assert forgotten == []


def leave_directory():
    member = Member.objects.get(pk=make.MemberFactory(in_directory=True).pk)
    member.in_directory = False
    member.save()


SURROUNDINGS = {
    "a picture is replaced": lambda: make.image().save(),
    "a document is renamed": lambda: make.document().save(),
    "a page of the host's is published": lambda: (
        Page.objects.get(depth=2).save_revision().publish()
    ),
    "a site is renamed": lambda: Site.objects.get().save(),
    "a person is listed": lambda: make.MemberFactory(in_directory=True),
    "a person is listed no more": lambda: leave_directory(),
}


@pytest.mark.parametrize("what", SURROUNDINGS)
def test_the_clock_moves_when(what, committed):
    before = PublicClock.objects.now().number

    with committed():
        SURROUNDINGS[what]()

    assert PublicClock.objects.now().number > before


UNSEEN = {
    "a new picture comes": lambda: make.image(),
    "a person is entered whom nobody sees": lambda: make.MemberFactory(),
    "such a person moves house": lambda: make.MemberFactory().save(),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_the_clock_stands_still_when(what, committed):
    before = PublicClock.objects.now().number

    with committed():
        UNSEEN[what]()

    assert PublicClock.objects.now().number == before


def test_a_role_that_nobody_sees_leaves_the_clock_alone(committed):
    with committed():
        group = make.group()
    before = PublicClock.objects.now().number

    with committed():
        make.MembershipFactory(group=group.record, role=Role.GUEST)

    assert PublicClock.objects.now().number == before


def noted(committed, act):
    before = PublicClock.objects.now().number
    with committed():
        act()
    return list(Change.objects.after(before).values_list("kind", "noun"))


def test_what_one_transaction_changes_is_looked_at_once(committed, django_assert_num_queries):
    group, other = make.group(), make.group()
    with committed():
        pass

    def act():
        for each in (group, other):
            make.post(each)

    assert [kind for kind, _noun in noted(committed, act)] == ["published"] * 4


def test_restrictions_states_and_words_are_followed(committed):
    with committed():
        group = make.group()
    page = Page.objects.get(pk=group.pk)
    record = group.record

    closed = noted(
        committed, lambda: PageViewRestriction.objects.create(page=page, restriction_type="login")
    )
    opened = noted(
        committed,
        lambda: actions.lift_restriction(
            actor=make.UserFactory(is_superuser=True), page=page, reason="A mistake."
        ),
    )
    record.state = "dissolved"
    dissolved = noted(committed, record.save)
    word = noted(committed, lambda: make.InterestFactory())
    label = noted(
        committed,
        lambda: InterestLabel.objects.create(
            interest=Interest.objects.latest("pk"), language="fr", label="Mot"
        ),
    )

    assert closed == [("taken-down", "group")]
    assert opened == [("published", "group")]
    assert dissolved == [("dissolved", "group")]
    assert (word, label) == ([("published", "interest")], [("changed", "interest")])


def test_who_publishes_hears_of_no_error(committed, monkeypatch, caplog):
    group = make.group()
    Publication.objects.all()._raw_delete("default")
    monkeypatch.setattr(PublicClock, "rise", None)

    with committed():
        make.post(group)

    assert "lpsa_tick tries again" in caplog.text
