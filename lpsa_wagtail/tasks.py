"""Work for a background worker, if the host has one. Without it, ``lpsa_tick`` does all of it."""

import logging

from django_tasks import task, task_backends
from django_tasks.backends.immediate import ImmediateBackend

from lpsa_wagtail.notifications import empty_outbox

logger = logging.getLogger("lpsa_wagtail.tasks")


@task()
def send_what_waits() -> None:
    """Send what waits in the outbox now, rather than at the next ``lpsa_tick``."""
    empty_outbox()


def wake_up() -> None:
    """Ask a worker to look into the outbox, if there is one.

    Without a worker, a task would run here and now, and whoever approves would wait for the mail
    server. A worker that cannot be reached is no error of theirs; the next tick sends.
    """
    backend = task_backends[send_what_waits.backend]
    if isinstance(backend, ImmediateBackend):
        return
    try:
        send_what_waits.enqueue()
    except Exception as error:
        logger.error("no worker was woken: %s", type(error).__name__)
