"""Tasks that people have for some time: given and ended, never changed."""

from django.db import transaction
from wagtail.log_actions import log

from lpsa_wagtail.actions.memberships import sync_contributors
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Mandate
from lpsa_wagtail.permissions import why_not_end_mandate, why_not_give_mandate


@transaction.atomic
def give_mandate(*, actor, user, kind, **fields) -> Mandate:
    """Give a person a mandate and return it. ``fields`` are its other columns.

    Who may is said by ``why_not_mandate``; None stands for a command. Side effects: who may propose
    groups is let into the admin; log entry. Raises ``NotAllowed`` or ``ValidationError``.
    """
    mandate = Mandate(user=user, kind=kind, granted_by_id=str(actor.pk) if actor else "", **fields)
    mandate.full_clean()
    if actor and (why_not := why_not_give_mandate(actor, mandate)):
        raise NotAllowed(why_not)
    mandate.save()
    _note(actor, mandate, "lpsa_wagtail.give_mandate")
    return mandate


@transaction.atomic
def end_mandate(*, actor, mandate, end) -> Mandate:
    """Let a mandate end; ``end`` is its last day. Return it.

    Who may give it may end it; None stands for a command. What was decided by it stays. Side
    effects: as for giving one. Raises ``NotAllowed``.
    """
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if actor and (why_not := why_not_end_mandate(actor, mandate, end)):
        raise NotAllowed(why_not)
    mandate.end = end
    mandate.save(update_fields=["end"])
    _note(actor, mandate, "lpsa_wagtail.end_mandate")
    return mandate


def _note(actor, mandate, action):
    sync_contributors()
    title = f"{mandate._meta.verbose_name} {mandate.pk}"
    log(instance=mandate, action=action, user=actor, title=title, data={"kind": mandate.kind})
