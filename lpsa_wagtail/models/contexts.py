"""What the page of a group, a post or a webinar shows beside its own fields.

Written so that a preview of an unsaved draft works too: what the editor is changing is read from
the page object, everything else is what the public sees.
"""

from functools import partial

from django.db.models import Q
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from lpsa_wagtail.blocks.media import pictures_read
from lpsa_wagtail.blocks.named import image_ids, images_of
from lpsa_wagtail.choices import (
    DRAFTING_ROLES,
    ORDINARY_ROLES,
    GroupState,
    PublicOutcome,
)
from lpsa_wagtail.models.blog import BlogPost
from lpsa_wagtail.models.cards import attach_authors, attach_images
from lpsa_wagtail.models.citations import citation_files, citation_of
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.listings import GroupListing, attach_lists
from lpsa_wagtail.models.memberships import Membership
from lpsa_wagtail.models.outlines import outline
from lpsa_wagtail.models.prepared import Prepared, padded
from lpsa_wagtail.models.public_record import public_record
from lpsa_wagtail.models.querysets import key_of
from lpsa_wagtail.models.reading_time import minutes
from lpsa_wagtail.models.settings import WorkingGroupSettings
from lpsa_wagtail.models.webinars import Webinar
from lpsa_wagtail.models.working_groups import WorkingGroupPage

STATEMENTS = Prepared(Page)
UPCOMING_SHOWN = 5
PAST_SHOWN = 5
POSTS_SHOWN = 6
#: Of so many posts of a group it is asked first whether they are public.
CANDIDATES = 24
RELATED_SHOWN = 4
#: So many headings make a list of contents.
CONTENTS_FROM = 3


def directory_context(index, request) -> dict:
    """For the directory of groups."""
    return {
        "listing": GroupListing.for_request(request, index),
        "join_settings": WorkingGroupSettings.stored(Site.find_for_request(request)),
    }


def group_context(group, request) -> dict:
    """For the page of a group. The number of queries is the same for any number of items."""
    site = Site.find_for_request(request)
    roles, record = _roles_and_record(group)
    posts = _posts(group, site)
    upcoming, past = _webinars(group, site)
    coming = next((one for one in upcoming if one.is_to_come), None)
    for page in (*posts, *upcoming, *past):
        page.group = group
    attach_authors(posts)
    _attach_words(group, request)
    partners = list(group.partners.all())
    _attach_body(group, site, [(group, "lead_image"), *((row, "logo") for row in partners)])
    decisions = public_record(group, record and record.established_on)
    return {
        "record": record,
        "decisions": decisions,
        "ended_on": _ended_on(record, decisions),
        "leaders": [role for role in roles if role.role in DRAFTING_ROLES],
        "participants": [
            (kind, held)
            for kind in ORDINARY_ROLES
            if (held := [r for r in roles if r.role == kind])
        ],
        "next_webinar": coming,
        "upcoming_webinars": [webinar for webinar in upcoming if webinar != coming],
        "past_webinars": past,
        "latest_posts": posts,
        "partners": partners,
        "join_settings": WorkingGroupSettings.stored(site),
    }


def _roles_and_record(group):
    """Today's roles that visitors may see, and the group's record. One query if there are any."""
    key, today = group.translation_key, timezone.localdate()
    roles = STATEMENTS.objects(("roles", key), lambda day: _roles(key, day), today)
    if roles:
        group.record = roles[0].group
    return roles, group.record


def _roles(translation_key, day):
    roles = Membership.objects.filter(group__translation_key=translation_key)
    return roles.on(day).shown().select_related("group")


def _ended_on(record, decisions):
    """The day on which a group ended that is kept as an archive, else None."""
    if record is None or record.state != GroupState.ARCHIVED:
        return None
    last = next((one for one in decisions if one.outcome == PublicOutcome.ARCHIVED), None)
    return last and last.effective_on


def _webinars(group, site):
    """The next and the latest webinars of a group, both with one query."""
    key = ("webinars", group.pk, group.path, key_of(Webinar, site))
    now = timezone.now()
    found = STATEMENTS.objects(key, lambda moment: _next_and_last(group, site, moment), now)
    return (
        [webinar for webinar in found if not webinar.is_past],
        [webinar for webinar in reversed(found) if webinar.is_past],
    )


def _next_and_last(group, site, now):
    webinars = Webinar.objects.of_group(group).public(site)
    upcoming, past = webinars.upcoming(now)[:UPCOMING_SHOWN], webinars.past(now)[:PAST_SHOWN]
    either = Q(pk__in=upcoming.values("pk")) | Q(pk__in=past.values("pk"))
    return Webinar.objects.filter(either).defer_streamfields().order_by("starts_at", "pk")


