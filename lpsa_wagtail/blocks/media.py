"""Blocks of pictures, files and recordings."""

from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lpsa_wagtail.blocks.text import MODULE, PREVIEW, AddressBlock

MOST_PICTURES = 24
_READ_BEFORE: ContextVar[dict | None] = ContextVar("lpsa_pictures", default=None)


@contextmanager
def pictures_read(images: dict):
    """Within, picture blocks take these pictures (id → image) and ask for none themselves.

    Wagtail asks the database once for each kind of block; a body needs one query for all kinds.
    """
    token = _READ_BEFORE.set(images)
    try:
        yield
    finally:
        _READ_BEFORE.reset(token)


class PictureBlock(ImageChooserBlock):
    """Chooses a picture. Those of a whole body can be read together: ``pictures_read``."""

    __module__ = MODULE

    def bulk_to_python(self, values):
        read = _READ_BEFORE.get()
        if read is None:
            return super().bulk_to_python(values)
        return [copy(read.get(pk)) for pk in values]


class FigureBlock(blocks.StructBlock):
    image = PictureBlock(label=_("Image"))
    alternative_text = blocks.CharBlock(
        required=False,
        label=_("Alternative text"),
        help_text=_("What the picture shows. Leave empty only for decoration."),
    )
    caption = blocks.CharBlock(required=False, label=_("Caption"))
    credit = blocks.CharBlock(required=False, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "lpsa_wagtail/blocks/figure.html"
        preview_template = "lpsa_wagtail/blocks/previews/figure.html"
        preview_value = {"caption": "The market of the county", "credit": "A. Sample"}
        description = _("A picture with caption and credit")


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(
        FigureBlock(label=_("Picture")), max_num=MOST_PICTURES, label=_("Pictures")
    )

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "lpsa_wagtail/blocks/gallery.html"
        preview_template = "lpsa_wagtail/blocks/previews/gallery.html"
        preview_value = {
            "pictures": [
                {"caption": "The market", "credit": "A. Sample"},
                {"caption": "The town hall", "credit": "B. Sample"},
            ]
        }
        description = _("Several pictures side by side, each with caption and credit")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(required=False, label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "lpsa_wagtail/blocks/document.html"
        preview_template = "lpsa_wagtail/blocks/previews/document.html"
        preview_value = {"description": "What was found, on two pages"}
        description = _("A document to download")


class RecordingBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    url = AddressBlock(
        label=_("Address of the recording"),
        help_text=_(
            "Readers see a link. A video at YouTube or Vimeo plays inside the page after a click; "
            "nothing is loaded from there before."
        ),
    )

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "lpsa_wagtail/blocks/recording.html"
        preview_template = PREVIEW
        preview_value = {
            "title": "Who pays for water?",
            "url": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
        }
        description = _("A video that lies elsewhere")
