"""An export of everything of ours that is in the database."""

import os
from itertools import chain

from django.core import serializers
from wagtail.models import Revision

from lpsa_wagtail.models import belongings


def write_export(path: str) -> int:
    """Write every row of ours as a Django fixture (JSON) to a new file; return how many rows.

    It holds personal data, so only the owner of the file may read it. Raises ``FileExistsError``.
    """
    rows = list(_rows())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as stream:
        serializers.serialize("json", rows, indent=1, stream=stream)
    return len(rows)


def _rows():
    """Our rows and those they rest on, each after what it points at."""
    pages = belongings.our_pages()
    types = belongings.our_types()
    models = belongings.our_models()
    yield from chain(
        belongings.our_auth_groups(),
        belongings.our_collections().order_by("depth"),
        belongings.our_workflows(),
        belongings.our_tasks(),
        pages.order_by("path"),
    )
    for model in reversed(models):
        yield from model._base_manager.order_by("pk").iterator(chunk_size=500)
    yield from Revision.objects.filter(content_type__in=types).order_by("pk").iterator()
