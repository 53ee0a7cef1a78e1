"""Pictures and documents, in the models of the host."""

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


@transaction.atomic
def add_picture(*, actor, title, data: bytes, name, description="", collection=None):
    """Store a picture and return it. The file stays if the transaction is rolled back."""
    image = get_image_model()(title=title, uploaded_by_user=actor)
    image.description = description
    if collection:
        image.collection = collection
    image.file = ImageFile(ContentFile(data), name=name)
    image.save()
    image.get_file_size()
    image.get_file_hash()
    return image


@transaction.atomic
def add_document(*, actor, title, data: bytes, name, collection=None):
    """Store a document and return it. The file stays if the transaction is rolled back."""
    document = get_document_model()(title=title, uploaded_by_user=actor)
    if collection:
        document.collection = collection
    document.file = ContentFile(data, name=name)
    document.save()
    document.get_file_size()
    document.get_file_hash()
    return document


@transaction.atomic
def note_files(*, actor, page):
    """Note at once which files a page shows, so that nobody replaces them from now on.

    Wagtail does the same, but leaves it to a background task.
    """
    ReferenceIndex.create_or_update_for_object(page)
