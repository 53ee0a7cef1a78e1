"""Operational facts of webinars: changed at once, without the Board."""

from dataclasses import asdict
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import FACTS_CHANGED, FactChange, Webinar
from lpsa_wagtail.permissions import may_show, why_not_change_facts
from lpsa_wagtail.signals import facts_changed


@transaction.atomic
def change_facts(*, actor, webinar, recordings=None, **facts) -> list[FactChange]:
    """Change operational facts on the page and in its drafts alike; return what changed.

    ``facts`` are columns of ``Webinar.operational_fields``, such as ``starts_at``, and ``cities``,
    a list of zones. ``recordings`` maps the id of a row of the agenda → the link to its recording.
    For co-chairs and coordinators of the group, the secretariat and administrators; None stands
    for a command. What waits for a decision, or for its date, stays decided.

    Side effects, none if all facts are so already: a line in the page's history with the old and
    the new values; the search index; after commit, the signal ``facts_changed``. Raises
    ``NotAllowed``, or ``ValidationError`` for values that cannot be.
    """
    if refused := {name for name in facts if name not in _columns() | {Webinar.CITIES}}:
        raise NotAllowed(
            _("The Board decides on changes of: %(names)s.") % {"names": ", ".join(sorted(refused))}
        )
    webinar.lock_with_workflow()
    page = Webinar.objects.get(pk=webinar.pk)
    if actor and (reason := why_not_change_facts(actor, page)):
        raise NotAllowed(reason)
    if recordings:
        facts[Webinar.RECORDINGS] = recordings
    shown = page if page.live else page.get_latest_revision_as_object()
    if facts.keys() & set(Webinar.TIME):
        facts = {name: shown.fact(name) for name in Webinar.TIME} | facts
    before = shown.facts_in_words(facts)
    stale = {name for name, value in facts.items() if page.lacks_fact(name, value)}
    slides = shown.slides
    for name, value in facts.items():
        page.put_fact(name, value)
        shown.put_fact(name, value)
    _validate(shown, facts)
    if actor and shown.slides and shown.slides != slides and not may_show(actor, shown.slides):
        raise NotAllowed(_("This document belongs to another group."))
    _store(page, stale)
    changed_drafts = _change_drafts(page, facts)
    changes = _changes(before, shown.facts_in_words(facts))
    if changes:
        lines = [asdict(change) for change in changes]
        log(instance=page, action=FACTS_CHANGED, user=actor, data={"changes": lines})
    if stale or changed_drafts:
        signal = partial(facts_changed.send, sender=Webinar, webinar=page, changes=changes)
        transaction.on_commit(signal)
    return changes


def _columns() -> frozenset[str]:
    columns = {field.name for field in Webinar._meta.concrete_fields}
    return Webinar.operational_fields & columns


def _validate(page, facts) -> None:
    columns = _columns() & facts.keys()
    page.clean_fields(exclude={field.name for field in page._meta.fields} - columns)
    page.clean()
    for row in page.cities.all() if page.CITIES in facts else ():
        row.clean_fields(exclude={"page"})
    if links := facts.get(page.RECORDINGS):
        _validate_recordings(page, links)


def _validate_recordings(page, links) -> None:
    rows = page.agenda.stream_block.child_blocks["row"].child_blocks
    for link in links.values():
        rows["recording_url"].clean(link)
    if set(links) - {row.id for row in page.agenda}:
        raise ValidationError(_("The agenda has changed. Open it again."))


def _store(page, names) -> None:
    if not names:
        return
    columns = names & _columns() | ({"agenda"} if page.RECORDINGS in names else set())
    page.save(update_fields=columns or {"status"})  # without a column too: who listens, hears it
    if page.CITIES in names:
        page.cities.commit()


def _change_drafts(page, facts) -> bool:
    """Put the facts into all versions that may still go live. True if any changed."""
    workflows = WorkflowState.objects.active().for_instance(page)
    waiting = workflows.values_list("current_task_state__revision", flat=True)
    kept = {page.latest_revision_id, page.live_revision_id, *waiting}
    revisions = page.revisions.filter(Q(pk__in=kept) | Q(approved_go_live_at__isnull=False))
    found = False
    for revision in revisions.select_for_update():
        draft = revision.as_object()
        if not any(draft.lacks_fact(name, value) for name, value in facts.items()):
            continue
        for name, value in facts.items():
            draft.put_fact(name, value)
        if page.CITIES in facts:
            draft.cities.set(page.cities.all())
        data = draft.serializable_data()
        names = {name.partition(".")[0] for name in facts}
        revision.content = {**revision.content, **{name: data[name] for name in names}}
        revision.save(update_fields=["content"])
        found = True
    return found


def _changes(before, after) -> list[FactChange]:
    changes = []
    for (fact, row), (new, title) in after.items():
        old = before.get((fact, row), ("", ""))[0]
        if old != new:
            changes.append(FactChange(fact=fact, old=old, new=new, row=title))
    return changes
