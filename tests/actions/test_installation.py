"""Setup makes each thing once, and says so."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, GroupPagePermission, Page, Workflow, WorkflowTask

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
    "Made the auth group “LPSA Advisory Board Chair”.",
    "Made the auth group “LPSA Advisory Board”.",
    "Made the auth group “LPSA Secretariat”.",
    "Made the auth group “LPSA Contributors”.",
    "Made the collection “Working groups”.",
    "Made the workflow “Establish a working group”.",
    "Made the workflow “Working group content”.",
    "Made the page “Working groups” at /working-groups/.",
    "Made the page “Blog” at /blog/.",
    "Made the page “Webinars” at /webinars/.",
    "Gave “LPSA Secretariat” its rights on pages and files.",
    "Brought in 42 words of the vocabulary.",
]


def things_of_setup():
    models = (Group, Collection, Workflow, WorkflowTask, AdvisoryBoardApprovalTask, Page)
    models += (GroupPagePermission, Interest, InstallRecord)
    return {model: sorted(model.objects.values_list("pk", flat=True)) for model in models}


def install(site):
    said = []
    actions.install(actor=None, site=site, say=said.append)
    return said


@pytest.fixture
def bare(site):
    """The site as it was before setup."""
    for code in INDEXES:
        InstallRecord.objects.made(code).delete()
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

    assert "Made the page “Blog” at /blog-3/." in said
    assert Page.objects.get(slug="blog").title == "Our blog"


def test_a_root_page_that_takes_no_such_pages_is_named(bare):
    bare.root_page.add_child(instance=WebinarIndexPage(title="Home", slug="home-2"))
    bare.root_page = Page.objects.get(slug="home-2")
    bare.save()
    before = things_of_setup()

    with pytest.raises(SetupRefused) as refusal, transaction.atomic():
        install(bare)

    assert str(refusal.value) == (
        "A page of the type “working group index” cannot be created below “Home”. Add "
        "'lpsa_wagtail.WorkingGroupIndexPage' to subpage_types of WebinarIndexPage."
    )
    assert things_of_setup() == before
