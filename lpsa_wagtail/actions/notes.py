"""Private notes of reviewers. Nothing but their own row holds them: no log entry, no event."""

from django.db import transaction
from django.utils.translation import gettext as _

from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import ReviewNote
from lpsa_wagtail.permissions import why_not_note

#: The longest note, in characters.
LONGEST = 2000


@transaction.atomic
def add_note(*, actor, page, text) -> ReviewNote:
    """Add a private note on the page and return it. Raises ``NotAllowed``."""
    if reason := why_not_note(actor, page):
        raise NotAllowed(reason)
    text = text.strip()
    if not text:
        raise NotAllowed(_("Write the note first."))
    if len(text) > LONGEST:
        raise NotAllowed(_("A note has at most %(n)d characters.") % {"n": LONGEST})
    return ReviewNote.objects.create(page_id=page.pk, author=actor, text=text)


@transaction.atomic
def remove_note(*, actor, note) -> None:
    """Remove one's own note for good. Raises ``NotAllowed``."""
    if not (actor.is_active and note.author_id == actor.pk):
        raise NotAllowed(_("Only who wrote a note removes it."))
    note.delete()
