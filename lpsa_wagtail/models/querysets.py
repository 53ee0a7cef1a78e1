"""Named reads of pages. Every surface asks these, so all of them agree on what is public."""

import datetime as dt
from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Substr
from django.utils import timezone
from wagtail.models import (
    Page,
    PageLogEntry,
    PageManager,
    PageQuerySet,
    PageViewRestriction,
)

from lpsa_wagtail.choices import GOING_OUTCOMES, VISIBLE_STATES, GroupState, Outcome, Role
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.facts import FACTS_CHANGED
from lpsa_wagtail.models.prepared import Kept

STEP = Page.steplen
#: The largest number that an id can be.
MAX_ID = 2**63 - 1
#: So many pages with the same words are looked at.
NEAREST = 100
GOVERNED_NAMES = ("WorkingGroupPage", "BlogPost", "Webinar")
#: All days that there are.
ANY_DAY = (dt.date.min, dt.date.max)
PARENT_PATH = Substr("path", 1, Length("path") - STEP)
OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())
OUTER_PARENT_PATH = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEP)


def roots_of(site) -> list:
    """Root pages of a site in all its languages, read once for each ``site`` object."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return [site.root_page]
    if "lpsa_roots" not in site.__dict__:
        roots = site.root_page.get_translations(inclusive=True)
        site.__dict__["lpsa_roots"] = list(roots.select_related("locale"))
    return site.__dict__["lpsa_roots"]


def _decided() -> Q:
    """True if a ruling lets the page be live, and none came later that ends it.

    Told like this a database can join once for a whole list, instead of looking for the newest
    ruling of each page.
    """
    ends_it = Q(outcome=Outcome.WITHDRAWN)
    ends_it |= Q(outcome=Outcome.RECALLED, content_hash=OuterRef("content_hash"))
    later = Decision.objects.filter(ends_it, page_id=OuterRef("page_id"), pk__gt=OuterRef("pk"))
    going = Decision.objects.filter(page_id=OuterRef("pk"), outcome__in=GOING_OUTCOMES)
    return Q(Exists(going.filter(~Exists(later))))


def _unrestricted() -> Q:
    restricted = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
    return ~Q(_lies_below(restricted))


def _parent_is_live() -> Q:
    return Q(Exists(Page.objects.filter(path=OUTER_PARENT_PATH, live=True)))


def _group_dissolved() -> Q:
    records = apps.get_model("lpsa_wagtail", "WorkingGroupRecord")._base_manager
    dissolved = records.filter(state=GroupState.DISSOLVED).values("translation_key")
    return Q(_lies_below(Page.objects.filter(translation_key__in=dissolved)))


def _lies_below(pages) -> Exists:
    """True for pages that are one of these, or below one of them.

    ``pages`` should be few, and say so without a join: a database that joins may read the whole
    tree for each page.
    """
    return Exists(pages.order_by().annotate(target=OUTER_PATH).filter(target__startswith=F("path")))


DECIDED = Kept(_decided, "pk")
STANDING = Kept(lambda: _decided() & _parent_is_live() & ~_group_dissolved(), "pk", "path")
GROUP_DISSOLVED = Kept(_group_dissolved, "path")
UNRESTRICTED = Kept(_unrestricted, "path")


class GovernedQuerySet(PageQuerySet):
    """Reads that all pages have that need a decision."""

    #: True for a type with few pages among those of a site. A database without statistics (SQLite
    #: has none unless somebody asks for them) is then told to begin with these.
    few = False
    #: Column by which pages of a type are new or old.
    by_date = "first_published_at"

    def decided(self):
        """Pages whose newest ruling lets them be live."""
        return self.filter(DECIDED)

    def standing(self):
        """Pages that answer at their address: live, decided, parent live, group not dissolved."""
        pages = self.live().type(self.model) if self.few else self.live()
        return pages.filter(STANDING)

    def gone(self, site=None):
        """Pages that were public once, and lie in a group that was dissolved."""
        pages = self.filter(GROUP_DISSOLVED, first_published_at__isnull=False)
        return pages.in_site(site) if site else pages

    def unrestricted(self):
        """Pages that no view restriction closes, on the page itself or above it."""
        return self.filter(UNRESTRICTED)

    def public(self, site=None):
        """Everything that anybody may see, the same for every visitor.

        Live, decided, below a live parent, in a group that is not dissolved, restricted nowhere
        above; with ``site``, only inside that site (and its translations).
        """
        pages = self.standing().unrestricted()
        return pages.in_site(site) if site else pages

    def in_site(self, site):
        """Pages of the site, in all its languages."""
        inside = Q()
        for root in roots_of(site):
            inside |= Q(path__startswith=root.path)
        return self.filter(inside)

    def in_language_of(self, page):
        """Pages in the language of ``page``; all of them on a host with one language."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return self
        return self.filter(locale=page.locale_id)

    def with_id(self, pk: int):
        """The page with this id among these, or None, also for numbers that no id can be."""
        return self.filter(pk=pk).first() if pk <= MAX_ID else None

    def row(self, pk: int, *columns):
        """The row with this id and these columns, or None, also for numbers that no id can be."""
        if pk > MAX_ID:
            return None
        return self.filter(pk=pk).order_by().values_list(*columns, named=True).first()

    def tagged(self, word_ids):
        """Pages that carry one of these words (ids, as ``Vocabulary.covered_by`` gives them)."""
        rows = self.model.interests.through.objects.filter(tag__in=word_ids)
        return self.filter(pk__in=rows.values("content_object"))

    def sharing(self, word_ids):
        """Pages with one of these words, those with most first, with ``shared``: how many.

        So that a site may grow, it looks at those hundred of all live pages that have most.
        """
        through = self.model.interests.through.objects.filter(tag__in=word_ids)
        live = through.filter(content_object__live=True).values("content_object")
        newest = [F(key).desc(nulls_last=True) for key in ("n", f"content_object__{self.by_date}")]
        nearest = live.annotate(n=Count("pk")).order_by(*newest, "-content_object")[:NEAREST]
        own = through.filter(content_object=OuterRef("pk")).order_by().values("content_object")
        shared = Subquery(own.annotate(n=Count("pk")).values("n"))
        pages = self.filter(pk__in=nearest.values("content_object")).annotate(shared=shared)
        return pages.order_by("-shared", F(self.by_date).desc(nulls_last=True), "-pk")

    def ids_by_word(self) -> dict:
        """Map word id → ids of these pages that carry it. One query."""
        rows = self.model.interests.through.objects.filter(
            content_object__in=self.order_by().values("pk")
        )
        found: dict = defaultdict(set)
        for page_id, word_id in rows.values_list("content_object_id", "tag_id"):
            found[word_id].add(page_id)
        return found

    def of_group(self, group):
        """Pages below the group, and those credited to it as a joint group.

        Asked first, before ``public``, it narrows what a database looks at.
        """
        below = Page.objects.filter(path__startswith=group.path).order_by().values("pk")
        joint = self.model.joint_groups.through.objects.filter(workinggrouppage_id=group.pk)
        credited = joint.values(f"{self.model._meta.model_name}_id")
        return self.filter(pk__in=below.union(credited))

    def count_by_parent(self) -> dict:
        """Map path of the parent page → number of these pages. One query."""
        rows = self.order_by().annotate(above=PARENT_PATH).values_list("above")
        return dict(rows.annotate(n=Count("pk")))

    def joint_pairs(self):
        """Pairs (tree path of the page, tree path of a group it is credited to). One query."""
        rows = self.order_by().filter(joint_groups__isnull=False)
        return rows.values_list("path", "joint_groups__path")


