"""Reads what a page or a list of pages shows beside itself, with a fixed number of queries."""

from collections import defaultdict

from django.apps import apps
from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model
from wagtail.models import Page

from lpsa_wagtail.choices import WebinarStatus
from lpsa_wagtail.models.interests import Interest, Vocabulary
from lpsa_wagtail.models.pictures import specs_of_all
from lpsa_wagtail.models.prepared import Prepared, padded

STATEMENTS = Prepared(Page)

#: Columns that one side of a union does not have.
ZERO = Value(0, output_field=IntegerField())
EMPTY = Value("", output_field=CharField())


def attach_interests(pages, vocabulary: Vocabulary | None = None, words_by_page=None) -> None:
    """Give each page its ``interests_shown``.

    One query for the rows unless ``words_by_page`` (page id → word ids) has them, one for the
    vocabulary unless given.
    """
    if not pages:
        return
    vocabulary = vocabulary or Interest.objects.vocabulary()
    if words_by_page is None:
        through = type(pages[0]).interests.through
        rows = through.objects.filter(content_object__in=[page.pk for page in pages])
        words_by_page = defaultdict(list)
        for page_id, word_id in rows.values_list("content_object_id", "tag_id"):
            words_by_page[page_id].append(word_id)
    for page in pages:
        page.interests_shown = words_shown(vocabulary, words_by_page.get(page.pk, ()))


def words_shown(vocabulary: Vocabulary, word_ids) -> list:
    """Words as visitors see them: merged words replaced, each once, sorted by kind and label."""
    words = {vocabulary.current(word_id) for word_id in word_ids} - {None}
    return sorted(words, key=lambda word: (word.kind, word.label))


def attach_groups(pages, groups: dict) -> None:
    """Give each page its ``group`` from a map of tree path → group. No query."""
    for page in pages:
        page.group = groups.get(page.path[: -Page.steplen])


def attach_next_meetings(groups, site) -> None:
    """Give each group its ``next_meeting``: a webinar with time and place in the tree, or None.

    Its own ones that go ahead, of the groups that they lie in. One query.
    """
    if not groups:
        return
    webinars = apps.get_model("lpsa_wagtail", "Webinar").objects
    below = Q()
    for group in groups:
        below |= Q(path__startswith=group.path)
    found: dict = {}
    coming = webinars.filter(below, status=WebinarStatus.SCHEDULED).public(site).upcoming()
    for webinar in coming.defer_streamfields():
        found.setdefault(webinar.path[: -Page.steplen], webinar)
    for group in groups:
        group.next_meeting = found.get(group.path)


def attach_authors(posts) -> None:
    """Give each post its ``authors_shown``. One query."""
    if not posts:
        return
    rows = type(posts[0]).authors.rel.related_model.objects
    by_post = defaultdict(list)
    ids = padded(post.pk for post in posts)
    for author in STATEMENTS.objects(
        (), lambda *pks: rows.filter(page__in=pks).order_by("sort_order", "pk"), *ids
    ):
        by_post[author.page_id].append(author)
    for post in posts:
        post.authors_shown = by_post[post.pk]


def attach_authors_and_interests(posts, vocabulary: Vocabulary) -> None:
    """Give each post its ``authors_shown`` and ``interests_shown``. One query for both."""
    if not posts:
        return
    kind, ids = type(posts[0]), [post.pk for post in posts]
    author_model = kind.authors.rel.related_model
    author_rows = author_model.objects.filter(page__in=ids)
    word_rows = kind.interests.through.objects.filter(content_object__in=ids)
    columns = ("place", "pk", "author", "from_where", "word")
    author_rows = author_rows.annotate(
        place=Coalesce("sort_order", 0), author=F("name"), from_where=F("affiliation"), word=ZERO
    )
    word_rows = word_rows.annotate(place=ZERO, author=EMPTY, from_where=EMPTY, word=F("tag_id"))
    both = author_rows.order_by().values_list("page_id", *columns)
    both = both.union(word_rows.order_by().values_list("content_object_id", *columns), all=True)
    authors, words = defaultdict(list), defaultdict(list)
    for post_id, place, pk, name, affiliation, word_id in both.order_by():
        if word_id:
            words[post_id].append(word_id)
        else:
            author = author_model(pk=pk, page_id=post_id, name=name, affiliation=affiliation)
            authors[post_id].append((place, pk, author))
    for post in posts:
        post.authors_shown = [author for *_place, author in sorted(authors[post.pk])]
        post.interests_shown = words_shown(vocabulary, words[post.pk])


def attach_images(*places, loaded=()) -> None:
    """Set the images named by (object, field name) pairs, with the sizes that templates print.

    Images that are ``loaded`` already (None among them is fine) get their sizes too. One query
    for all, and one more for pictures that nobody has looked at yet.
    """
    loaded = [image for image in loaded if image]
    wanted = {getattr(thing, f"{name}_id") for thing, name in places} - {None}
    known = wanted | {image.pk for image in loaded}
    renditions = get_image_model().get_rendition_model().objects.select_related("image")
    found = defaultdict(list)
    if known:
        for rendition in _asked(renditions, known):
            found[rendition.image_id].append(rendition)
    images = {pk: sizes[0].image for pk, sizes in found.items() if pk in wanted}
    if missing := wanted - images.keys():
        images |= get_image_model().objects.in_bulk(missing)
    for thing, name in places:
        if image := images.get(getattr(thing, f"{name}_id")):
            setattr(thing, name, image)
    for image in (*images.values(), *loaded):
        image.prefetched_renditions = found[image.pk]  # where Wagtail looks first


def _asked(renditions, image_ids):
    """Those of the images that our templates ask for. One query."""

    def build(*ids):
        return renditions.filter(image__in=ids, filter_spec__in=specs_of_all())

    if all(isinstance(pk, int) for pk in image_ids):  # a host's model may count otherwise
        return STATEMENTS.objects((renditions.model,), build, *padded(sorted(image_ids)))
    return build(*image_ids)
