"""What exactly a page contains, as a hash that survives saving and loading.

Taken from the page as it would be stored, never from the JSON of a revision. Left out: columns
that Wagtail itself changes, ids of blocks, and the operational facts of the type. Put in: the
files behind images and documents, so a file replaced in place is other content.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import COMMENTS_RELATION_NAME

from lpsa_wagtail.models.governed import in_order

VERSION = "v1"

#: Fields of ``Page`` that change without the content changing.
VOLATILE = frozenset(
    {
        *("pk", "id", "path", "depth", "numchild", "url_path", "translation_key", "content_type"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        *("live_revision", "latest_revision", "latest_revision_created_at", "draft_title"),
        *("owner", "locked", "locked_at", "locked_by", "expired", "alias_of", "listed_on"),
        *(COMMENTS_RELATION_NAME, "index_entries", "postgres_index_entries"),
    }
)


def content_hash(page) -> str:
    """Hash of everything on the page that a decision is about."""
    return _digest(canonical(page))


def charter_hash(page) -> str:
    """Hash of the fields that only the Board Chair decides; "" for types without such fields."""
    values = {name: page.serializable_value(name) for name in page.charter_fields}
    return charter_hash_of(type(page), values)


def charter_hash_of(model, values) -> str:
    """The same from a mapping of values, such as the content of a revision."""
    if not model.charter_fields:
        return ""
    return _digest({name: values[name] for name in model.charter_fields})


def _digest(data) -> str:
    text = json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder)
    return f"{VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"


def canonical(obj, link: str | None = None) -> dict:
    """The object as plain data; ``link`` names the field of a child row that leads to its parent.

    Empty values are left out, so a field added later, at its empty value, changes no hash.
    """
    skipped = VOLATILE | getattr(obj, "operational_fields", frozenset()) | {link}
    files = sorted(_files(obj, skipped), key=str)  # first: it binds blocks, which then stay bound
    data = {}
    for field in obj._meta.fields:
        if field.serialize and field.name not in skipped:
            data[field.name] = _field_value(obj, field)
    for field in get_all_child_m2m_relations(obj):
        if field.name not in skipped:
            data[field.name] = sorted(str(other.pk) for other in getattr(obj, field.name).all())
    for relation in get_all_child_relations(obj):
        if relation.get_accessor_name() not in skipped:
            data[relation.get_accessor_name()] = _child_rows(obj, relation)
    data["#files"] = files
    return {name: value for name, value in data.items() if value not in (None, "", [], False)}


def same_blocks(field, before, after) -> bool:
    """True if two values of a stream field hold the same, whatever the ids of their blocks are.

    Two lists inside blocks are never equal to Python.
    """
    block = field.stream_block
    before, after = (_bare(block.get_prep_value(value), ()) for value in (before, after))
    return before == after


def _field_value(obj, field):
    if not isinstance(field, StreamField):
        return obj.serializable_value(field.attname)
    operational = {
        name.split(".", 1)[1]
        for name in getattr(obj, "operational_fields", ())
        if name.startswith(f"{field.name}.")
    }
    return _bare(json.loads(field.value_to_string(obj) or "[]"), operational)


def _bare(value, operational):
    """Stream data without block ids and without operational keys."""
    if isinstance(value, list):
        return [_bare(item, operational) for item in value]
    if not isinstance(value, dict):
        return value
    is_block = "type" in value and "value" in value
    return {
        key: _bare(item, operational)
        for key, item in value.items()
        if not (key == "id" and is_block) and not (key in operational and not is_block)
    }


def _child_rows(obj, relation) -> list:
    model = relation.related_model
    ordered = any(field.name == "sort_order" for field in model._meta.fields)
    children = list(getattr(obj, relation.get_accessor_name()).all())
    if ordered:
        children = in_order(children)
    rows = [canonical(child, relation.field.name) for child in children]
    for row in rows:
        row.pop("sort_order", None)
    if ordered:
        return rows
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, cls=DjangoJSONEncoder))


def _files(obj, skipped):
    """(model, id, hash of the file) for every image and document that the object names."""
    references = set()
    for field in obj._meta.fields:
        if field.name in skipped:
            continue
        if field.is_relation and getattr(obj, field.attname):
            references.add((field.related_model, str(getattr(obj, field.attname))))
        elif hasattr(field, "extract_references"):
            found = field.extract_references(field.value_from_object(obj))
            references |= {(model, str(pk)) for model, pk, *_paths in found}
    for model, pk in references:
        if issubclass(model, (get_image_model(), get_document_model())):
            yield [
                model._meta.label_lower,
                pk,
                _file_hash(model._base_manager.filter(pk=pk).first()),
            ]


def _file_hash(item) -> str:
    try:
        return item.get_file_hash() if item else ""
    except OSError:  # the row is there, the file is not
        return "missing"
