"""Where the public reads our pages, if another program shows them."""

import pytest
from django.test import Client, RequestFactory
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Locale, Page, Site

from lpsa_wagtail.models import BlogIndexPage, WorkingGroupIndexPage
from tests import factories as make

FRONT_END = "https://www.example.org"
WITHOUT_PAGES = pytest.mark.urls("tests.pages.urls_without_pages")


@pytest.fixture
def group():
    return make.group(slug="finance")


@pytest.fixture
def elsewhere(settings, group):
    settings.LPSA_FRONTEND_URL = FRONT_END
    return f"{FRONT_END}/working-groups/finance/"


def addresses(page, request=None):
    return page.url, page.full_url, page.get_url(request), page.get_full_url(request)


def test_without_a_front_end_pages_are_here(group):
    here = "/working-groups/finance/"

    assert addresses(group) == (here, f"http://localhost{here}") * 2


@pytest.mark.parametrize("address", [FRONT_END, f"{FRONT_END}/", f"{FRONT_END}/alliance"])
def test_pages_are_at_the_front_end_on_the_same_path(settings, group, address):
    settings.LPSA_FRONTEND_URL = address
    there = f"{address.rstrip('/')}/working-groups/finance/"
    request = RequestFactory().get("/", headers={"host": "localhost"})

    assert addresses(group, request) == (there, there, there, there)
    assert make.index_page(BlogIndexPage).url == f"{address.rstrip('/')}/blog/"


@WITHOUT_PAGES
def test_a_front_end_gives_pages_an_address_where_none_are_served(settings, group, elsewhere):
    assert addresses(group) == (elsewhere,) * 4

    settings.LPSA_FRONTEND_URL = ""
    assert addresses(group) == (None,) * 4


def test_the_parts_of_an_address_stay_parts(site, group, elsewhere):
    """Wagtail's redirects and choosers take them one by one."""
    assert group.get_url_parts() == (site.pk, FRONT_END, "/working-groups/finance/")
    assert group.get_site().pk == site.pk


def test_pages_of_others_stay_where_they_are(site, elsewhere):
    news = Page(title="News", slug="news")
    site.root_page.add_child(instance=news)

    assert (news.url, news.full_url) == ("/news/", "http://localhost/news/")


def test_each_site_can_have_its_own(settings, site, group):
    settings.LPSA_FRONTEND_URL = {"other.example.org": FRONT_END}
    assert addresses(group) == ("/working-groups/finance/", group.full_url) * 2
    assert group.full_url == "http://localhost/working-groups/finance/"

    Site.objects.filter(pk=site.pk).update(hostname="other.example.org", port=8000)
    Site.clear_site_root_paths_cache()
    group = make.fresh(group)
    assert addresses(group) == (f"{FRONT_END}/working-groups/finance/",) * 4
    assert group.get_site().pk == site.pk


@pytest.mark.parametrize("served", [True, False])
def test_translations_are_below_their_language(site, settings, group, served):
    where = "in_languages" if served else "without_pages"
    settings.ROOT_URLCONF = f"tests.pages.urls_{where}"
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "French")]
    settings.LPSA_FRONTEND_URL = FRONT_END
    french = Locale.objects.create(language_code="fr")
    site.root_page.copy_for_translation(french).save_revision().publish()
    translation = group.copy_for_translation(french, copy_parents=True)

    path = "working-groups/finance/"
    assert group.full_url == f"{FRONT_END}/{'en/' if served else ''}{path}"
    assert translation.full_url == f"{FRONT_END}/fr/{translation.url_path.split('/', 2)[2]}"


def test_our_html_still_answers_and_names_the_front_end_as_its_address(visit, elsewhere):
    seen = visit("/working-groups/finance/")

    assert [link["href"] for link in seen.select("link[rel=canonical]")] == [elsewhere]


@pytest.mark.parametrize("where", ["example_site.urls", "tests.pages.urls_without_pages"])
def test_the_api_tells_the_addresses_there_and_its_own_here(settings, group, elsewhere, where):
    settings.ROOT_URLCONF = where
    text = f'<p><a linktype="page" id="{group.pk}">It</a></p>'
    post = make.post(group, slug="bridges", body=[("paragraph", text)])
    make.post(group)

    one = Client().get(f"/api/lpsa/v1/posts/{post.pk}/").json()
    listed = Client().get("/api/lpsa/v1/posts/?page_size=1").json()

    assert one["url"] == f"{elsewhere}bridges/"
    assert f'href="{elsewhere}"' in str(one["body"])
    assert listed["next"].startswith("http://testserver/api/lpsa/v1/posts/?")


def test_the_sitemap_leads_there(site, group, elsewhere):
    request = RequestFactory().get("/sitemap.xml", headers={"host": "localhost"})

    pages = Sitemap(request).items()
    listed = [entry["location"] for page in pages for entry in page.get_sitemap_urls(request)]

    assert listed == [site.root_page.full_url] + [
        f"{FRONT_END}/{path}"
        for path in ("working-groups/", "working-groups/finance/", "blog/", "webinars/")
    ]


@pytest.mark.parametrize("address", ["/admin/pages/{}/", "/admin/pages/{}/edit/"])
def test_the_admin_views_it_live_there(client, group, elsewhere, address):
    client.force_login(make.secretary())

    page = client.get(address.format(group.pk)).content.decode()

    assert f'href="{elsewhere}"' in page
    assert 'href="/working-groups/finance/"' not in page


def test_a_template_is_previewed_on_this_server(elsewhere):
    index = make.index_page(WorkingGroupIndexPage)

    assert index._get_dummy_header_url() == "http://localhost/working-groups/"


@WITHOUT_PAGES
def test_a_template_is_previewed_here_also_where_no_pages_are_served(elsewhere):
    index = make.index_page(WorkingGroupIndexPage)
    request = RequestFactory().get("/admin/", headers={"host": "localhost"})

    assert index._get_dummy_header_url(request) == "http://localhost/"
    assert index._get_dummy_header_url() is None
