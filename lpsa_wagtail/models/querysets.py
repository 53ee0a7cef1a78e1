"""Named reads of pages. Every surface asks these, so all of them agree on what is public."""

from django.apps import apps
from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

from lpsa_wagtail.choices import GOING_OUTCOMES, VISIBLE_STATES, GroupState, Outcome, Role
from lpsa_wagtail.models.decisions import Decision

STEP = Page.steplen
#: The largest number that an id can be.
MAX_ID = 2**63 - 1
PARENT_PATH = Substr("path", 1, Length("path") - STEP)
OUTER_PATH = ExpressionWrapper(OuterRef("path"), output_field=CharField())


def roots_of(site) -> list:
    """Root pages of a site in all its languages, read once for each ``site`` object."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return [site.root_page]
    if "lpsa_roots" not in site.__dict__:
        roots = site.root_page.get_translations(inclusive=True)
        site.__dict__["lpsa_roots"] = list(roots.select_related("locale"))
    return site.__dict__["lpsa_roots"]


def _decided():
    """True if a ruling lets the page be live, and none came later that ends it.

    Told like this a database can join once for a whole list, instead of looking for the newest
    ruling of each page.
    """
    ends_it = Q(outcome=Outcome.WITHDRAWN)
    ends_it |= Q(outcome=Outcome.RECALLED, content_hash=OuterRef("content_hash"))
    later = Decision.objects.filter(ends_it, page_id=OuterRef("page_id"), pk__gt=OuterRef("pk"))
    going = Decision.objects.filter(page_id=OuterRef("pk"), outcome__in=GOING_OUTCOMES)
    return Exists(going.filter(~Exists(later)))


def _restricted_above():
    return _lies_below(Page.objects.filter(pk__in=PageViewRestriction.objects.values("page")))


def _parent_is_live():
    return Exists(Page.objects.filter(path=OuterRef("parent_path"), live=True))


def _group_dissolved():
    records = apps.get_model("lpsa_wagtail", "WorkingGroupRecord")._base_manager
    dissolved = records.filter(state=GroupState.DISSOLVED).values("translation_key")
    return _lies_below(Page.objects.filter(translation_key__in=dissolved))


def _lies_below(pages):
    """True for pages that are one of these, or below one of them.

    ``pages`` should be few, and say so without a join: a database that joins may read the whole
    tree for each page.
    """
    return Exists(pages.order_by().annotate(target=OUTER_PATH).filter(target__startswith=F("path")))


class GovernedQuerySet(PageQuerySet):
    """Reads that all pages have that need a decision."""

    #: True for a type with few pages among those of a site. A database without statistics (SQLite
    #: has none unless somebody asks for them) is then told to begin with these.
    few = False

    def decided(self):
        """Pages whose newest ruling lets them be live."""
        return self.filter(_decided())

    def standing(self):
        """Pages that answer at their address: live, decided, parent live, group not dissolved."""
        pages = self.live().type(self.model) if self.few else self.live()
        pages = pages.decided().alias(parent_path=PARENT_PATH)
        return pages.filter(_parent_is_live(), ~_group_dissolved())

    def gone(self, site=None):
        """Pages that were public once, and lie in a group that was dissolved."""
        pages = self.filter(_group_dissolved(), first_published_at__isnull=False)
        return pages.in_site(site) if site else pages

    def unrestricted(self):
        """Pages that no view restriction closes, on the page itself or above it."""
        return self.filter(~_restricted_above())

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

    def tagged(self, word_ids):
        """Pages that carry one of these words (ids, as ``Vocabulary.covered_by`` gives them)."""
        rows = self.model.interests.through.objects.filter(tag__in=word_ids)
        return self.filter(pk__in=rows.values("content_object"))

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

    def in_directory_order(self):
        """Active groups first, then forming, dormant, ended; by title."""
        states = VISIBLE_STATES
        rank = Case(
            *(When(state=state, then=Value(n)) for n, state in enumerate(states)),
            default=Value(len(states)),
            output_field=IntegerField(),
        )
        return self.with_state().annotate(rank=rank).order_by("rank", "title", "pk")

    def named(self, slug: str):
        """The group with this slug among these, or None; of translations the oldest."""
        return self.filter(slug=slug).order_by("pk").first() if "\x00" not in slug else None

    def named_on(self, page) -> tuple:
        """The group that a post or webinar lies in (or None), and the list of those credited too.

        One query; only groups that are among these.
        """
        joint = page.joint_groups.through.objects.filter(**{f"{page._meta.model_name}_id": page.pk})
        return self._named(page, joint.values("workinggrouppage_id"))

    def named_in(self, page) -> tuple:
        """The same as the object has it, whatever of it is stored. One query more."""
        return self._named(page, [group.pk for group in page.joint_groups.all()])

    def _named(self, page, joint) -> tuple:
        above = page.path[:-STEP]
        wanted = Q(path=above) | Q(pk__in=joint)
        groups = list(self.filter(wanted).order_by("title", "pk"))
        own = next((group for group in groups if group.path == above), None)
        return own, [group for group in groups if group != own]

    def by_path(self) -> dict:
        """Map tree path → group, to name the group of many pages with one query."""
        return {group.path: group for group in self}


class BlogPostQuerySet(GovernedQuerySet):
    """Reads of posts."""

    def in_listing_order(self):
        """Newest first, by the date shown."""
        return self.order_by(F("listed_on").desc(nulls_last=True), "-pk")

    def in_year(self, year: int):
        """Posts whose date shown is in this year."""
        return self.filter(listed_on__year=year)

    def count_by_year(self) -> dict:
        """Map year → number of these posts, newest year first. One query."""
        rows = self.order_by().values_list("listed_on__year").annotate(n=Count("pk"))
        return dict(sorted((row for row in rows if row[0]), reverse=True))


class WebinarQuerySet(GovernedQuerySet):
    """Reads of webinars."""

    few = True

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


WorkingGroupManager = PageManager.from_queryset(WorkingGroupQuerySet)
BlogPostManager = PageManager.from_queryset(BlogPostQuerySet)
WebinarManager = PageManager.from_queryset(WebinarQuerySet)
