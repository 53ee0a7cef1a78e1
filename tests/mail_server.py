"""A mail server on this machine that answers as a test wants, and remembers what it took."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.test import override_settings

from lpsa_wagtail.compat import DJANGO_HAS_MAILERS

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class MailServer:
    """``answers`` maps a phase (MAIL, RCPT, DATA) to an answer, or to "drop"."""

    def __init__(self):
        self.answers: dict[str, str] = {}
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.tried: list[str] = []

    @property
    def messages(self) -> list:
        """What was taken, as parsed messages."""
        return [email.message_from_bytes(m, policy=email.policy.default) for *_, m in self.taken]

    @property
    def recipients(self) -> list[list[str]]:
        """The recipients of each message that was taken."""
        return [to for _sender, to, _message in self.taken]

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.tried.append(address)
        envelope.mail_from = address
        return self.answer(server, "MAIL")

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answer(server, "RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.get("DATA", "250")
        if not answer.startswith(("4", "5")):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answer(server, "DATA")

    def answer(self, server, phase) -> str:
        answer = self.answers.get(phase, "250 OK")
        if answer == "drop":
            server.transport.abort()
        return answer


@contextmanager
def listening():
    """A server that listens, and a Django that sends there."""
    box = MailServer()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with sending_to(controller.port):
            yield box
    finally:
        controller.stop()


def sending_to(port):
    """Django sends its mail to this port of this machine."""
    if DJANGO_HAS_MAILERS:
        options = {"host": "127.0.0.1", "port": port}
        return override_settings(MAILERS={"default": {"BACKEND": SMTP, "OPTIONS": options}})
    return override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def silent():
    """A server that lets one connect and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server, sending_to(server.getsockname()[1]):
        yield
