"""Whether content may be live, and the guards that ask it at the choke points.

The guards are called by ``pre_save`` and ``pre_delete`` receivers, which every way of saving
passes: publishing, saving, copying, moving, saving through the base ``Page``, child rows, fixtures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from lpsa_wagtail.choices import GOING_OUTCOMES, Outcome, Stage
from lpsa_wagtail.exceptions import NotAllowed, NotDecided
from lpsa_wagtail.models import Decision, GovernedPage
from lpsa_wagtail.permissions.content import VOLATILE, charter_hash, content_hash
from lpsa_wagtail.permissions.roles import has_ended

#: Id of the page that a decider is deciding on now. It only lets ``publish()`` pass Wagtail's check
#: of the ``publish`` right; whether the content may be live is asked all the same.
deciding_page: ContextVar = ContextVar("lpsa_deciding_page", default=None)


@contextmanager
def deciding_on(page) -> Iterator[None]:
    """While this lasts, the decider's right to publish this page is Wagtail's too."""
    token = deciding_page.set(page.pk)
    try:
        yield
    finally:
        deciding_page.reset(token)


#: Columns that say where a page is. Content is decided on for its place.
PLACE = frozenset({"path", "depth"})
#: Kinds of decision that count for every stage.
ABOVE_STAGES = frozenset(GOING_OUTCOMES) - {Outcome.GO}


def may_go_live(page) -> bool:
    """True if the newest decision in force covers exactly this content at this place.

    What is live may also stay as it is while a newer decided version waits for its date.
    """
    decisions = Decision.objects.in_force(page.pk) if page.pk else []
    if not decisions or not charter_decided(page, decisions):
        return False
    decided = _contents_and_places(decisions)
    wanted = (content_hash(page), page.get_parent(update=True).pk)
    if decided and decided[0] == wanted:
        return True
    stored = type(page)._base_manager.filter(pk=page.pk, live=True).first()
    if stored is None:
        return False
    live_hash = content_hash(stored)
    return next((pair for pair in decided if pair[0] == live_hash), None) == wanted


def _contents_and_places(decisions) -> list[tuple]:
    """(content hash, parent id) that each decision stands for now, newest first.

    A decision with ``replaced_hash`` (maintenance) is no decision of its own: it says what an
    earlier one now stands for.
    """
    pairs: list[tuple] = []
    now_stands_for: dict[str, str] = {}
    for decision in decisions:
        stands_for = now_stands_for.get(decision.content_hash, decision.content_hash)
        if decision.replaced_hash:
            now_stands_for[decision.replaced_hash] = stands_for
        else:
            pairs.append((stands_for, decision.parent_id))
    return pairs


def charter_decided(page, decisions) -> bool:
    """True if the Chair decided what only the Chair decides.

    For a group: its title, designation, focus and purpose. For types without such fields, True.
    """
    return charter_hash_decided(charter_hash(page), decisions)


def charter_hash_decided(charter: str, decisions) -> bool:
    """The same for a charter that is known by its hash ("" for types without a charter)."""
    return not charter or any(
        decision.charter_hash == charter
        and (decision.stage == Stage.ESTABLISHMENT or decision.outcome in ABOVE_STAGES)
        for decision in decisions
    )


def is_governed(instance) -> bool:
    """True for a page of ours that the Board decides on, also when loaded as a plain ``Page``."""
    model = instance.specific_class if isinstance(instance, Page) else None
    return bool(model and issubclass(model, GovernedPage))


def is_about_governed(row) -> bool:
    """True for a revision or a workflow state of such a page. Types are cached: no query."""
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    return bool(model and issubclass(model, GovernedPage))


def guard_submission(workflow_state) -> None:
    """Refuse (``NotAllowed``) to begin a workflow for a page of ours that is in one already, or
    whose group has ended.

    Two who submit at once wait for each other here; the database would end in an error.
    """
    if workflow_state.pk or not (workflow_state.object_id and is_about_governed(workflow_state)):
        return
    pages = Page.objects.filter(pk=workflow_state.object_id)
    if connection.in_atomic_block:
        pages = pages.select_for_update()
    page = pages.first()
    if page and WorkflowState.objects.active().for_instance(page).exists():
        raise NotAllowed(_("This is submitted already."))
    if page and has_ended(page):
        raise NotAllowed(_("This group has ended, so nothing is submitted here any more."))


def guard_page(instance, *, update_fields=None) -> None:
    """Refuse (``NotDecided``) to store a governed page as live without a decision, or as alias.

    A new alias that stands for a translation becomes an ordinary draft instead: hosts that keep
    their languages in step make one for each new page.
    """
    if not is_governed(instance):
        _refuse_other_type(instance)
        return
    if instance.alias_of_id and _is_new_translation(instance):
        _make_draft(instance)
    if instance.alias_of_id:
        raise NotDecided(_("Pages of this type have no aliases. Make a copy instead."))
    if not instance.live or _only_volatile(update_fields):
        return
    page = _as_stored_after(instance, instance.specific_class, update_fields)
    if page.live and not may_go_live(page):
        raise NotDecided


def _refuse_other_type(instance) -> None:
    """Refuse to make a page of ours one of another type. One query, for base pages alone."""
    if type(instance) is Page and instance.pk:
        stored = Page.objects.filter(pk=instance.pk).first()
        if stored and is_governed(stored):
            raise NotDecided(_("A page of this type stays one."))


def _is_new_translation(alias) -> bool:
    """True for an alias in another language that is not stored yet."""
    return alias._state.adding and alias.alias_of.locale_id != alias.locale_id


def _make_draft(page) -> None:
    """Let a page that is not stored yet begin as a draft, whatever it was copied from."""
    page.alias_of = page.live_revision = page.latest_revision = None
    page.first_published_at = page.last_published_at = None
    page.live, page.has_unpublished_changes = False, True


def _only_volatile(update_fields) -> bool:
    if update_fields is None or "live" in update_fields:
        return False
    return not set(update_fields) - (VOLATILE - PLACE) - {"owner_id", "alias_of_id"}


def _as_stored_after(instance, model, update_fields):
    """The specific page as the database will hold it after this write."""
    if type(instance)._meta.concrete_model is model and update_fields is None:
        return instance
    page = model._base_manager.get(pk=instance.pk)
    for field in instance._meta.concrete_fields:
        named = update_fields is None or {field.name, field.attname} & set(update_fields)
        if named and not field.primary_key:
            setattr(page, field.attname, getattr(instance, field.attname))
    return page


def is_undecided(page_id) -> bool:
    """True for a governed page that is live though its content is not decided (fixtures, SQL)."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    page = page and page.specific
    return isinstance(page, GovernedPage) and not may_go_live(page)