def _posts(group, site) -> list:
    """The newest posts of a group. One query, one more if many of the newest are hidden."""
    key = ("posts", group.pk, group.path, key_of(BlogPost, site))
    found = STATEMENTS.objects(key, lambda: _newest(_candidates(group), site))
    if len(found) < POSTS_SHOWN and group.numchild > CANDIDATES:
        found = list(_newest(BlogPost.objects.of_group(group), site))
    return found


def _candidates(group):
    """The newest posts of a group, and those credited to it; not all of them may be public.

    Whether a post is public takes a database longer than to find the newest of a group.
    """
    below = BlogPost.objects.filter(path__startswith=group.path).live().in_listing_order()
    credited = BlogPost.joint_groups.through.objects.filter(workinggrouppage_id=group.pk)
    newest = Q(pk__in=below.values("pk")[:CANDIDATES])
    return BlogPost.objects.filter(newest | Q(pk__in=credited.values("blogpost_id")))


def _newest(posts, site):
    return posts.public(site).in_listing_order().defer_streamfields()[:POSTS_SHOWN]


def post_context(post, request) -> dict:
    """For the page of a post. The number of queries is the same for any number of items."""
    _attach_words(post, request)
    _attach_body(post, Site.find_for_request(request), [(post, "lead_image")])
    hosts = _hosts(post, request)
    contents = outline(post.body)
    return {
        **hosts,
        "minutes": minutes(post.body, post.language),
        "contents": contents if len(contents) >= CONTENTS_FROM else [],
        "related": _related(post, request),
        "citation": citation_of(post, request),
        "citation_files": {} if getattr(request, "is_preview", False) else citation_files(post),
    }


def webinar_context(webinar, request) -> dict:
    """For the page of a webinar."""
    _attach_words(webinar, request)
    _attach_body(webinar, Site.find_for_request(request), [(webinar, "lead_image")])
    return _hosts(webinar, request)


def _hosts(page, request) -> dict:
    """Set the page's group, and name the other groups it is credited to, if they are public.

    One query; in a preview, one more for the groups as the editor left them.
    """
    site, above = Site.find_for_request(request), page.path[: -Page.steplen]
    if getattr(request, "is_preview", False):
        credited = [group.pk for group in page.joint_groups.all()]
        groups = list(_groups(site, above, credited))
    else:
        key = (type(page), key_of(WorkingGroupPage, site))
        groups = STATEMENTS.objects(key, partial(_hosts_of, type(page), site), above, page.pk)
    for group in groups:
        if group.path == above:
            page.group = group
    return {"joint_groups": [group for group in groups if group.path != above]}


def _groups(site, path, ids):
    """Public groups that are at this tree path, or have one of these ids."""
    groups = WorkingGroupPage.objects.public(site).filter(Q(path=path) | Q(pk__in=ids))
    return groups.in_directory_order().defer_streamfields()


def _hosts_of(model, site, path, pk):
    links = model.joint_groups.through.objects
    credited = links.filter(**{f"{model._meta.model_name}_id": pk})
    return _groups(site, path, credited.values("workinggrouppage_id"))


def _related(post, request) -> list:
    """Posts and webinars with most of the same words, then the newest. Two queries."""
    words = padded(word.pk for word in post.interests_shown)
    if not words:
        return []
    site, found = Site.find_for_request(request), []
    for model in (BlogPost, Webinar):
        key = ("related", post.locale_id, _tree_of(post), key_of(model, site))
        found += STATEMENTS.objects(key, partial(_like, model, site, post), post.pk or 0, *words)
    for page in found:
        page.day = page.listed_on if isinstance(page, BlogPost) else page.local_start
        page.is_post = isinstance(page, BlogPost)
    by_day = sorted(found, key=lambda page: f"{page.day or ''}", reverse=True)
    return sorted(by_day, key=lambda page: -page.shared)[:RELATED_SHOWN]


def _like(model, site, post, own, *words):
    pages = model.objects.public(site).in_language_of(post).exclude(pk=own)
    return pages.sharing(words, _tree_of(post)).defer_streamfields()[:RELATED_SHOWN]


def _tree_of(page) -> str:
    """Path of the part of the tree that sites keep for one language."""
    return page.path[: 2 * Page.steplen]


def _attach_body(page, site, places) -> None:
    """Read the pictures in these places and in the body of the page, and what its lists show."""
    images = get_image_model().objects
    ids = {pk for block in page.body.raw_data for pk in image_ids(block["type"], block["value"])}
    with pictures_read(images.in_bulk(ids - {None}) if ids - {None} else {}):
        blocks = list(page.body)
    attach_images(*places, loaded=[image for block in blocks for image in images_of(block)])
    attach_lists(page, site)


def _attach_words(page, request) -> None:
    """Read the words of the page; in a preview the page says them as the editor left them."""
    if not getattr(request, "is_preview", False):
        page.interests_shown = Interest.objects.worn_by(page)
