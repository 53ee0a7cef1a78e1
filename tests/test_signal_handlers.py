"""What follows a signal where the host has more of Wagtail installed."""

from django.apps import AppConfig, apps
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from lpsa_wagtail import actions
from tests import factories as make

forgotten: list[str] = []


class Remembering(BaseBackend):
    """A front-end cache that notes what it is asked to forget."""

    def purge(self, url):
        forgotten.append(url)


def test_the_front_end_cache_forgets_a_live_webinar_whose_facts_changed(
    monkeypatch, settings, django_capture_on_commit_callbacks
):
    group = make.group()
    webinar, draft = make.webinar(group), make.draft(make.WebinarFactory, group)
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.Remembering"}}
    name = "wagtail.contrib.frontend_cache"

    for installed in (False, True):
        if installed:
            monkeypatch.setitem(apps.app_configs, "wagtailfrontendcache", AppConfig.create(name))
        with django_capture_on_commit_callbacks(execute=True):
            for page in (webinar, draft):
                actions.change_facts(actor=None, webinar=page, venue=f"Hall {installed}")
        assert forgotten == ([webinar.full_url] if installed else [])
