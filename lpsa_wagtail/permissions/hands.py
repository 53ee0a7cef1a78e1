"""Who had a hand in the content of a page."""

import json

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max
from wagtail.models import Page, Revision, WorkflowState

from lpsa_wagtail.models import Event
from lpsa_wagtail.page_forms import without_marks
from lpsa_wagtail.permissions.content import canonical


def accounts(ids) -> dict:
    """Map id as text → account, also of closed ones; those that are gone are left out."""
    wanted = {pk for pk in ids if pk}
    found = get_user_model()._base_manager.filter(pk__in=wanted) if wanted else ()
    return {str(person.pk): person for person in found}


def attach_deciders(decisions) -> None:
    """Give each decision ``who``, the account that took it, or None when it is gone. One query."""
    people = accounts(decision.actor_id for decision in decisions)
    for decision in decisions:
        decision.who = people.get(decision.actor_id)


def savers_of(page_ids):
    """(page id, user id, newest revision that this user saved) for each page and user."""
    rows = _of_pages(Revision.objects.order_by(), page_ids).values_list("object_id", "user")
    return ((int(page), user, newest) for page, user, newest in rows.annotate(Max("pk")))


def requesters_of(page_ids):
    """(page id, user id) of what is submitted now, or was sent back."""
    rows = _of_pages(WorkflowState.objects.active(), page_ids)
    return ((int(page), user) for page, user in rows.values_list("object_id", "requested_by"))


def submitters_of(page_ids):
    """(page id, user id, newest revision) of whoever ever submitted, or let an earlier stage pass.

    Also of what was taken back, or submitted again by somebody else.
    """
    rows = Event.objects.submissions().filter(page_id__in=page_ids).order_by()
    return rows.values_list("page_id", "actor_id").annotate(Max("revision_id"))


def wrote(user_id: str, page, *, since: int) -> bool:
    """True if a revision by this person after the revision ``since`` changed the content.

    Commenting in the editor saves a revision too, with the same content as the one before.
    """
    revisions = _of_pages(Revision.objects.order_by("pk"), [page.pk])
    before = revisions.filter(pk__lte=since).last()
    for revision in revisions.filter(pk__gt=since):
        mine = str(revision.user_id) == user_id
        if mine and (before is None or _words(before) != _words(revision)):
            return True
        before = revision
    return False


def _words(revision) -> str:
    """The content of a revision without the marks that the editor puts on paragraphs."""
    data = without_marks(canonical(revision.as_object()))
    return json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder)


def _of_pages(rows, ids):
    return rows.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in ids],
    )
