"""Talking to the mail server: what it answers, and what that means for a message."""

import re
import smtplib

from lpsa_wagtail import compat, conf

#: The second code of an answer, such as the 5.1.1 in "550 5.1.1 <a@example.org>: unknown".
ENHANCED_CODE = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")


class NotTaken(Exception):
    """The message was not taken. Its text has codes and names of errors, never an address."""


class TryLater(NotTaken):
    """The server may take it later."""


class ServerAway(TryLater):
    """There is no server that answers; other messages need not be tried now."""


class Refused(NotTaken):
    """The server will never take it."""


class Doubtful(NotTaken):
    """It was handed over, and no answer came: it may have arrived or not."""


class MailServer:
    """One connection for several messages, opened when needed and dropped after any error."""

    def __init__(self):
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._drop()

    def hand_over(self, message, before_data) -> None:
        """Give one message to the server. Returns when the server has taken it.

        ``before_data`` is called as late as possible before the message itself goes out; what it
        raises stops it. Raises one of the exceptions above, nothing else of the server's.
        """
        self._open()
        started = False

        def note():
            nonlocal started
            before_data()
            started = True

        smtp = getattr(self._connection, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            _call_before_data(smtp, note)
        else:
            note()
        try:
            taken = self._connection.send_messages([message])
        except smtplib.SMTPException as error:
            self._drop()
            raise _meaning(error, started) from None
        except OSError as error:
            self._drop()
            raise (Doubtful if started else TryLater)(type(error).__name__) from None
        except BaseException:
            self._drop()
            raise
        if not taken:
            raise (Doubtful if started else TryLater)("nothing was taken")

    def _open(self):
        if self._connection is not None:
            return
        connection = compat.mail_connection(timeout=conf.get("LPSA_MAIL_TIMEOUT"))
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAway(_words(error)) from None
        self._connection = connection

    def _drop(self):
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (OSError, smtplib.SMTPException):  # it is gone already
            return


def _call_before_data(smtp, note):
    """Let this connection call ``note`` just before the command DATA."""
    send_data = type(smtp).data

    def data(message):
        note()
        return send_data(smtp, message)

    smtp.data = data


def _meaning(error, started) -> NotTaken:
    """What an error of the server's means for the message."""
    code, words = _code(error), _words(error)
    if 400 <= code < 500:
        return TryLater(words)
    if 500 <= code < 600:
        return Refused(words)
    return (Doubtful if started else TryLater)(words)


def _code(error) -> int:
    return _answer(error)[0]


def _answer(error) -> tuple[int, bytes]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode()
    return 0, b""


def _words(error) -> str:
    """An answer without its text, which may name the recipient."""
    code, answer = _answer(error)
    more = ENHANCED_CODE.match(answer)
    parts = [type(error).__name__, str(code or ""), more.group().decode() if more else ""]
    return " ".join(filter(None, parts))
