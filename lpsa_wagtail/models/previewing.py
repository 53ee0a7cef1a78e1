"""A look at one version of one page for a front end: by a token that is signed and kept nowhere."""

import datetime as dt
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from wagtail.models import Page, Revision

from lpsa_wagtail import conf
from lpsa_wagtail.exceptions import PageDeleted, PreviewExpired, PreviewInvalid, VersionDeleted
from lpsa_wagtail.models.addresses import is_at_front_end

SALT = "lpsa_wagtail.preview"


def lifetime() -> dt.timedelta:
    """How long somebody may look."""
    return dt.timedelta(minutes=conf.get("LPSA_PREVIEW_MINUTES"))


def token_for(revision: Revision) -> str:
    """What lets its bearer read this revision of its page, and nothing else.

    Made only for whom ``permissions.may_preview`` lets; nobody is asked again when it is used.
    """
    return signing.dumps([revision.object_id, revision.pk], salt=SALT)


def page_by(token: str) -> Page:
    """The page as the revision has it, in its own type; nothing in it comes from what is live.

    Raises ``PreviewExpired``, ``PreviewInvalid``, ``PageDeleted`` or ``VersionDeleted``.
    """
    page_id, revision_id = opened(lambda: signing.loads(token, salt=SALT, max_age=lifetime()))
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise PageDeleted
    revision = page.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise VersionDeleted
    return revision.as_object()


def opened(read):
    """What ``read`` gets out of a token, or why it gets nothing."""
    try:
        return read()
    except signing.SignatureExpired:
        raise PreviewExpired from None
    except signing.BadSignature:
        raise PreviewInvalid from None


def at_front_end(page: Page, request) -> HttpResponse | None:
    """Show a stored version of the page at the front end of its site; None where there is none.

    That is the version that the admin's address names, else the newest. In the editor's panel it is
    a frame: Wagtail's scripts reach into the panel's own page, and may not reach another server's.
    """
    parts = page.get_url_parts()
    if not page.pk or not is_at_front_end(parts):
        return None
    asked_for = getattr(request, "lpsa_revision", page.latest_revision_id)
    revision = page.revisions.filter(pk=asked_for).first()
    if revision is None:
        return None
    path, token = conf.get("LPSA_FRONTEND_PREVIEW_PATH"), token_for(revision)
    address = f"{parts[1]}{path}?{urlencode({'token': token})}"
    if getattr(request, "in_preview_panel", False):
        return render(request, "lpsa_wagtail/editing/preview.html", {"address": address})
    return HttpResponseRedirect(address)


def version_asked_for(request) -> dict:
    """What a preview must know of the address in the admin: the revision, if it names one."""
    match = request and request.resolver_match
    named = match.kwargs.get("revision_id") if match else None
    return {"lpsa_revision": named} if named else {}
