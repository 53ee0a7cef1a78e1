"""What a front end needs for its frame."""

import pytest
from wagtail.models import Page, PageViewRestriction

from lpsa_wagtail import models
from lpsa_wagtail.choices import Designation, GroupState
from tests import factories as make
from tests.api.conftest import reference_to

INDEXES = {
    "groups": models.WorkingGroupIndexPage,
    "posts": models.BlogIndexPage,
    "webinars": models.WebinarIndexPage,
}


@pytest.fixture
def shown_in_menus(site):
    def shown_in_menus(title, parent=None, **fields):
        page = Page(title=title, slug=title.lower(), show_in_menus=True, **fields)
        return (parent or site.root_page).add_child(instance=page)

    return shown_in_menus


def test_the_frame_names_site_menu_sections_and_groups(ask, site, shown_in_menus):
    site.site_name = "Our Alliance"
    site.save()
    about = shown_in_menus("About")
    shown_in_menus("Team", about)
    shown_in_menus("Soon", live=False)
    closed = shown_in_menus("Members")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    forming = make.group(title="Alpha", slug="alpha", focus="regional")
    active = make.group(title="Beta", slug="beta", designation=Designation.CHAPTER)
    models.WorkingGroupRecord.objects.filter(pk=active.record.pk).update(state=GroupState.ACTIVE)
    Page.objects.filter(depth=3).exclude(pk__in=[about.pk, closed.pk]).update(show_in_menus=False)

    answer = ask("navigation/").json()

    pages = {name: make.index_page(model) for name, model in INDEXES.items()}
    assert answer == {
        "site": {"name": "Our Alliance", "url": "http://localhost/", "languages": ["en"]},
        "menu": [{"title": "About", "url": "http://localhost/about/"}],
        "sections": [
            {
                "type": name,
                "title": page.title,
                "introduction": page.introduction,
                "language": "en",
                "url": page.full_url,
            }
            for name, page in pages.items()
        ],
        "groups": [
            {**reference_to(active, "Chapter"), "state": "active", "focus": "thematic"},
            {**reference_to(forming), "state": "forming", "focus": "regional"},
        ],
    }


def test_links_in_introductions_have_their_address(ask):
    group, draft = make.group(slug="finance"), make.group(slug="secret")
    draft.unpublish()
    index = make.index_page(models.BlogIndexPage)
    links = [f'<a linktype="page" id="{page.pk}">x</a>' for page in (group, draft)]
    models.BlogIndexPage.objects.filter(pk=index.pk).update(
        introduction=f"<p>{' '.join(links)}<script>1</script></p>"
    )

    told = {one["type"]: one["introduction"] for one in ask("navigation/").json()["sections"]}

    address = "http://localhost/working-groups/finance/"
    assert told["posts"] == f'<p><a href="{address}">x</a> <a>x</a></p>'


def test_what_nobody_decided_on_is_in_no_menu(ask, site):
    index = make.index_page(models.BlogIndexPage)
    site.root_page = index
    site.save()
    shown = make.post(index, title="Shown", show_in_menus=True)
    page = make.draft(make.BlogPostFactory, index, title="Secret", show_in_menus=True)
    Page.objects.filter(pk=page.pk).update(live=True)

    answer = ask("navigation/").json()

    assert answer["menu"] == [{"title": "Shown", "url": f"http://localhost/{shown.slug}/"}]


def test_a_site_without_a_name_is_called_by_its_host(ask):
    assert ask("navigation/").json()["site"]["name"] == "localhost"
