"""Blocks of numbers: tables, key figures, charts."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lpsa_wagtail.blocks.cells import (
    LARGEST,
    MOST_CATEGORIES,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SERIES,
    Cells,
    ChartData,
    is_gap,
    number_in,
)
from lpsa_wagtail.blocks.charts import drawing_of
from lpsa_wagtail.blocks.text import MODULE, PREVIEW

CHART_KINDS = [("bar", _("Bars")), ("line", _("Lines"))]
MOST_KEY_FIGURES = 8
LONGEST_CELL = 500


class CellsBlock(blocks.TextBlock):
    """A table as text. Refuses one that is too large, with a sentence that says so."""

    __module__ = MODULE

    class Meta:
        icon = "table"

    def clean(self, value):
        value = super().clean(value)
        cells = Cells.of(value)
        if value and not cells.rows:
            raise ValidationError(_("Write a row that names the columns, and one row below it."))
        if len(cells.header) > MOST_COLUMNS or len(cells.rows) > MOST_ROWS:
            raise ValidationError(
                _("%(columns)d columns and %(rows)d rows are the most that a table can have.")
                % {"columns": MOST_COLUMNS, "rows": MOST_ROWS}
            )
        if any(len(cell) > LONGEST_CELL for row in (cells.header, *cells.rows) for cell in row):
            raise ValidationError(_("A cell can have %d characters at most.") % LONGEST_CELL)
        return value


class ChartCellsBlock(CellsBlock):
    """The numbers of a chart."""

    __module__ = MODULE

    def clean(self, value):
        value = super().clean(value)
        cells = Cells.of(value)
        if len(cells.header) < 2:
            raise ValidationError(_("Write a name and at least one number in each row."))
        if len(cells.rows) > MOST_CATEGORIES or len(cells.header) > MOST_SERIES + 1:
            raise ValidationError(
                _("A chart shows %(rows)d rows and %(columns)d columns of numbers at most.")
                % {"rows": MOST_CATEGORIES, "columns": MOST_SERIES}
            )
        for row in cells.rows:
            for cell in row[1:]:
                if number_in(cell) is None and not is_gap(cell):
                    raise ValidationError(
                        _(
                            "“%(cell)s” (%(row)s) is no number that can be drawn. Write numbers up "
                            "to %(most).0e, with a point: 1234.5. Leave the cell empty if there is "
                            "none."
                        )
                        % {"cell": cell[:40], "row": row[0][:40], "most": LARGEST}
                    )
        if not ChartData(cells).points:
            raise ValidationError(_("There is no number to draw."))
        return value


class TableValue(blocks.StructValue):
    @cached_property
    def table(self) -> Cells:
        """Its rows and columns."""
        return Cells.of(self.get("cells"))


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(required=False, max_length=255, label=_("Caption"))
    cells = CellsBlock(
        label=_("Table"),
        help_text=_(
            "Paste it from a spreadsheet. Or write one row on each line, with | between the cells. "
            "The first row names the columns."
        ),
    )
    row_headings = blocks.BooleanBlock(
        required=False, default=True, label=_("The first cell names the row")
    )
    source = blocks.CharBlock(required=False, max_length=255, label=_("Source"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "lpsa_wagtail/blocks/table.html"
        preview_template = PREVIEW
        preview_value = {
            "caption": "Budgets of three counties, in million",
            "cells": "County | 2023 | 2024\nHills | 12.5 | 14\nCoast | 8 | 9.25\nDelta | 3 | –",
            "row_headings": True,
            "source": "The counties",
        }
        value_class = TableValue
        description = _("Rows and columns, with a caption and a source")


class KeyFigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(max_length=20, label=_("Number"), help_text=_("Such as 1,250 or 38"))
    unit = blocks.CharBlock(
        required=False, max_length=30, label=_("Unit"), help_text=_("Such as % or million")
    )
    label = blocks.CharBlock(max_length=160, label=_("What it counts"))
    source = blocks.CharBlock(required=False, max_length=255, label=_("Source"))

    class Meta:
        icon = "decimal"
        label = _("Figure")


class KeyFiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(KeyFigureBlock(), max_num=MOST_KEY_FIGURES, label=_("Figures"))

    class Meta:
        icon = "decimal"
        label = _("Key figures")
        template = "lpsa_wagtail/blocks/key_figures.html"
        preview_template = PREVIEW
        preview_value = {
            "figures": [
                {"number": "38", "unit": "%", "label": "of all money is spent locally"},
                {"number": "47", "unit": "", "label": "counties", "source": "The census"},
            ]
        }
        description = _("A few numbers in large type, each with what it counts")


class ChartValue(blocks.StructValue):
    @cached_property
    def data(self) -> ChartData:
        """What can be drawn of its table."""
        return ChartData.of(self.get("cells"))

    @cached_property
    def drawing(self):
        """Its shapes, or None if there is nothing to draw."""
        return drawing_of(self.get("kind"), self.data)

    @property
    def lowest(self):
        """(number, category, series)."""
        return min(self.data.points, key=lambda point: point[0])

    @property
    def highest(self):
        return max(self.data.points, key=lambda point: point[0])


class ChartBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=CHART_KINDS, default="bar", search_index=False, label=_("Kind")
    )
    title = blocks.CharBlock(max_length=255, label=_("Title"))
    description = blocks.TextBlock(
        required=False,
        max_length=1000,
        label=_("What it shows"),
        help_text=_("One or two sentences, also for people who do not see the chart."),
    )
    unit = blocks.CharBlock(required=False, max_length=60, label=_("Unit"))
    cells = ChartCellsBlock(
        label=_("Numbers"),
        help_text=_(
            "Paste them from a spreadsheet. Or write one row on each line, with | between the "
            "cells: a name, then one to four numbers. The first row says what the numbers are."
        ),
    )
    source = blocks.CharBlock(required=False, max_length=255, label=_("Source"))

    class Meta:
        icon = "bars"
        label = _("Chart")
        template = "lpsa_wagtail/blocks/chart.html"
        preview_template = PREVIEW
        preview_value = {
            "kind": "bar",
            "title": "Who spends the money",
            "description": "",
            "unit": "% of all public money",
            "cells": "Level | 2014 | 2024\nCentre | 71 | 62\nCounties | 24 | 31\nTowns | 5 | 7",
            "source": "Ministry of Finance",
        }
        value_class = ChartValue
        description = _("Bars or lines, drawn from a few numbers that readers can open as a table")
