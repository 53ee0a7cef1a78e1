"""What answers at the addresses of a dissolved group: a plain page, 410.

Of what was there it says the group's name, as it was public, and the day; nothing else.
"""

from urllib.parse import urlsplit

from django.apps import apps
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string

from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.indexes import index_pages
from lpsa_wagtail.models.shell import context_of
from lpsa_wagtail.models.working_groups import group_above

STATUS = 410


def serve_gone(page, request) -> TemplateResponse:
    """The answer at the address of ``page``. Its base template gets the directory as the page."""
    request.is_preview = False
    directory = index_pages(request, page).get("groups")
    context = {"page": directory, "directory": directory, **context_of(request)}
    context |= _what_is_known(group_above(page))
    return TemplateResponse(request, "lpsa_wagtail/gone.html", context, status=STATUS)


def _what_is_known(group) -> dict:
    """The name under which the group was taken down, and since when it is dissolved."""
    name = Decision.objects.last_public_title(group.pk) if group else ""
    dissolved = Decision.objects.about_all_languages_of(group) if group else Decision.objects.none()
    last = dissolved.filter(outcome=Outcome.DISSOLVED).order_by("-pk").first()
    return {"name": name, "dissolved_on": last and last.effective_on}


def has_redirect(request) -> bool:
    """True if the host leads this address elsewhere. Wagtail does so only where nothing answers."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return False
    find = import_string("wagtail.contrib.redirects.middleware.get_redirect")
    redirects = apps.get_model("wagtailredirects", "Redirect")
    path = redirects.normalise_path(request.get_full_path(), decode_unicode=False)
    return any(find(request, one) for one in {path, urlsplit(path).path})
