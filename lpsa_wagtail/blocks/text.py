"""Blocks of words: headings, texts, quotations, callouts, people, sources."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import CharBlockComparison

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
#: Where migrations look for the blocks of which they name the class.
MODULE = "lpsa_wagtail.blocks"
#: Shows a block to editors in the look that it has on a page.
PREVIEW = "lpsa_wagtail/blocks/preview.html"
CALLOUT_KINDS = [("note", _("Note")), ("important", _("Important"))]
MOST_PEOPLE = 60
MOST_SOURCES = 200


class AddressBlock(blocks.URLBlock):
    """An address of the web. Two are compared as words, not as markup."""

    __module__ = MODULE

    def get_comparison_class(self):
        return CharBlockComparison


class HeadingBlock(blocks.CharBlock):
    __module__ = MODULE

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "lpsa_wagtail/blocks/heading.html"
        preview_template = PREVIEW
        preview_value = "What local governments decide"
        description = _("A heading inside the text")


class ParagraphBlock(blocks.RichTextBlock):
    __module__ = MODULE

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "lpsa_wagtail/blocks/paragraph.html"
        preview_template = PREVIEW
        preview_value = "<p>Local governments work best when money follows function.</p>"
        description = _("Paragraphs, lists and links")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "lpsa_wagtail/blocks/quote.html"
        preview_template = PREVIEW
        preview_value = {"text": "Money should follow function.", "source": "A. Sample"}
        description = _("A quotation with its source")


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=CALLOUT_KINDS, default="note", search_index=False, label=_("Kind")
    )
    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    text = blocks.RichTextBlock(features=RICH_TEXT_FEATURES[2:], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "lpsa_wagtail/blocks/callout.html"
        preview_template = PREVIEW
        preview_value = {
            "kind": "important",
            "title": "Comments until Friday",
            "text": "<p>Send what you would change to the secretariat.</p>",
        }
        description = _("A few sentences that stand out from the text")


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=200, label=_("Name"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("Role"))
    affiliation = blocks.CharBlock(required=False, max_length=200, label=_("Affiliation"))

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(blocks.StructBlock):
    """People as they are typed. No link to members, so nothing of anybody else's appears."""

    people = blocks.ListBlock(PersonBlock(), max_num=MOST_PEOPLE, label=_("People"))

    class Meta:
        icon = "group"
        label = _("People")
        template = "lpsa_wagtail/blocks/people.html"
        preview_template = PREVIEW
        preview_value = {
            "people": [
                {"name": "A. Sample", "role": "Editor", "affiliation": "Coast College"},
                {"name": "B. Sample", "role": "", "affiliation": "Ministry of Local Government"},
            ]
        }
        description = _("Names with role and affiliation, as you type them")


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=500, label=_("Source"))
    year = blocks.IntegerBlock(required=False, min_value=1000, max_value=2999, label=_("Year"))
    link = AddressBlock(required=False, label=_("Link"))

    class Meta:
        icon = "link"
        label = _("Source")


class SourcesBlock(blocks.StructBlock):
    sources = blocks.ListBlock(SourceBlock(), max_num=MOST_SOURCES, label=_("Sources"))

    class Meta:
        icon = "list-ol"
        label = _("Sources")
        template = "lpsa_wagtail/blocks/sources.html"
        preview_template = PREVIEW
        preview_value = {
            "sources": [
                {"text": "Sample, A. Money follows function", "year": 2024, "link": ""},
                {"text": "Budget of the county", "year": None, "link": "https://example.org/"},
            ]
        }
        description = _("What a text draws on, as a numbered list")
