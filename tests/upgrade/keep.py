"""Keeps the state of the newest migration: ``python -m tests.upgrade.keep``.

``python3 dev.py migrations`` calls it, on the oldest versions: what they make, all others read.
"""

import datetime as dt
import os

import django
from django.conf import settings
from django.core.management import call_command

#: The day on which the sample content is brought in.
TODAY = dt.date(2026, 3, 2)


def fill() -> None:
    """Bring in the sample content, and rows of the tables that it leaves empty."""
    from django.contrib.auth import get_user_model
    from wagtail.models import PageViewRestriction

    from lpsa_wagtail.actions import merge_interests, note_public_changes
    from lpsa_wagtail.models import (
        BlogPost,
        Delivery,
        Event,
        Heartbeat,
        Interest,
        InterestLabel,
        WorkingGroupPage,
    )
    from tests.upgrade.desk import desk_of
    from tests.upgrade.facts import board_decides

    call_command("migrate", verbosity=0)
    call_command("lpsa_setup", verbosity=0)
    call_command("lpsa_demo", today=TODAY, with_accounts=True, verbosity=0)
    accounts = get_user_model().objects
    board_decides(accounts.get(username="board"))
    live = list(BlogPost.objects.live().order_by("pk"))
    live[0].unpublish(user=accounts.get(username="secretariat"))
    PageViewRestriction.objects.create(page=live[1], restriction_type="login")
    draft = BlogPost.objects.filter(live=False).order_by("pk").last()
    draft.joint_groups.set(WorkingGroupPage.objects.live()[:2])
    draft.save_revision()
    draft.save()
    used = Interest.objects.filter(pk__in=BlogPost.interests.through.objects.values("tag"))
    word, into = used.filter(kind="topic", parent=None).order_by("pk")[:2]
    merge_interests(actor=None, word=word, into=into)
    InterestLabel.objects.create(interest=into, language="fr", label="Le même mot")
    event = Event.objects.filter(kind="decided").first()
    Delivery.objects.create(
        event=event, channel="mail", recipient_id="1", message_id="<kept@example.org>"
    )
    Heartbeat.objects.beat("tick")
    desk_of(accounts)
    note_public_changes(actor=None, everything=True)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    from tests.upgrade.facts import facts
    from tests.upgrade.states import State

    fill()
    path = State.now(facts()).keep()
    print(f"kept {path.name}, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
