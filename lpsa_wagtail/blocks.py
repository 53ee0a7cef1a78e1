"""Blocks that editors write with. One shared list, so migrations stay quiet."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lpsa_wagtail.choices import ContributorRole

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "lpsa_wagtail/blocks/heading.html"
        preview_value = "What local governments decide"
        description = _("A heading inside the text")


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "lpsa_wagtail/blocks/paragraph.html"
        preview_value = "<p>Local governments work best when money follows function.</p>"
        description = _("Paragraphs, lists and links")


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
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
        description = _("A picture with caption and credit")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "lpsa_wagtail/blocks/quote.html"
        preview_value = {"text": "Money should follow function.", "source": "A. Sample"}
        description = _("A quotation with its source")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(required=False, label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "lpsa_wagtail/blocks/document.html"
        description = _("A document to download")


class BodyBlock(blocks.StreamBlock):
    """The body of groups, posts and webinars."""

    heading = HeadingBlock(max_length=200)
    paragraph = ParagraphBlock(features=RICH_TEXT_FEATURES)
    figure = FigureBlock()
    quote = QuoteBlock()
    document = DocumentBlock()


class ContributorBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200, label=_("Name"))
    affiliation = blocks.CharBlock(required=False, max_length=200, label=_("Affiliation"))
    role = blocks.ChoiceBlock(
        choices=ContributorRole.choices, default=ContributorRole.SPEAKER, label=_("Role")
    )

    class Meta:
        icon = "user"
        label = _("Contributor")


class AgendaRowBlock(blocks.StructBlock):
    """One row of an agenda. The recording link is an operational fact (no Board needed)."""

    title = blocks.CharBlock(max_length=255, label=_("Title"))
    contributors = blocks.ListBlock(ContributorBlock(), default=[], label=_("Contributors"))
    recording_url = blocks.URLBlock(required=False, label=_("Recording of this part"))

    class Meta:
        icon = "list-ul"
        label = _("Agenda row")
        description = _("A part of the event, who contributes, and its own recording")


class AgendaBlock(blocks.StreamBlock):
    row = AgendaRowBlock()