def key_of(model, site) -> tuple:
    """What is written into the SQL of every read of public pages of this type in this site."""
    roots = [root.path for root in roots_of(site)] if site else []
    languages = getattr(settings, "WAGTAIL_I18N_ENABLED", False)
    return (ContentType.objects.get_for_model(model).pk, languages, *roots)


def _open_to_everybody():
    """All pages that anybody may see: live, open, and decided if they are ours."""
    ours = [apps.get_model("lpsa_wagtail", name) for name in GOVERNED_NAMES]
    types = ContentType.objects.get_for_models(*ours).values()
    pages = GovernedQuerySet(Page).live().unrestricted()
    return pages.filter(~Q(content_type__in=types) | Q(STANDING))


def linked_pages(ids) -> list:
    """Those of the pages that a link may lead to, in any site. One query."""
    return list(_open_to_everybody().filter(pk__in=ids))


def menu_of(site) -> list:
    """The pages right below the site's root pages that the host shows in menus. One query."""
    below = Q()
    for root in roots_of(site):
        below |= Q(path__startswith=root.path, depth=root.depth + 1)
    return list(_open_to_everybody().filter(below).in_menu().order_by("path"))


class WorkingGroupQuerySet(GovernedQuerySet):
    """Reads of group pages."""

    few = True

    def with_state(self):
        """Annotate ``state`` and ``established_on`` from the record that translations share."""
        records = apps.get_model("lpsa_wagtail", "WorkingGroupRecord").objects
        record = records.filter(translation_key=OuterRef("translation_key"))
        return self.annotate(
            state=Coalesce(
                Subquery(record.values("state")[:1]),
                Value(GroupState.PROPOSED),
                output_field=CharField(),
            ),
            established_on=Subquery(record.values("established_on")[:1]),
        )

    def with_chair_today(self):
        """Annotate ``has_chair``: somebody is co-chair today."""
        memberships = apps.get_model("lpsa_wagtail", "Membership").objects.on()
        chairs = memberships.filter(
            role=Role.CO_CHAIR, group__translation_key=OuterRef("translation_key")
        )
        return self.annotate(has_chair=Exists(chairs))

    def with_rank(self):
        """Annotate ``rank``, by which the directory is ordered: active, forming, dormant, ended."""
        states = VISIBLE_STATES
        rank = Case(
            *(When(state=state, then=Value(n)) for n, state in enumerate(states)),
            default=Value(len(states)),
            output_field=IntegerField(),
        )
        return self.with_state().annotate(rank=rank)

    def in_directory_order(self):
        """Active groups first, then forming, dormant, ended; by title."""
        return self.with_rank().order_by("rank", "title", "pk")

    def established_by(self, day):
        """Groups that had been established on that day."""
        return self.with_state().filter(established_on__lte=day)

    def named(self, slug: str):
        """The group with this slug among these, or None; of translations the oldest."""
        return self.filter(slug=slug).order_by("pk").first() if "\x00" not in slug else None

    def row_named(self, slug: str, *columns):
        """The row of the group with this slug and these columns, or None."""
        if "\x00" in slug:
            return None
        rows = self.filter(slug=slug).order_by("pk")
        return rows.values_list(*columns, named=True).first()

    def by_path(self) -> dict:
        """Map tree path → group, to name the group of many pages with one query."""
        return {group.path: group for group in self}


