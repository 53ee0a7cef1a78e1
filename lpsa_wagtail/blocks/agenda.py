"""The blocks of an agenda."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lpsa_wagtail.choices import ContributorRole


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
