"""What the history of a page says about decisions that Wagtail knows nothing of."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from lpsa_wagtail.choices import Outcome


class DecisionFormatter(LogFormatter):
    label = _("Decision")

    def format_message(self, log_entry):
        outcome = log_entry.data.get("outcome")
        return Outcome(outcome).label if outcome in Outcome.values else self.label

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")
