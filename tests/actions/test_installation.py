"""Setup makes each thing once, and says so."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import (
    Collection,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lpsa_wagtail import actions
from lpsa_wagtail.actions.installation import INDEXES
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    InstallRecord,
    Interest,
    WebinarIndexPage,
)
from tests import factories as make

MADE = [
    "Made: the auth group “LPSA Advisory Board Chair”",
    "Made: the auth group “LPSA Advisory Board”",
    "Made: the auth group “LPSA Secretariat”",
    "Made: the auth group “LPSA Contributors”",
    "Made: the collection “Working groups”",
    "Made: the workflow “Establish a working group”",
    "Made: the workflow “Working group content”",
    "Made: the page “Working groups”, “working-groups” below “Welcome to your new Wagtail site!”",
    "Made: the page “Blog”, “blog” below “Welcome to your new Wagtail site!”",
    "Made: the page “Webinars”, “webinars” below “Welcome to your new Wagtail site!”",
    "Made: the rights of “LPSA Secretariat” on files and settings",
    "Made: the rights of “LPSA Secretariat” on deliveries",
    "Made: 42 words of the vocabulary",
]


def things_of_setup():
    models = (Group, Collection, Workflow, WorkflowTask, AdvisoryBoardApprovalTask, Page)
    models += (GroupPagePermission, Interest, InstallRecord)
    return {model: sorted(model.objects.values_list("pk", flat=True)) for model in models}


def install(site, **options):
    said = []
    actions.install(actor=None, site=site, say=said.append, **options)
    return said


@pytest.fixture
def bare(site):
    """The site as it was before setup."""
    for code in INDEXES:
        InstallRecord.objects.made(code, site=site).delete()
    for model in (Workflow, AdvisoryBoardApprovalTask, Group, Interest):
        if model is Interest:
            Interest.objects.update(parent=None)
        model.objects.all().delete()
    InstallRecord.objects.made("collection.groups").delete()
    InstallRecord.objects.all().delete()
    return site


def test_setup_says_each_thing_it_makes(bare):
    assert install(bare) == MADE


def test_setup_again_makes_nothing_and_says_nothing(bare):
    install(bare)
    before = things_of_setup()

    assert install(bare) == []
    assert things_of_setup() == before


def test_what_an_editor_removed_stays_removed(site):
    make.index_page(BlogIndexPage).delete()

    assert install(site) == []
    assert BlogIndexPage.objects.count() == 0


def test_what_an_editor_renamed_stays_renamed(site):
    make.group_made(make.BOARD).delete()
    secretariat = make.group_made(make.SECRETARIAT)
    secretariat.name = "Office"
    secretariat.save()

    assert install(site) == []
    assert not Group.objects.filter(name__in=["LPSA Secretariat", "LPSA Advisory Board"]).exists()


def test_a_slug_that_the_host_uses_is_left_to_the_host(bare):
    bare.root_page.add_child(instance=Page(title="Our blog", slug="blog"))
    bare.root_page.add_child(instance=Page(title="Our second blog", slug="blog-2"))

    said = install(bare)

    line = "Made: the page “Blog”, “blog-3” below “Welcome to your new Wagtail site!”"
    assert said.count(line) == 1
    assert Page.objects.get(slug="blog").title == "Our blog"


def test_a_root_page_that_takes_no_such_pages_is_named(bare):
    bare.root_page.add_child(instance=WebinarIndexPage(title="Home", slug="home-2"))
    bare.root_page = Page.objects.get(slug="home-2")
    bare.save()
    before = things_of_setup()

    with pytest.raises(SetupRefused) as refusal, transaction.atomic():
        install(bare)

    assert str(refusal.value) == (
        "“Home” takes no pages of these types below it. Add to subpage_types of "
        "lpsa_wagtail.models.webinars.WebinarIndexPage: "
        '"lpsa_wagtail.WorkingGroupIndexPage", "lpsa_wagtail.BlogIndexPage", '
        '"lpsa_wagtail.WebinarIndexPage". Or name another page with --parent.'
    )
    assert things_of_setup() == before


@pytest.fixture
def second(site):
    """Another site of the same installation."""
    home = Page(title="Second home", slug="second")
    Page.get_first_root_node().add_child(instance=home)
    return Site.objects.create(hostname="second.example.org", root_page=home)


def test_another_site_gets_index_pages_of_its_own_and_shares_the_rest(second):
    assert install(second) == [
        "Made: the page “Working groups”, “working-groups” below “Second home”",
        "Made: the page “Blog”, “blog” below “Second home”",
        "Made: the page “Webinars”, “webinars” below “Second home”",
    ]
    assert install(second) == []
    workflows = WorkflowPage.objects.filter(page__path__startswith=second.root_page.path)
    assert sorted(workflows.values_list("page__slug", "workflow__name")) == [
        ("blog", "Working group content"),
        ("webinars", "Working group content"),
        ("working-groups", "Establish a working group"),
    ]


def test_index_pages_come_below_the_page_that_is_named(bare):
    below = bare.root_page.add_child(instance=Page(title="Network", slug="network"))

    install(bare, parent=below)

    index = InstallRecord.objects.made("index.blog", site=bare)
    assert index.get_parent().pk == below.pk


def test_a_group_that_was_there_is_used_and_said_to_be(bare):
    Group.objects.create(name="LPSA Secretariat")

    said = install(bare)

    assert said[2] == "Used as it was: the auth group “LPSA Secretariat”"
    records = InstallRecord.objects.filter(code__startswith="group.").order_by("code")
    assert list(records.values_list("code", "found")) == [
        ("group.board", False),
        ("group.board-chair", False),
        ("group.contributors", False),
        ("group.secretariat", True),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_thing_once(bare):
    both_started = threading.Barrier(2)

    def run():
        try:
            both_started.wait()
            return install(bare)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = [started.result() for started in [pool.submit(run), pool.submit(run)]]

    assert sorted(said) == [[], MADE]
    assert InstallRecord.objects.count() == len(MADE)
