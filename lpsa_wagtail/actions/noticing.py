"""Noting what became public once it is committed, one time for each transaction."""

import logging
import threading
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from lpsa_wagtail.actions.publications import note_public_changes
from lpsa_wagtail.models import WorkingGroupRecord

logger = logging.getLogger("lpsa_wagtail.publications")

#: From so many places on, everything is looked at: that is quicker than looking at each.
MANY = 50


@dataclass
class _Batch:
    """What one transaction changed."""

    paths: set = field(default_factory=set)
    page_ids: set = field(default_factory=set)
    record_ids: set = field(default_factory=set)
    member_ids: set = field(default_factory=set)
    words: bool = False
    everything: bool = False
    surroundings: bool = False
    done: bool = False

    def run(self) -> None:
        """Note it. Whoever published is told of no error here; the next tick tries again."""
        if self.done:
            return
        self.done = True
        count = sum(map(len, (self.paths, self.page_ids, self.record_ids, self.member_ids)))
        try:
            note_public_changes(
                actor=None,
                paths=self._places() if count < MANY else (),
                words=self.words,
                everything=self.everything or count >= MANY,
                surroundings=self.surroundings,
            )
        except Exception:
            logger.exception("What became public could not be noted; lpsa_tick tries again.")

    def _places(self) -> set[str]:
        """Tree paths of all this; of pages and groups in all their languages."""
        places = set(self.paths)
        if self.page_ids:
            places |= _paths_of(Page.objects.filter(pk__in=self.page_ids))
        if self.record_ids or self.member_ids:
            groups = Q(pk__in=self.record_ids) | Q(memberships__member__in=self.member_ids)
            places |= _paths_of(WorkingGroupRecord.objects.filter(groups))
        return places


#: One batch for each thread, as a connection to the database belongs to one.
_open = threading.local()


def note_after_commit(
    *,
    actor,
    paths=(),
    page_ids=(),
    record_ids=(),
    member_ids=(),
    words=False,
    everything=False,
    surroundings=False,
) -> None:
    """Call ``note_public_changes`` when this transaction is committed; at once outside of one.

    ``page_ids`` are pages, ``record_ids`` records of groups, ``member_ids`` people with roles; the
    rest is as there. What a rolled back transaction named is looked at with the next one.
    """
    batch = getattr(_open, "batch", None)
    if batch is None or batch.done:
        batch = _open.batch = _Batch()
    batch.paths.update(paths)
    batch.page_ids.update(page_ids)
    batch.record_ids.update(record_ids)
    batch.member_ids.update(member_ids)
    batch.words |= words
    batch.everything |= everything
    batch.surroundings |= surroundings
    transaction.on_commit(batch.run)


def _paths_of(rows) -> set[str]:
    """Tree paths of the pages that share a translation key with one of these. One query."""
    keys = rows.order_by().values("translation_key")
    return set(Page.objects.filter(translation_key__in=keys).values_list("path", flat=True))
