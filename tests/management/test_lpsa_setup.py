"""What the command says."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page, Site

from lpsa_wagtail.models import BlogIndexPage, InstallRecord, WebinarIndexPage


def run(**options) -> list[str]:
    out = io.StringIO()
    call_command("lpsa_setup", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def without_blog(site):
    """The site as if setup had never made its blog index."""
    record = InstallRecord.objects.get(code="index.blog", site=site)
    record.content_object.delete()
    record.delete()
    return site


def test_it_says_that_nothing_was_to_do():
    assert run() == ["Setup was complete; nothing was to do."]


def test_it_says_what_it_did(without_blog):
    assert run() == [
        "Made: the page “Blog”, “blog” below “Welcome to your new Wagtail site!”",
        "Setup is complete.",
    ]
    assert BlogIndexPage.objects.count() == 1


def test_it_is_quiet_when_told_to(without_blog):
    assert run(verbosity=0) == []


def test_a_dry_run_says_what_is_missing_and_writes_nothing(without_blog):
    assert run(dry_run=True) == [
        "Nothing was written. Setup would make:",
        "  the page “Blog”, “blog” below “Welcome to your new Wagtail site!”",
    ]
    assert BlogIndexPage.objects.count() == 0


def test_a_dry_run_after_setup_has_nothing_to_do():
    assert run(dry_run=True) == ["Setup was complete; nothing was to do."]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_refusal_is_an_error_with_the_line_to_add(without_blog, dry_run):
    site = without_blog
    site.root_page.add_child(instance=WebinarIndexPage(title="Home", slug="home-2"))
    site.root_page = Page.objects.get(slug="home-2")
    site.save()

    with pytest.raises(CommandError) as refusal:
        run(dry_run=dry_run)

    assert str(refusal.value) == (
        "“Home” takes no pages of these types below it. Add to subpage_types of "
        'lpsa_wagtail.models.webinars.WebinarIndexPage: "lpsa_wagtail.BlogIndexPage". '
        "Or name another page with --parent."
    )


def test_a_site_that_does_not_exist_is_an_error_that_names_those_that_do(site):
    with pytest.raises(CommandError) as refusal:
        run(site=4711)

    assert str(refusal.value) == (
        f"There is no such site. There are: {site.pk} (localhost:80). Choose one with --site."
    )


@pytest.mark.parametrize("name", ["pk", "hostname"])
def test_a_site_is_named_by_id_or_host_name(site, name):
    home = Page(title="Second home", slug="second")
    Page.get_first_root_node().add_child(instance=home)
    second = Site.objects.create(hostname="second.example.org", root_page=home)

    assert run(site=getattr(second, name))[-1] == "Setup is complete."
    assert Page.objects.child_of(home).count() == 3


def test_the_parent_must_lie_in_the_site(site):
    home = Page(title="Second home", slug="second")
    Page.get_first_root_node().add_child(instance=home)

    with pytest.raises(CommandError) as refusal:
        run(parent=home.pk)

    assert str(refusal.value) == f"There is no page {home.pk} in the site localhost."


def test_the_index_pages_come_below_the_parent(without_blog):
    below = without_blog.root_page.add_child(instance=Page(title="Network", slug="network"))

    assert run(parent=below.pk) == [
        "Made: the page “Blog”, “blog” below “Network”",
        "Setup is complete.",
    ]
    assert BlogIndexPage.objects.get().get_parent().pk == below.pk


def test_before_migrate_it_says_what_to_do():
    MigrationRecorder(connection).record_unapplied("lpsa_wagtail", "0002_install_records_of_sites")

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == "Migrations of lpsa_wagtail wait. Run migrate first."
