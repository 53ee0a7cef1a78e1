"""Operational facts of webinars: changed at once, without the Board."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Webinar
from lpsa_wagtail.permissions import is_secretariat, leads


@transaction.atomic
def change_facts(*, actor, webinar, **facts):
    """Change operational facts on the page and in its drafts alike; return the page.

    ``facts`` are columns of ``Webinar.operational_fields``, such as ``starts_at``. For co-chairs
    and coordinators of the group and for the secretariat; None stands for a command. Side
    effects: log entry, nothing if all facts are so already. Raises ``NotAllowed``, or
    ``ValidationError`` for values that cannot be.
    """
    columns = {field.name for field in Webinar._meta.concrete_fields}
    if refused := set(facts) - (Webinar.operational_fields & columns):
        raise NotAllowed(
            _("The Board decides on changes of: %(names)s.") % {"names": ", ".join(sorted(refused))}
        )
    page = Webinar.objects.select_for_update().get(pk=webinar.pk)
    if actor and not (is_secretariat(actor) or leads(actor, page.group)):
        raise NotAllowed(_("Only the group's co-chairs and coordinators change this."))
    changed = [name for name, value in facts.items() if getattr(page, name) != value]
    for name in changed:
        setattr(page, name, facts[name])
    page.clean()
    if changed:
        page.save(update_fields=changed)
    if _change_drafts(page, facts) or changed:
        log(instance=page, action="wagtail.edit", user=actor, data={"facts": sorted(facts)})
    return page


def _change_drafts(page, facts) -> bool:
    """Put the facts into the newest, the live and all scheduled revisions. True if any changed."""
    stored = page.serializable_data()
    kept = (page.latest_revision_id, page.live_revision_id)
    revisions = page.revisions.filter(Q(pk__in=kept) | Q(approved_go_live_at__isnull=False))
    found = False
    for revision in revisions.select_for_update():
        before = revision.as_object()
        if all(getattr(before, name) == getattr(page, name) for name in facts):
            continue
        revision.content = {**revision.content, **{name: stored[name] for name in facts}}
        revision.save(update_fields=["content"])
        found = True
    return found
