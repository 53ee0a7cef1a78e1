"""What the search knows of a page."""

from django.db import transaction
from wagtail.search import index


@transaction.atomic
def index_for_search(*, actor, page):
    """Index once more what went live, with the rows that belong to it, such as its authors.

    Wagtail indexes a page when its own row is saved; these are written after it.
    """
    index.insert_or_update_object(page)
