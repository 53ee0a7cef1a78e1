"""Blocks that editors write with. One shared list, so migrations stay quiet.

Migrations name some of these as ``lpsa_wagtail.blocks.…``: what is here stays here.
"""

from lpsa_wagtail.blocks.agenda import AgendaBlock, AgendaRowBlock, ContributorBlock
from lpsa_wagtail.blocks.body import BodyBlock
from lpsa_wagtail.blocks.data import (
    CellsBlock,
    ChartBlock,
    ChartCellsBlock,
    KeyFiguresBlock,
    TableBlock,
)
from lpsa_wagtail.blocks.lists import ListByInterestBlock, WordBlock
from lpsa_wagtail.blocks.media import (
    DocumentBlock,
    FigureBlock,
    GalleryBlock,
    PictureBlock,
    RecordingBlock,
)
from lpsa_wagtail.blocks.text import (
    RICH_TEXT_FEATURES,
    AddressBlock,
    CalloutBlock,
    HeadingBlock,
    ParagraphBlock,
    PeopleBlock,
    QuoteBlock,
    SourcesBlock,
)

__all__ = [
    "RICH_TEXT_FEATURES",
    "AddressBlock",
    "AgendaBlock",
    "AgendaRowBlock",
    "BodyBlock",
    "CalloutBlock",
    "CellsBlock",
    "ChartBlock",
    "ChartCellsBlock",
    "ContributorBlock",
    "DocumentBlock",
    "FigureBlock",
    "GalleryBlock",
    "HeadingBlock",
    "KeyFiguresBlock",
    "ListByInterestBlock",
    "ParagraphBlock",
    "PeopleBlock",
    "PictureBlock",
    "QuoteBlock",
    "RecordingBlock",
    "SourcesBlock",
    "TableBlock",
    "WordBlock",
]
