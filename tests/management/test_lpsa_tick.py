"""What cron gets to read."""

import io

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from lpsa_wagtail.models import Heartbeat
from tests import factories as make

QUIET = (
    "Groups: 0 in another state from today.\n"
    "Rights of 1 groups are synchronised.\n"
    "Due dates: 0 to remind of or to hand on.\n"
    "Public: {} changes that nobody had noted.\n"
)


def run(**options) -> str:
    out = io.StringIO()
    call_command("lpsa_tick", stdout=out, **options)
    return out.getvalue()


def test_it_says_how_many_groups_it_looked_at():
    make.group()

    assert run() == f"{QUIET.format(1)}Mails: none was due.\n"


def test_it_sends_what_waits_and_says_how_much():
    group = make.group()
    leader = make.leader(of=group)
    for member in (make.board_member(), make.board_member(), make.board_chair()):
        last = member
    make.submit(make.draft(make.BlogPostFactory, group, owner=leader), leader)
    type(last).objects.filter(pk=last.pk).update(email="nobody")

    assert run() == f"{QUIET.format(1)}Mails: 2 sent, 1 failed.\n"
    assert len(mail.outbox) == 2
    assert run() == f"{QUIET.format(0)}Mails: none was due.\n"
    assert len(mail.outbox) == 2


def test_it_is_quiet_when_told_to():
    assert run(verbosity=0) == ""


def test_it_notes_that_it_ran():
    assert Heartbeat.objects.last_run("tick") is None

    before = timezone.now()
    run()
    first = Heartbeat.objects.last_run("tick")
    run()

    assert before <= first <= Heartbeat.objects.last_run("tick") <= timezone.now()
    assert Heartbeat.objects.count() == 1
