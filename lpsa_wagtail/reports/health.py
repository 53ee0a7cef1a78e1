"""What is wrong in a site, looked up in its data. Slow on purpose: it reads every live page."""

import datetime as dt

from django.core.checks import CheckMessage, Error, Warning
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from lpsa_wagtail.actions import rights_out_of_step
from lpsa_wagtail.choices import DeliveryState, GroupState, Role
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogPost,
    Decision,
    Delivery,
    Event,
    Heartbeat,
    InstallRecord,
    Membership,
    Webinar,
    WorkingGroupPage,
    WorkingGroupRecord,
    belongings,
)
from lpsa_wagtail.permissions import chair_today, may_go_live, people_at
from lpsa_wagtail.reports.readiness import INDEXES, board_members, was_set_up
from lpsa_wagtail.reports.waiting import approved_not_scheduled, stuck

GOVERNED = (WorkingGroupPage, BlogPost, Webinar)
#: What a site cannot do without, among the things that setup made.
NEEDED = ("group.", "workflow.")
#: Minutes after which something that is due each minute is late.
LATE = 10
#: Days for which a message that failed is spoken of.
FRESH = 7


def examine() -> list[CheckMessage]:
    """Look at everything. Reads only."""
    if belongings.migrations_wait():
        return [Error("Migrations of ours wait.", hint="Run migrate.", id="lpsa.E101")]
    if not was_set_up():
        return [Error("Setup never ran here.", hint="Run lpsa_setup.", id="lpsa.E102")]
    looks = (
        *(_undecided, _ledger, stuck, approved_not_scheduled),
        *(
            _rights,
            _publishers,
            _board_of_one,
            _too_few,
            _vacant_chair,
            _removed,
            _without_chair,
            _tick,
            _mail,
        ),
    )
    return [finding for look in looks for finding in look()]


def _undecided():
    for model in GOVERNED:
        for page in model._base_manager.filter(live=True).order_by("pk").iterator(chunk_size=200):
            if not may_go_live(page):
                yield Error(
                    f"“{page}” ({page.pk}) is live, but nobody decided on what it says now.",
                    hint="Unpublish it, or submit it and let the Board decide.",
                    obj=page,
                    id="lpsa.E103",
                )


def _ledger():
    before = "start"
    for decision in Decision.objects.order_by("pk").iterator(chunk_size=500):
        if decision.previous_digest != before or decision.digest != decision.computed_digest():
            yield Error(
                f"The record of decisions was altered at or before number {decision.pk}.",
                hint="Compare with a backup. Later rows are not looked at.",
                obj=decision,
                id="lpsa.E104",
            )
            return
        before = decision.digest


def _rights():
    for record in rights_out_of_step():
        yield Warning(
            f"The rights rows of “{record}” do not say what its roles say today.",
            hint="Call lpsa_tick from cron each minute; it puts them right.",
            obj=record,
            id="lpsa.W106",
        )


def _publishers():
    """Auth groups that hold Wagtail's right to publish where our pages are."""
    indexes = [page for model in INDEXES for page in model.objects.all()]
    rows = GroupPagePermission.objects.filter(
        permission__codename__startswith="publish_", group__user__is_active=True
    ).distinct()
    found = {}
    for row in rows.select_related("group", "page").order_by("group__name", "pk"):
        if any(_overlap(row.page, index) for index in indexes):
            found.setdefault(row.group, row.page)
    for group, page in found.items():
        yield Warning(
            f"The auth group “{group}” holds Wagtail's right to publish at “{page}”, so over pages "
            "of ours. Nothing undecided goes live by it, but its members may think that it would.",
            hint="Settings → Groups: take “Publish” away there, or give it further down the tree.",
            obj=group,
            id="lpsa.W112",
        )


def _overlap(one: Page, other: Page) -> bool:
    return one.path.startswith(other.path) or other.path.startswith(one.path)


def _board_of_one():
    if board_members() == 1:
        yield Warning(
            "The Advisory Board has one member, who cannot decide on what they wrote themselves.",
            hint="Settings → Users: put a second person into the Board's auth group.",
            id="lpsa.W114",
        )


def _too_few():
    for task in AdvisoryBoardApprovalTask.objects.filter(active=True, approvals_needed__gt=1):
        if (sits := people_at(task).count()) < task.approvals_needed:
            yield Warning(
                f"The stage “{task}” asks for {task.approvals_needed} approvals, and {sits} "
                "people can give one.",
                hint="Settings → Workflow tasks: ask for fewer, or put people into its groups.",
                obj=task,
                id="lpsa.W115",
            )


def _vacant_chair():
    today = chair_today()
    if today.is_vacant:
        acting = ", ".join(str(mandate.user) for mandate in today.acting)
        yield Warning(
            "Nobody holds the post of Advisory Board Chair. "
            + (f"It is acted for by: {acting}." if acting else "Nobody acts for the Chair."),
            hint="Settings → Users: put somebody into the Chair's auth group, or give a member of "
            "the Board the mandate to act: Working groups → Mandates.",
            id="lpsa.W116",
        )


def _removed():
    for record in InstallRecord.objects.order_by("pk").select_related("content_type", "site"):
        if record.code.startswith(NEEDED) and record.content_object is None:
            yield Warning(
                f"What setup made as “{record}” was removed; it is not made again.",
                hint="If that was a mistake, restore it from a backup.",
                obj=record,
                id="lpsa.W107",
            )


def _without_chair():
    chaired = Membership.objects.on().filter(role=Role.CO_CHAIR).values("group")
    working = (GroupState.FORMING, GroupState.ACTIVE)
    for record in WorkingGroupRecord.objects.filter(state__in=working).exclude(pk__in=chaired):
        yield Warning(
            f"“{record}” has no co-chair today.",
            hint="Working groups → Memberships: give somebody the role.",
            obj=record,
            id="lpsa.W108",
        )


def _tick():
    last = Heartbeat.objects.last_run("tick")
    since = last or InstallRecord.objects.order_by("pk").values_list("created_at", flat=True)[0]
    if since < timezone.now() - dt.timedelta(minutes=LATE):
        when = f"last ran on {last:%Y-%m-%d at %H:%M} UTC" if last else "never ran"
        yield Warning(
            f"lpsa_tick {when}.",
            hint="Call it from cron each minute; without it no mail is sent.",
            id="lpsa.W109",
        )


def _mail():
    before = timezone.now() - dt.timedelta(minutes=LATE)
    late = Delivery.objects.overdue(LATE).count()
    late += Event.objects.to_fan_out().filter(created_at__lt=before).count()
    if late:
        yield Warning(
            f"{late} events or mails wait for more than {LATE} minutes.",
            hint="Is lpsa_tick called, and does the mail server answer? "
            "Working groups → Deliveries shows what it said.",
            id="lpsa.W110",
        )
    failed = Delivery.objects.filter(
        state=DeliveryState.FAILED, finished_at__gt=timezone.now() - dt.timedelta(days=FRESH)
    ).count()
    if failed or Delivery.objects.unclear().exists():
        yield Warning(
            f"{failed} mails failed in the last {FRESH} days, and of "
            f"{Delivery.objects.unclear().count()} it is not known whether they arrived.",
            hint="Working groups → Deliveries: correct the addresses, and say what became of "
            "the unknown ones.",
            id="lpsa.W111",
        )
