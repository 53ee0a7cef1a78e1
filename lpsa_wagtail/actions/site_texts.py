"""Texts of the site that are still empty."""

from django.db import transaction

from lpsa_wagtail.models import WorkingGroupSettings


@transaction.atomic
def fill_introduction(*, actor, page, text):
    """Give an index page its introduction and publish it; what somebody wrote stays."""
    page = type(page).objects.get(pk=page.pk)  # saving an old copy would forget its children
    if page.introduction or page.has_unpublished_changes:
        return page
    page.introduction = text
    page.save_revision(user=actor).publish()
    return page


@transaction.atomic
def fill_join_line(*, actor, site, text, email):
    """Set the line about proposing and joining groups; what somebody wrote stays."""
    settings = WorkingGroupSettings.for_site(site)
    if not (settings.join_text or settings.join_email):
        settings.join_text, settings.join_email = text, email
        settings.save()
    return settings
