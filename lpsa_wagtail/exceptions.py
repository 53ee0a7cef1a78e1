"""What can go wrong, each with a sentence for the person who meets it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class NotDecided(PermissionDenied):
    """The content is not covered by a decision, so it cannot be live."""

    message = _(
        "This content is not approved. Please submit it for approval; it goes live when "
        "the decision is taken."
    )

    def __init__(self, message=None):
        super().__init__(message or self.message)


class NotAllowed(PermissionDenied):
    """The person may not do this; the message says why."""


class AlreadyDecided(NotAllowed):
    """Someone else decided first."""


class ChangedSince(NotAllowed):
    """The content is not what the person had before their eyes."""

    message = _("This changed since you opened it, so nothing was decided. Look at it again.")

    def __init__(self, message=None):
        super().__init__(message or self.message)


class Gone(Exception):
    """What was here belonged to a group that was dissolved."""


class NoPreview(Exception):
    """A draft is not shown; the message says why."""

    message = _("There is no preview.")


class PreviewInvalid(NoPreview):
    """The token is none of ours, or was changed."""

    message = _("This is no link to a preview, or it was changed on the way.")


class PreviewExpired(NoPreview):
    message = _("This link to a preview has expired. Open the preview in the editor again.")


class PageDeleted(NoPreview):
    message = _("The page of this preview is not there any more.")


class VersionDeleted(NoPreview):
    message = _("The version that this preview shows is not there any more.")


class LogInFirst(NotAllowed):
    """There is an account with the person's address; only who can log in with it may use it."""

    message = _(
        "There is an account with your address already. Log in with it, then open the link again. "
        "If you cannot, ask the secretariat."
    )

    def __init__(self, message=None):
        super().__init__(message or self.message)


class BadFilter(ValueError):
    """A filter has a value, or a name, that does not exist.

    ``parameter`` is the name as given, ``value`` what was sent, ``allowed`` the values that
    would work (a list of strings, or a sentence when the list has no end).
    """

    def __init__(self, parameter: str, value: str, allowed):
        self.parameter = parameter
        self.value = value
        self.allowed = allowed
        super().__init__(f"{parameter}={value!r}")


class SetupRefused(Exception):
    """A command declines to write; the message says what to do."""
