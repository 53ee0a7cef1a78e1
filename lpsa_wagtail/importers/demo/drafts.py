"""What waits, what is not sent yet, and the one event that is always to come."""

import datetime as dt

from lpsa_wagtail.actions import (
    add_draft,
    change_facts,
    install_page,
    record_proposal,
    remember,
    submit_draft,
    telling_nobody,
)
from lpsa_wagtail.choices import Role
from lpsa_wagtail.importers.demo.facts import LENGTH, Times, clock
from lpsa_wagtail.importers.demo.pages import COMMENT, add_group, when
from lpsa_wagtail.importers.demo.people import email_of
from lpsa_wagtail.models import BlogPost, InstallRecord, Webinar

UPCOMING = "demo.upcoming"


def add_upcoming(desk, today):
    """Make the event that is always to come, and remember it."""
    text = desk.texts.ours["upcoming"]
    page = _webinar(desk, text, upcoming_times(text, today))
    page.joint_groups = [desk.groups[slug] for slug in text["joint"]]
    page = add_draft(
        actor=None, parent=desk.groups[text["group"]], page=page, interests=desk.words(text["tags"])
    )
    remember(code=UPCOMING, thing=install_page(actor=None, page=page, comment=COMMENT))


def move_upcoming(texts, today) -> bool:
    """Move that event, so that it is some weeks ahead of ``today``. True if it was moved."""
    page = InstallRecord.objects.made(UPCOMING)
    if page is None:
        return False
    times = upcoming_times(texts.ours["upcoming"], today)
    moments = {"starts_at": times.starts_at, "ends_at": times.ends_at}
    return bool(change_facts(actor=None, webinar=page, **moments))


def upcoming_times(text, today, weeks=3) -> Times:
    """The first Wednesday that is at least some weeks ahead, at the hour that the text names.

    The zone has no daylight saving, and the hour is one that exists on every day elsewhere too.
    """
    wednesday = today + dt.timedelta(weeks=weeks)
    wednesday += dt.timedelta(days=(2 - wednesday.weekday()) % 7)
    starts_at = clock(wednesday.isoformat(), f"{text['hour']:02}:00", text["time_zone"])
    return Times(starts_at, starts_at + LENGTH, text["time_zone"])


def add_drafts(desk, users, today):
    """Make drafts: three that wait for a decision, two that are not sent yet."""
    ours = desk.texts.ours
    proposed = [group for group in desk.facts.groups if group["state"] == "proposed"]
    with telling_nobody():
        for group in proposed:
            _propose(desk, group, actor=users.get("secretariat"))
        for name in ("waiting_post", "waiting_webinar"):
            page = _draft(desk, ours[name], users, today)
            submit_draft(actor=users.get(ours[name]["by_account"]), page=page)
    for name in ("unsent_post", "coordinator_post"):
        _draft(desk, ours[name], users, today)


def _propose(desk, group, *, actor):
    """Make the page of a group that is only proposed, with its proposal, and submit it."""
    page, text = add_group(desk, group, actor=actor), desk.texts.groups[group["slug"]]
    people = (desk.texts.people[key] for key in text["leaders"])
    record_proposal(
        actor=actor,
        page=page,
        plan=text["plan"],
        differs_from=text["differs_from"],
        leaders=[
            {"name": person["name"], "email": email_of(person), "role": Role.CO_CHAIR}
            for person in people
        ],
    )
    submit_draft(actor=actor, page=page)


def _draft(desk, text, users, today):
    if "format" in text:
        page = _webinar(desk, text, upcoming_times(text, today, weeks=7))
    else:
        page = BlogPost(
            title=text["title"],
            slug=text["key"],
            subtitle=text.get("subtitle", ""),
            summary=text["summary"],
            authors=desk.authors(text["by"]),
            **desk.illustrated(text, text["group"]),
        )
    return add_draft(
        actor=users.get(text["by_account"]),
        parent=desk.groups[text["group"]],
        page=page,
        interests=desk.words(text["tags"]),
    )


def _webinar(desk, text, times):
    return Webinar(
        title=text["title"],
        slug=text["key"],
        format=text["format"],
        summary=text["summary"],
        search_description=text["summary"],
        languages=text["languages"],
        registration_url=text["registration_url"],
        agenda=desk.texts.agenda(text),
        **desk.illustrated(text, text["group"]),
        **when(times, text),
    )
