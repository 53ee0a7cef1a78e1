"""Reads what a list of pages needs beside the pages, with a fixed number of queries."""

from collections import defaultdict

from wagtail.models import Page

from lpsa_wagtail.models.interests import Interest, Vocabulary


def attach_interests(pages, vocabulary: Vocabulary | None = None) -> None:
    """Give each page its ``interests_shown``. One query for the rows, one for the vocabulary."""
    if not pages:
        return
    vocabulary = vocabulary or Interest.objects.vocabulary()
    through = type(pages[0]).interests.through
    rows = through.objects.filter(content_object__in=[page.pk for page in pages])
    words = defaultdict(dict)
    for page_id, tag_id in rows.values_list("content_object_id", "tag_id"):
        if word := vocabulary.current(tag_id):
            words[page_id][word.pk] = word
    for page in pages:
        found = words[page.pk].values()
        page.interests_shown = sorted(found, key=lambda word: (word.kind, word.label))


def attach_groups(pages, groups: dict) -> None:
    """Give each page its ``group`` from a map of tree path → group. No query."""
    for page in pages:
        page.group = groups.get(page.path[: -Page.steplen])


def attach_authors(posts) -> None:
    """Give each post its ``authors_shown``. One query."""
    if not posts:
        return
    rows = type(posts[0]).authors.rel.related_model.objects
    by_post = defaultdict(list)
    for author in rows.filter(page__in=[post.pk for post in posts]).order_by("sort_order", "pk"):
        by_post[author.page_id].append(author)
    for post in posts:
        post.authors_shown = by_post[post.pk]
