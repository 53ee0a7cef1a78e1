"""What histories say about acts that Wagtail knows nothing of."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from lpsa_wagtail.choices import Outcome
from lpsa_wagtail.models import FactChange, Webinar

#: Acts on what waits, and what a history says about them.
ACTS_ON_MATTERS = {
    "taken": _("Said to look at it"),
    "let_go": _("Let go of it"),
    "handed_over": _("Handed it over"),
    "reminded": _("Reminded who decides"),
}
#: Acts on roles and mandates: code, what is done, what was done.
LINES_OF_REGISTER = (
    ("lpsa_wagtail.end_role", _("End a role"), _("Last day set")),
    ("lpsa_wagtail.invite", _("Invite"), _("Invited")),
    ("lpsa_wagtail.accept_role", _("Accept a role"), _("Accepted")),
    ("lpsa_wagtail.decline_role", _("Decline a role"), _("Declined")),
    ("lpsa_wagtail.give_mandate", _("Give a mandate"), _("Mandate given")),
    ("lpsa_wagtail.end_mandate", _("End a mandate"), _("Last day set")),
)


class DecisionFormatter(LogFormatter):
    label = _("Decision")

    def format_message(self, log_entry):
        outcome = log_entry.data.get("outcome")
        return Outcome(outcome).label if outcome in Outcome.values else self.label

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


class FactsFormatter(LogFormatter):
    label = _("Times and links")

    def format_message(self, log_entry):
        return _("Changed times and links")

    def format_comment(self, log_entry):
        changes = [FactChange(**change) for change in log_entry.data.get("changes", [])]
        return "; ".join(Webinar.describe_change(change) for change in changes)
