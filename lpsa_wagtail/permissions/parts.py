"""Rows and files that belong to a page: of a live page they change only with it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import GovernedPage
from lpsa_wagtail.models.governed import saving_page
from lpsa_wagtail.permissions.gate import is_governed


def guard_part(instance, *, origin=None) -> None:
    """Refuse to change a row of a live page except through the page's own save.

    Also to take it away from one. Operational relations and rows that go away with their page are
    let through; ``origin`` is what is being deleted.
    """
    links = _links_to_pages(type(instance))
    goes_with_page = origin is not None and origin is not instance
    if not links or (goes_with_page and getattr(origin, "model", None) is not type(instance)):
        return
    stored = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    for field in links:
        for row in filter(None, (instance, stored)):
            _refuse_part(field.related_model, {getattr(row, field.attname)})


def guard_links(model, page_ids) -> None:
    """The same for the pages that a page names, where they are added or taken out by hand."""
    _refuse_part(model, set(page_ids))


def pages_of_part(instance) -> set[int]:
    """Ids of the pages of ours that this row is a part of."""
    return {getattr(instance, field.attname) for field in _links_to_pages(type(instance))}


def _refuse_part(model, page_ids) -> None:
    others = page_ids - {saving_page.get()}
    if others and model._base_manager.filter(pk__in=others, live=True).exists():
        raise NotDecided


def _links_to_pages(model) -> list:
    """Fields of a row by which it is a part of a page of ours, operational relations left out."""
    found = []
    for field in model._meta.fields:
        if not (isinstance(field, ParentalKey) and issubclass(field.related_model, GovernedPage)):
            continue
        if field.remote_field.get_accessor_name() not in field.related_model.operational_fields:
            found.append(field)
    return found


def guard_file(instance, *, deleting: bool = False) -> None:
    """Refuse to replace in place, or to delete, a file that approved content shows."""
    if not (isinstance(instance, (get_image_model(), get_document_model())) and instance.pk):
        return
    old = type(instance)._base_manager.filter(pk=instance.pk).first()
    if old is None or not (deleting or _shows_something_else(old, instance)):
        return
    if pages_that_show(old):
        raise NotDecided(_("This file is part of approved content. Upload the new one beside it."))


def is_replaced(instance) -> bool:
    """True for an image or document that is about to be stored with another file."""
    if not (isinstance(instance, (get_image_model(), get_document_model())) and instance.pk):
        return False
    old = type(instance)._base_manager.filter(pk=instance.pk).first()
    return bool(old) and old.file.name != instance.file.name


def pages_that_show(item) -> list[int]:
    """Ids of the live pages of ours that show this image or document as approved content."""
    found = []
    for reference in ReferenceIndex.get_references_to(item):
        model = reference.base_content_type.model_class()
        if model and issubclass(model, Page):
            page = Page.objects.filter(pk=reference.object_id, live=True).first()
            part = reference.model_path.split(".")[0]
            if page and is_governed(page) and part not in page.specific_class.operational_fields:
                found.append(page.pk)
    return found


def _shows_something_else(old, new) -> bool:
    """True if the file is another one, or a document has another title, which visitors read."""
    is_document = isinstance(new, get_document_model())
    return old.file.name != new.file.name or (is_document and old.title != new.title)


def validate_file(value) -> None:
    """The same as a validator of the file field: forms then say it at the field."""
    try:
        guard_file(value.instance)
    except NotDecided as refusal:
        raise ValidationError(str(refusal)) from refusal
