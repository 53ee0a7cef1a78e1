"""Where a word of the vocabulary is used."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision

from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.members import MemberInterest
from lpsa_wagtail.models.webinars import Webinar
from lpsa_wagtail.models.working_groups import WorkingGroupPage

PAGE_TYPES = (WorkingGroupPage, BlogPost, Webinar)


@dataclass(frozen=True)
class Uses:
    """How often a word is used. Pages count once, whether live, draft or both.

    ``history`` is true if only an older version of a page has it.
    """

    groups: int
    posts: int
    webinars: int
    members: int
    history: bool

    @property
    def any(self) -> bool:
        return bool(self.groups or self.posts or self.webinars or self.members or self.history)


def uses_of(word) -> Uses:
    """Count what carries or follows the word. Reads the versions of all our pages."""
    kept = _pages_in_revisions(word, Revision.objects.all())
    newest = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    drafts = _pages_in_revisions(word, Revision.objects.filter(pk__in=newest))
    counts, current = [], set()
    for model in PAGE_TYPES:
        rows = model.interests.through.objects.filter(tag=word)
        pages = set(rows.values_list("content_object_id", flat=True))
        pages |= set(model.objects.filter(pk__in=drafts).values_list("pk", flat=True))
        counts.append(len(pages))
        current |= pages
    members = MemberInterest.objects.filter(tag=word).count()
    groups, posts, webinars = counts
    return Uses(groups, posts, webinars, members, history=bool(kept - current))


def _pages_in_revisions(word, revisions) -> set[int]:
    """Ids of our pages of which one of these revisions has the word."""
    types = ContentType.objects.get_for_models(*PAGE_TYPES).values()
    rows = revisions.filter(content_type__in=types)
    rows = rows.values_list("object_id", "content__interest_items").order_by()
    return {
        int(page_id)
        for page_id, items in rows.iterator()
        if any(item.get("tag") == word.pk for item in items or ())
    }
