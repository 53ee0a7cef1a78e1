"""Keeping the public record: what became public, what changed and what went, in one order."""

from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, Site

from lpsa_wagtail.choices import ChangeKind, Noun
from lpsa_wagtail.models import Change, Publication, PublicClock
from lpsa_wagtail.models.public_now import Seen, below, pages_gone, pages_now, words_now
from lpsa_wagtail.models.querysets import roots_of
from lpsa_wagtail.signals import public_changed

#: What comes later may point at what comes first; what goes, goes the other way round.
ORDER = (Noun.INTEREST, Noun.GROUP, Noun.WEBINAR, Noun.POST)
COLUMNS = ("slug", "path", "public", "version")


def note_public_changes(
    *, actor, paths=(), words=False, everything=False, surroundings=False
) -> list[Change]:
    """Compare what is public now with what was noted, and note the differences; return them.

    Looked at are the pages at these tree ``paths`` and below them, with ``words`` the vocabulary,
    or ``everything``. ``surroundings`` says that something else changed which answers show, such as
    a picture. To be called when what changed is committed, never inside its transaction.

    Side effects: rows of ``Change`` and ``Publication``, and the clock, in one short transaction in
    which others wait; none if all is as noted. After it, the signal ``public_changed``, unless this
    was the first time that anything was noted.
    """
    paths, words = (None, True) if everything else (tuple(paths), words)
    if not (_differences(paths, words) or (surroundings and PublicClock.objects.now())):
        return []
    with transaction.atomic():
        clock = PublicClock.objects.locked()
        found = _differences(paths, words)
        number, is_first = clock.number, clock.number == 0
        if steps := len(found.changes) or int(surroundings):
            at = clock.rise(steps)
            for change in found.changes:
                number += 1
                change.number, change.at = number, at
        found.store()
        if steps and not is_first:
            send = partial(public_changed.send_robust, sender=Change, changes=found.changes)
            transaction.on_commit(send)
    return found.changes


@dataclass
class _Differences:
    """What has to be written, in order; numbers and moments come later."""

    changes: list[Change] = field(default_factory=list)
    rows: list[Publication] = field(default_factory=list)
    erased: list[tuple] = field(default_factory=list)

    def __bool__(self):
        return bool(self.changes or self.rows or self.erased)

    def note(self, thing, kind) -> None:
        about = {"noun": thing.noun, "object_id": thing.object_id}
        self.changes.append(Change(kind=kind, slug=thing.slug, path=thing.path, **about))

    def keep(self, thing, *, public=True) -> None:
        version = thing.version if public else ""
        about = {"noun": thing.noun, "object_id": thing.object_id}
        self.rows.append(
            Publication(slug=thing.slug, path=thing.path, public=public, version=version, **about)
        )

    def store(self) -> None:
        names = ("noun", "object_id")
        Publication.objects.bulk_create(
            self.rows, update_conflicts=True, unique_fields=names, update_fields=COLUMNS
        )
        Change.objects.bulk_create(self.changes)
        for noun in Noun:
            if ids := [pk for other, pk in self.erased if other == noun]:
                Publication.objects.filter(noun=noun, object_id__in=ids).delete()


@dataclass(frozen=True, slots=True)
class _Noted(Seen):
    """What was noted of a thing."""

    public: bool


def _differences(paths, words) -> _Differences:
    """Between what is public and what was noted: what went first, then what came or changed."""
    now: dict = {}
    if words:
        now |= words_now()
    if paths is None or paths:
        now |= pages_now(paths)
    noted = _noted(paths, words)
    found = _Differences()
    _note_gone(found, noted, now, paths)
    moved = _Moves()
    for key in sorted(now, key=lambda key: (ORDER.index(key[0]), now[key].path, key[1])):
        seen, before = now[key], noted.get(key)
        if before is None or not before.public:
            found.note(seen, ChangeKind.PUBLISHED)
        elif before.path != seen.path and moved.to_other_site(before.path, seen.path):
            found.note(before, ChangeKind.TAKEN_DOWN)
            found.note(seen, ChangeKind.PUBLISHED)
        elif before.version != seen.version:
            found.note(seen, ChangeKind.CHANGED)
        elif before.path == seen.path:
            continue
        found.keep(seen)
    return found


def _noted(paths, words) -> dict[tuple, _Noted]:
    """What was noted of what is looked at, and of what came into it from elsewhere, by key."""
    if not words and paths == ():
        return {}
    pages = ~Q(noun=Noun.INTEREST)
    where = Q(noun=Noun.INTEREST) if words else Q(pk=None)
    if paths is None:
        where |= pages
    elif paths:
        here = Page.objects.filter(below(paths)).order_by().values("pk")
        where |= pages & (below(paths) | Q(object_id__in=here))
    columns = ("noun", "object_id", "slug", "path", "version", "public")
    rows = Publication.objects.filter(where).values_list(*columns)
    return {(row[0], row[1]): _Noted(*row) for row in rows}


def _note_gone(found, noted, now, paths) -> None:
    """What was public and is not, and what was public once and is no more."""
    missing = {key: before for key, before in noted.items() if key not in now}
    if not missing:
        return
    erased = {key for key in missing if key[0] == Noun.INTEREST} | _erased(missing)
    went = {key for key, before in missing.items() if before.public} - erased
    dissolved = pages_gone(paths) if went else set()
    for key in sorted(went | erased, key=lambda key: (-ORDER.index(key[0]), key[1])):
        if key in erased:
            found.note(missing[key], ChangeKind.ERASED)
            found.erased.append(key)
        else:
            kind = ChangeKind.DISSOLVED if key in dissolved else ChangeKind.TAKEN_DOWN
            found.note(missing[key], kind)
            found.keep(missing[key], public=False)


def _erased(missing) -> set[tuple]:
    """Those of the pages that are missing of which there is no row any more. One query."""
    there = Page.objects.filter(pk=OuterRef("object_id")).order_by()
    rows = Publication.objects.exclude(noun=Noun.INTEREST).filter(~Exists(there))
    return {key for key in rows.values_list("noun", "object_id") if key in missing}


class _Moves:
    """Says whether a page that moved in the tree is in another site now. One query, if it moved."""

    def __init__(self):
        self._roots = None

    def to_other_site(self, before: str, after: str) -> bool:
        return self._sites_of(before) != self._sites_of(after)

    def _sites_of(self, path: str) -> set:
        if self._roots is None:
            sites = Site.objects.select_related("root_page")
            self._roots = [(site.pk, root.path) for site in sites for root in roots_of(site)]
        return {pk for pk, root in self._roots if path.startswith(root)}
