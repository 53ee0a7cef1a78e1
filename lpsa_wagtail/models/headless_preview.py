"""The package wagtail-headless-preview, where the host has it: its tokens and its clients.

Pages of ours do not have its mixin as a base. What is a base of a model is written into migrations,
and ours would change with what a host installs.
"""

import json

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.utils.module_loading import import_string
from wagtail.models import Page

from lpsa_wagtail.exceptions import PageDeleted, PreviewInvalid, VersionDeleted
from lpsa_wagtail.models.previewing import lifetime, opened

APP = "wagtail_headless_preview"


def _theirs(name: str):
    return import_string(f"{APP}.models.{name}")


class _Shown:
    """A page as the methods of their mixin expect it."""

    def __init__(self, page: Page, client: str):
        self._page, self._client = page, client

    def __getattr__(self, name):
        return getattr(self._page, name)

    def get_client_root_url(self, request) -> str:
        return self._client

    def get_content_type_str(self) -> str:
        return self._page._meta.label_lower


def client_of(page: Page) -> str:
    """Address of the client that the host's settings name for the page's site; "" for none."""
    if not apps.is_installed(APP) or not page.pk or not (site := page.get_site()):
        return ""
    try:
        return _theirs("get_client_root_url_from_site")(site)
    except KeyError:  # neither the site nor a default is named
        return ""


def at_client(page: Page, request) -> HttpResponse | None:
    """Show the page, as it is being changed, at its client; None where there is none.

    Side effects: theirs. The page is stored beside a token for a day, and a signal is sent.
    """
    if not (client := client_of(page)):
        return None
    kind = type("ShownPage", (_Shown, _theirs("HeadlessPreviewMixin")), {})
    return kind(page, client).serve_preview(request, "")


def page_by(token: str, model: type[Page]) -> Page:
    """The page of this type as it was stored beside their token; raises as for a token of ours."""
    if not apps.is_installed(APP):
        raise PreviewInvalid
    signer = _theirs("HeadlessPreviewMixin").get_preview_signer()
    opened(lambda: signer.unsign(token, max_age=lifetime()))
    kind = ContentType.objects.get_for_model(model)
    preview = _theirs("PagePreview").objects.filter(content_type=kind, token=token).first()
    if preview is None:
        raise VersionDeleted
    content = json.loads(preview.content_json)
    page = model._default_manager.filter(pk=content["pk"]).first()
    if page is None:
        raise PageDeleted
    return page.with_content_json(content)