class BlogPostQuerySet(GovernedQuerySet):
    """Reads of posts."""

    by_date = "listed_on"

    def dated(self):
        """Posts with a date shown: all that are live, as long as no SQL takes it from one.

        Said like this, a database without statistics goes along the index of dates, and does not
        sort all posts to find the newest.
        """
        return self.filter(listed_on__range=ANY_DAY)

    def in_listing_order(self):
        """Newest first, by the date shown."""
        return self.order_by(F("listed_on").desc(nulls_last=True), "-pk")

    def in_year(self, year: int):
        """Posts whose date shown is in this year."""
        return self.filter(listed_on__year=year)

    def between(self, first=None, last=None):
        """Posts whose date shown is one of these days; None for no bound."""
        pages = self.filter(listed_on__gte=first) if first else self
        return pages.filter(listed_on__lte=last) if last else pages

    def count_by_year(self) -> dict:
        """Map year → number of these posts, newest year first. One query."""
        rows = self.order_by().values_list("listed_on__year").annotate(n=Count("pk"))
        return dict(sorted((row for row in rows if row[0]), reverse=True))


class WebinarQuerySet(GovernedQuerySet):
    """Reads of webinars."""

    few = True
    by_date = "starts_at"

    def upcoming(self, now=None):
        """Not over yet (running ones included), soonest first; cancelled ones stay, marked."""
        now = now or timezone.now()
        ends = Coalesce("ends_at", "starts_at")
        return self.alias(over_at=ends).filter(over_at__gte=now).order_by("starts_at", "pk")

    def past(self, now=None):
        """Over, latest first."""
        now = now or timezone.now()
        ends = Coalesce("ends_at", "starts_at")
        return self.alias(over_at=ends).filter(over_at__lt=now).order_by("-starts_at", "-pk")

    def in_listing_order(self):
        """Latest first; those without a date come last."""
        return self.order_by(F("starts_at").desc(nulls_last=True), "-pk")

    def in_year(self, year: int):
        """Webinars that start in this year, on the clock of the site."""
        return self.filter(starts_at__year=year)

    def between(self, first=None, last=None):
        """Webinars that start on one of these days, on the clock of the site; None: no bound."""
        pages = self.filter(starts_at__date__gte=first) if first else self
        return pages.filter(starts_at__date__lte=last) if last else pages

    def in_series(self, series: str):
        """Webinars with exactly this label of a series."""
        return self.filter(series=series)

    def count_by_year(self) -> dict:
        """Map year → number of these webinars, newest year first. One query."""
        rows = self.order_by().values_list("starts_at__year").annotate(n=Count("pk"))
        return dict(sorted((row for row in rows if row[0]), reverse=True))

    def count_by_series(self) -> dict:
        """Map series label → number of these webinars, by label. One query."""
        rows = self.exclude(series="").order_by("series").values_list("series")
        return dict(rows.annotate(n=Count("pk")))

    def with_changes_told(self):
        """Annotate ``facts_changed_at``, and ``times_told``: how often it was told anew.

        The first says when facts changed last without a new publication.
        """
        lines = PageLogEntry.objects.filter(page=OuterRef("pk")).order_by()
        newest = lines.filter(action=FACTS_CHANGED).order_by("-timestamp").values("timestamp")[:1]
        told = lines.filter(action__in=[FACTS_CHANGED, "wagtail.publish"]).values("page")
        number = Coalesce(Subquery(told.annotate(n=Count("pk")).values("n")), 0)
        return self.annotate(facts_changed_at=Subquery(newest), times_told=number)

    def series_told(self, now=None) -> list[dict]:
        """Each series by name: number of its events, of those to come, the latest start.

        One query.
        """
        now = now or timezone.now()
        over_at = Coalesce("ends_at", "starts_at")
        rows = self.exclude(series="").order_by("series").alias(over_at=over_at).values("series")
        rows = rows.annotate(
            count=Count("pk"),
            upcoming=Count("pk", filter=Q(over_at__gte=now)),
            last_starts_at=Max("starts_at"),
        )
        return [{"name": row.pop("series"), **row} for row in rows]


WorkingGroupManager = PageManager.from_queryset(WorkingGroupQuerySet)
BlogPostManager = PageManager.from_queryset(BlogPostQuerySet)
WebinarManager = PageManager.from_queryset(WebinarQuerySet)
