"""Signals that a host may listen to. All are sent after the transaction is committed."""

from django.dispatch import Signal

#: A decision was recorded: an approval, a refusal, a withdrawal, or one of the kinds that commands
#: write. Sender: ``Decision``. Argument: ``decision``, the row.
decision_recorded = Signal()

#: A working group was established, by the first publication of its page. Sender:
#: ``WorkingGroupRecord``. Argument: ``record``, the row beside the page.
group_established = Signal()

#: Something was written down of which people may hear: a submission, a decision. Sender:
#: ``Event``. Argument: ``event``, the row. Nobody has been told yet.
event_recorded = Signal()
