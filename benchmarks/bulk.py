"""Publishes many pages at once: every row that saving, deciding and publishing would have made.

Content hashes, versions, search texts and references are computed by the same code as for any
page. Only the writing differs: a few statements for hundreds of pages instead of hundreds for
one, and the gate is not asked, as no model is saved. ``tests/benchmarks`` holds that the rows are
the same.
"""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from lpsa_wagtail.choices import Outcome, Stage
from lpsa_wagtail.models import BlogPost, Decision
from lpsa_wagtail.permissions import charter_hash, content_hash

BATCH = 500
PUBLISHED = (
    *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
    *("live_revision", "latest_revision", "latest_revision_created_at"),
)


def publish(parents_and_pages) -> None:
    """Put new pages of one type, each with its parent, into the tree, decided and live.

    The pages are as yet only in memory, with their child rows. They must be complete: a slug that
    is free, all values of blocks, for a post the date shown.
    """
    pairs = list(parents_and_pages)
    for start in range(0, len(pairs), BATCH):
        with transaction.atomic():
            _publish(pairs[start : start + BATCH])


def _publish(pairs) -> None:
    pages = [page for _parent, page in pairs]
    for page in pages:
        _keep_in_memory(page)
        page._number_child_rows()  # as saving does
    _place(pairs)
    _insert_pages(pages)
    for page in pages:
        _bind_children(page)
    _insert_children(pages)
    _insert_revisions(pages)
    _insert_decisions(pairs)
    _set_live(pages)
    _index(pages)


def _keep_in_memory(page) -> None:
    """Say that a page has no rows where it has none, or the database is asked each time."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
    names += [field.name for field in get_all_child_m2m_relations(page)]
    given = page.__dict__.get("_cluster_related_objects", {})
    for name in names:
        if name not in given:
            setattr(page, name, [])


def _place(pairs) -> None:
    """Give each page its place below its parent, as the newest child."""
    parents = {parent.pk: parent for parent, _page in pairs}
    parents = {pk: Page.objects.select_for_update().get(pk=pk) for pk in parents}
    last = {pk: parent.get_last_child() for pk, parent in parents.items()}
    steps = {pk: child._get_lastpos_in_path() if child else 0 for pk, child in last.items()}
    types = ContentType.objects.get_for_models(*{type(page) for _parent, page in pairs})
    added: Counter = Counter()
    for given, page in pairs:
        parent = parents[given.pk]
        added[parent.pk] += 1
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, steps[parent.pk] + added[parent.pk])
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type = types[type(page)]
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        page.live, page.has_unpublished_changes = False, False
        if isinstance(page, BlogPost):
            page.listed_on = page.published_on  # as saving does
    for pk, number in added.items():
        Page.objects.filter(pk=pk).update(numchild=parents[pk].numchild + number)


def _insert_pages(pages) -> None:
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    Page.objects.bulk_create(rows)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
        page._state.adding = False
    model = type(pages[0])
    fields = model._meta.local_concrete_fields
    _insert(model, fields, ([f.pre_save(page, True) for f in fields] for page in pages))


def _insert(model, fields, rows) -> None:
    """Insert into the table of the model alone, not into those of its parents."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    stored = [
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, stored)


def _bind_children(page) -> None:
    for relation in _relations(page):
        for child in getattr(page, relation.get_accessor_name()).all():
            setattr(child, relation.field.name, page)


def _relations(page) -> list:
    relations = get_all_child_relations(page)
    return [r for r in relations if r.get_accessor_name() != COMMENTS_RELATION_NAME]


def _insert_children(pages) -> None:
    for relation in _relations(pages[0]):
        name = relation.get_accessor_name()
        relation.related_model._base_manager.bulk_create(
            child for page in pages for child in getattr(page, name).all()
        )
    for field in get_all_child_m2m_relations(pages[0]):
        through = field.remote_field.through
        own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
        through._base_manager.bulk_create(
            through(**{f"{own}_id": page.pk, f"{other}_id": thing.pk})
            for page in pages
            for thing in getattr(page, field.name).all()
        )


def _insert_revisions(pages) -> None:
    base = ContentType.objects.get_for_model(Page)
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            object_str=str(page),
            content=page.serializable_data(),
            created_at=now,
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision, page.latest_revision_created_at = revision, now


def _insert_decisions(pairs) -> None:
    """Decisions of the kind installation, at the end of the chain."""
    digest = Decision._lock_last_digest()
    decisions = []
    for parent, page in pairs:
        charter = charter_hash(page)
        decision = Decision(
            page_id=page.pk,
            page_title=page.title,
            parent_id=parent.pk,
            revision_id=page.latest_revision_id,
            content_hash=content_hash(page),
            charter_hash=charter,
            stage=Stage.ESTABLISHMENT if charter else Stage.CONTENT,
            outcome=Outcome.INSTALLATION,
            decided_at=timezone.now().replace(microsecond=0),
            previous_digest=digest,
        )
        digest = decision.digest = decision.computed_digest()
        decisions.append(decision)
    QuerySet(Decision).bulk_create(decisions)  # the manager refuses: a chain is made one by one


def _set_live(pages) -> None:
    now = timezone.now()
    for page in pages:
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = now
        page.live_revision = page.latest_revision
    Page.objects.bulk_update(
        [Page(pk=page.pk, **{name: getattr(page, name) for name in PUBLISHED}) for page in pages],
        PUBLISHED,
    )
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=page.content_type,
            label=page.get_admin_display_title(),
            action=action,
            timestamp=now,
            page_id=page.pk,
            revision=revision,
            content_changed=True,
        )
        for page in pages
        for action, revision in (
            ("wagtail.create", None),
            ("wagtail.publish", page.live_revision),
        )
    )


def _index(pages) -> None:
    """Write the search index and the index of references."""
    for backend in get_search_backends():
        backend.get_index_for_model(type(pages[0])).add_items(type(pages[0]), pages)
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)
        )
    )
