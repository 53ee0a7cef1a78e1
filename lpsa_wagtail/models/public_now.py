"""What is public at this moment, each thing with a version: a short hash of what visitors see.

The content of a page is told by its revision, so texts are not read. Read is what changes without a
new publication: facts of webinars, roles, states and decisions of groups, words.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import MD5, Cast
from django.utils import timezone

from lpsa_wagtail.choices import Noun, Outcome
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.memberships import Membership
from lpsa_wagtail.models.public_record import decisions_told, told_of
from lpsa_wagtail.models.webinars import Webinar, WebinarCity, phase_of
from lpsa_wagtail.models.working_groups import WorkingGroupPage

TYPES = {Noun.GROUP: WorkingGroupPage, Noun.WEBINAR: Webinar, Noun.POST: BlogPost}
#: What is read of every page: its id, what it is called, where it is, and which content it has.
COLUMNS = ("pk", "slug", "path", "live_revision_id", "url_path", "last_published_at")
FACTS = (
    *("starts_at", "ends_at", "time_zone", "status", "venue", "registration_url"),
    *("recording_url", "slides_id", "attendance"),
)
OF_WORDS = ("name", "kind", "parent_id", "aliases", "country_code", "active")


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that is public, as far as a record of changes needs to know it."""

    noun: str
    object_id: int
    slug: str
    path: str
    version: str

    @property
    def key(self) -> tuple[str, int]:
        return self.noun, self.object_id


def below(paths) -> Q:
    """What lies at these tree paths or below them; everything for None."""
    if paths is None:
        return Q()
    found = Q(pk=None)
    for path in paths:
        found |= Q(path__startswith=path)
    return found


def pages_now(paths=None) -> dict[tuple[str, int], Seen]:
    """All public pages that lie below these tree paths, by key, groups first.

    Eight queries, however many there are.
    """
    maintained = _maintained()
    found: dict[tuple[str, int], Seen] = {}
    for noun, read in ((Noun.GROUP, _groups), (Noun.WEBINAR, _webinars), (Noun.POST, _posts)):
        for (pk, slug, path, revision, *rest), more in read(below(paths)):
            version = version_of(revision, *rest, *more, maintained.get((pk, revision)))
            found[noun, pk] = Seen(noun, pk, slug, path, version)
    return found


def pages_gone(paths=None) -> set[tuple[str, int]]:
    """Keys of pages below these paths that lie in a dissolved group. Three queries."""
    return {
        (noun, pk)
        for noun, model in TYPES.items()
        for pk in model.objects.gone().filter(below(paths)).order_by().values_list("pk", flat=True)
    }


def words_now() -> dict[tuple[str, int], Seen]:
    """All words of the vocabulary that were not merged into another, by key. One query."""
    labels, words = defaultdict(list), {}
    rows = Interest.objects.filter(merged_into=None).order_by("pk", "labels__language")
    columns = ("labels__language", "labels__label", "pk", "slug", *OF_WORDS)
    for language, label, *row in rows.values_list(*columns):
        labels[row[0]].append((language, label))
        words[row[0]] = row
    return {
        (Noun.INTEREST, pk): Seen(Noun.INTEREST, pk, slug, "", version_of(slug, *rest, labels[pk]))
        for pk, slug, *rest in words.values()
    }


def version_of(*seen) -> str:
    """Another text for anything else that is seen."""
    return hashlib.blake2b(repr(seen).encode(), digest_size=16).hexdigest()


def _maintained() -> dict[tuple, int]:
    """Map (page, revision) → the last decision by which its content was changed in place."""
    rows = Decision.objects.filter(outcome=Outcome.MAINTENANCE).order_by("pk")
    return {
        (page, revision): pk
        for page, revision, pk in rows.values_list("page_id", "revision_id", "pk")
    }


def _public(model, where):
    return model.objects.public().filter(where).order_by("path")


def _posts(where):
    for row in _public(BlogPost, where).values_list(*COLUMNS, "listed_on"):
        yield row, ()  # the date is one of its columns


def _webinars(where):
    now = timezone.now()
    cities = defaultdict(list)
    rows = WebinarCity.objects.order_by("sort_order", "pk").values_list("page_id", "time_zone")
    for page_id, zone in rows:
        cities[page_id].append(zone)
    agenda = MD5(Cast("agenda", TextField()))
    pages = _public(Webinar, where).annotate(agenda_hash=agenda)
    for row in pages.values_list(*COLUMNS, "agenda_hash", *FACTS):
        starts_at, ends_at = row[len(COLUMNS) + 1 :][:2]
        yield row, (phase_of(starts_at, ends_at, now), cities[row[0]])


def _groups(where):
    pages = _public(WorkingGroupPage, where).with_state()
    roles, decisions = _roles(), _decisions()
    for row in pages.values_list(*COLUMNS, "translation_key", "state", "established_on"):
        key, state, established_on = row[len(COLUMNS) :]
        told = told_of(decisions[key], established_on)
        yield row[: len(COLUMNS)], (state, established_on, roles[key], told)


def _roles() -> dict:
    """Map translation key → today's roles of the group that visitors may see. One query."""
    rows = Membership.objects.on().shown().select_related("member", "group")
    found = defaultdict(list)
    for row in rows.order_by("group", "role", "-start", "pk"):
        shown = (row.member.name, row.role, row.shown_organisation)
        found[row.group.translation_key].append(shown)
    return found


def _decisions() -> dict:
    """Map translation key → decisions on the group in all languages, newest first. Two queries."""
    pages = dict(WorkingGroupPage.objects.order_by().values_list("pk", "translation_key"))
    of_groups = WorkingGroupPage.objects.filter(pk=OuterRef("page_id")).order_by()
    found = defaultdict(list)
    for row in decisions_told(Decision.objects.filter(Exists(of_groups))):
        if row.page_id in pages:
            found[pages[row.page_id]].append(row)
    return found
