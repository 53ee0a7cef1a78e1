"""A site in two languages: what is copied for translation is a draft, and lists stay apart."""

import pytest
from django.test import RequestFactory
from wagtail.models import GroupPagePermission, Locale, WorkflowPage

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import BlogIndexPage, WorkingGroupIndexPage
from lpsa_wagtail.models.indexes import index_pages
from lpsa_wagtail.models.listings import GroupListing, PostListing
from tests import factories as make


@pytest.fixture
def french(site, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    return french


@pytest.fixture
def group(french):
    return make.group(title="Finance")


def in_step(page, locale):
    """What hosts do for each new page that keep their languages in step."""
    page.copy_for_translation(locale, copy_parents=True, alias=True)
    return page.get_translation(locale)


def translated(page, locale, title):
    """The page in the other language, gone live."""
    translation = in_step(page, locale)
    translation.title = title
    translation.save_revision()
    return actions.install_page(actor=None, page=translation)


def rights_on(page) -> set:
    rows = GroupPagePermission.objects.filter(page=page)
    return set(rows.values_list("group__name", "permission__codename"))


@pytest.mark.parametrize("factory", [make.BlogPostFactory, make.WebinarFactory])
def test_an_alias_in_another_language_becomes_an_ordinary_draft(french, group, factory):
    page = make.live(factory, group)

    copies = [in_step(group, french), in_step(page, french)]

    for copy in copies:
        state = (copy.live, copy.has_unpublished_changes, copy.alias_of, copy.live_revision)
        assert state == (False, True, None, None)
        assert (copy.first_published_at, copy.last_published_at) == (None, None)


def test_a_page_that_exists_does_not_become_an_alias(french, group):
    copy = in_step(group, french)
    copy.alias_of = group

    with pytest.raises(NotDecided, match="no aliases"):
        copy.save()


def test_an_index_in_another_language_has_the_workflow_and_rights_of_the_first(french, group):
    first = make.index_page(WorkingGroupIndexPage)

    index = in_step(group, french).get_parent()

    workflow = WorkflowPage.objects.get(page=first).workflow
    assert WorkflowPage.objects.get(page=index).workflow == workflow
    assert rights_on(index) == rights_on(first)
    assert {name for name, _right in rights_on(index)} == {"LPSA Secretariat"}


def test_co_chairs_have_their_rights_on_a_translation_from_the_start(french, group):
    chair = make.leader(group)

    copy = in_step(group, french)

    assert rights_on(copy) == rights_on(group)
    assert copy.permissions_for_user(chair).can_add_subpage()


def test_lists_show_the_language_of_their_page(french, group, site):
    post = make.post(group, title="Taxes")
    translated(group, french, "Les finances")
    translated(post, french, "Les impôts")
    request = RequestFactory().get("/")
    english, directory = WorkingGroupIndexPage.objects.order_by("pk")

    def titles(kind, index):
        return [page.title for page in kind.for_request(request, index).page]

    assert titles(GroupListing, english) == ["Finance"]
    assert titles(GroupListing, directory) == ["Les finances"]
    assert titles(PostListing, make.index_page(BlogIndexPage)) == ["Taxes"]


def test_pages_lead_to_the_lists_in_their_language_and_to_no_other(french, group, site):
    translation = in_step(group, french)

    def found(page):
        pages = index_pages(RequestFactory().get("/"), page)
        return {name: index.locale_id for name, index in pages.items()}

    english = group.locale_id
    assert found(group) == {"groups": english, "posts": english, "webinars": english}
    assert found(translation) == {"groups": french.pk}
