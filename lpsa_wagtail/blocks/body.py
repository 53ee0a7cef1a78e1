"""The body of groups, posts and webinars."""

from wagtail import blocks

from lpsa_wagtail.blocks.data import ChartBlock, KeyFiguresBlock, TableBlock
from lpsa_wagtail.blocks.lists import ListByInterestBlock
from lpsa_wagtail.blocks.media import DocumentBlock, FigureBlock, GalleryBlock, RecordingBlock
from lpsa_wagtail.blocks.text import (
    RICH_TEXT_FEATURES,
    CalloutBlock,
    HeadingBlock,
    ParagraphBlock,
    PeopleBlock,
    QuoteBlock,
    SourcesBlock,
)


class BodyBlock(blocks.StreamBlock):
    """The body of groups, posts and webinars."""

    heading = HeadingBlock(max_length=200)
    paragraph = ParagraphBlock(features=RICH_TEXT_FEATURES)
    figure = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    key_figures = KeyFiguresBlock()
    chart = ChartBlock()
    document = DocumentBlock()
    recording = RecordingBlock()
    people = PeopleBlock()
    list = ListByInterestBlock()
    sources = SourcesBlock()

    class Meta:
        # Each list is read in the same query as the others, which grows with them.
        block_counts = {"list": {"max_num": 6}}
