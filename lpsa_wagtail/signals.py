"""Signals that a host may listen to. All are sent after the transaction is committed."""

from django.dispatch import Signal

#: A decision was recorded. Arguments: ``decision``.
decision_recorded = Signal()

#: A working group was established. Arguments: ``record``.
group_established = Signal()
