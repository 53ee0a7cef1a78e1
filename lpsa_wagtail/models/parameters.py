"""What the parameters of lists are called, for people."""

from django.utils.translation import gettext_lazy as _

#: Name of each parameter by which a list is narrowed, ordered or shown otherwise → its label.
FILTER_LABELS = {
    "type": _("Type"),
    "when": _("When"),
    "focus": _("Focus"),
    "state": _("State"),
    "group": _("Group"),
    "topic": _("Topic"),
    "region": _("Region or country"),
    "sector": _("Sector"),
    "format": _("Format"),
    "series": _("Series"),
    "year": _("Year"),
    "from": _("From"),
    "to": _("To"),
    "country": _("Country"),
    "language": _("Language"),
    "ids": _("Pages"),
    "as_of": _("As of"),
    "role": _("Role"),
    "order": _("Order"),
    "exact": _("Words"),
    "view": _("View"),
    "q": _("Search"),
}
