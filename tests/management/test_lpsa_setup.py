"""What the command says."""

import io

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from lpsa_wagtail.models import BlogIndexPage, InstallRecord, WebinarIndexPage


def run(**options) -> list[str]:
    out = io.StringIO()
    call_command("lpsa_setup", stdout=out, **options)
    return out.getvalue().splitlines()


def forget(code):
    InstallRecord.objects.made(code).delete()
    InstallRecord.objects.filter(code=code).delete()


def test_it_says_that_nothing_was_to_do():
    assert run() == ["Setup was complete; nothing was to do."]


def test_it_says_what_it_did():
    forget("index.blog")

    assert run() == ["Made the page “Blog” at /blog/.", "Setup is complete."]
    assert BlogIndexPage.objects.count() == 1


def test_it_is_quiet_when_told_to():
    forget("index.blog")

    assert run(verbosity=0) == []


def test_a_refusal_is_an_error_with_the_line_to_add(site):
    forget("index.blog")
    site.root_page.add_child(instance=WebinarIndexPage(title="Home", slug="home-2"))
    site.root_page = Page.objects.get(slug="home-2")
    site.save()

    with pytest.raises(CommandError) as refusal:
        run()

    assert str(refusal.value) == (
        "A page of the type “blog index” cannot be created below “Home”. Add "
        "'lpsa_wagtail.BlogIndexPage' to subpage_types of WebinarIndexPage."
    )


def test_a_site_that_does_not_exist_is_an_error():
    with pytest.raises(CommandError, match="There is no such site"):
        run(site=4711)
