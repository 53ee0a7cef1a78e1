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

#: Operational facts of a webinar changed on the page and in its drafts, without the Board. Sender:
#: ``Webinar``. Arguments: ``webinar``, the page, and ``changes``, each with old and new value.
#: Who caches pages listens to this one beside ``page_published``, which is not sent.
facts_changed = Signal()

#: What visitors and programs see changed, and it is noted in the public record. Sender: ``Change``.
#: Argument: ``changes``, the new rows in their order. It is empty when something changed that
#: answers show beside the things that are followed, such as a picture. Not sent when the record is
#: filled for the first time.
public_changed = Signal()
