"""What cron gets to read."""

import io

from django.core.management import call_command

from tests import factories as make


def run(**options) -> str:
    out = io.StringIO()
    call_command("lpsa_tick", stdout=out, **options)
    return out.getvalue()


def test_it_says_how_many_groups_it_looked_at():
    make.group()

    assert run() == "Rights of 1 groups are synchronised.\n"


def test_it_is_quiet_when_told_to():
    assert run(verbosity=0) == ""
