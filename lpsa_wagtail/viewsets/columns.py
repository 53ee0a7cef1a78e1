"""Columns of our lists. They print what the view attached; none asks the database."""

from wagtail.admin.ui.tables import Column

from lpsa_wagtail.choices import GroupState
from lpsa_wagtail.fields import zone_city


class OwnColumn(Column):
    class Media:
        css = {"all": ["lpsa_wagtail/admin/listings.css"]}


class DayColumn(Column):
    """A date as a date."""

    cell_template_name = "lpsa_wagtail/listings/day_cell.html"


class TitleColumn(OwnColumn):
    """Title of a page, with the ways to edit it and to look at it."""

    cell_template_name = "lpsa_wagtail/listings/title_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        url = instance.live and instance.get_url(parent_context["request"])
        return {**context, "live_url": url or ""}


class StandingColumn(OwnColumn):
    """Where a page stands: draft, waiting for whom and since when, sent back, live."""

    cell_template_name = "lpsa_wagtail/listings/standing_cell.html"


class GroupColumn(OwnColumn):
    """The group that a page lies in."""

    cell_template_name = "lpsa_wagtail/listings/group_cell.html"


class StateColumn(OwnColumn):
    """State of a group, with a note where nobody chairs it today."""

    cell_template_name = "lpsa_wagtail/listings/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "state_label": GroupState(instance.state).label}


class StartColumn(OwnColumn):
    """Start of a webinar on the clock of its own zone, and whether it still takes place."""

    cell_template_name = "lpsa_wagtail/listings/start_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "city": zone_city(instance.time_zone)}
