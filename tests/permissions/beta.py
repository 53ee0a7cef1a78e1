"""A site with two groups: what Beta has and nobody else is to see carries the word ``SECRET``."""

import datetime as dt
from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Collection, Comment, GroupPagePermission, Page

from lpsa_wagtail import actions
from lpsa_wagtail.models import Membership, WorkingGroupIndexPage
from tests import factories as make

#: In titles, texts, comments and files that other people must not come across.
SECRET = "zqx"
LATER = dt.datetime(2035, 1, 2, 9, tzinfo=dt.UTC)


def build() -> SimpleNamespace:
    """Two groups, Beta's things in every state, and people; attributes named after what it is."""
    site = SimpleNamespace()
    site.alpha, site.beta = make.group(title="Alpha"), make.group(title="Beta")
    site.elsewhere = Page.objects.get(depth=2).add_child(instance=Page(title="Elsewhere"))
    _people(site)
    _pages(site)
    _files(site)
    return site


def _people(site):
    site.chair = make.leader(of=site.alpha)
    site.betas_chair, site.betas_coordinator = make.leader(of=site.beta), make.leader(of=site.beta)
    site.former = make.leader(of=site.beta)
    site.member, site.board_chair = make.board_member(), make.board_chair()
    site.secretary = make.secretary()
    site.root = make.UserFactory(is_superuser=True)
    site.nobody = make.UserFactory()
    admins = Group.objects.create(name="May enter the admin")
    admins.permissions.add(Permission.objects.get(codename="access_admin"))
    site.contributor = make.UserFactory()
    site.contributor.groups.add(admins)
    site.hosts_editor = make.UserFactory()
    editors = Group.objects.create(name="Editors of another part")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        GroupPagePermission.objects.create(
            group=editors, page=site.elsewhere, permission_type=right
        )
    site.hosts_editor.groups.add(editors)


def draft(site, name, factory=make.BlogPostFactory, **fields):
    owner = fields.pop("owner", site.betas_chair)
    words = f"{SECRET} {name}"
    if factory is make.BlogPostFactory:
        fields |= {"summary": f"{words} summary"}
    return make.draft(factory, site.beta, title=words, owner=owner, **fields)


def _pages(site):
    site.draft = draft(site, "draft")
    site.draft_webinar = draft(site, "webinar", make.WebinarFactory)
    site.waiting = draft(site, "waiting")
    site.waiting_state = make.submit(site.waiting, by=site.betas_chair)
    site.formers = draft(site, "formers", owner=site.former)
    site.formers_state = make.submit(site.formers, by=site.former)
    site.sent_back = draft(site, "sentback")
    state = make.submit(site.sent_back, by=site.betas_chair)
    actions.decide(
        actor=site.member, task_state=state, action="reject", comment=f"{SECRET} comment"
    )
    site.dated = draft(site, "dated", go_live_at=LATER)
    state = make.submit(site.dated, by=site.betas_chair)
    actions.decide(actor=site.member, task_state=state, action="approve")
    site.changed = make.post(site.beta, title="Beta live", owner=site.betas_chair)
    site.changed.title = f"{SECRET} changed"
    site.changed.save_revision(user=site.betas_chair)
    site.taken_down = make.post(site.beta, title=f"{SECRET} takendown", owner=site.betas_chair)
    actions.take_down(actor=site.secretary, page=site.taken_down, reason=f"{SECRET} reason")
    site.locked = draft(site, "locked")
    Page.objects.filter(pk=site.locked.pk).update(
        locked=True, locked_by=site.betas_chair, locked_at=timezone.now()
    )
    index = WorkingGroupIndexPage.objects.get()
    site.proposed = make.draft(
        make.WorkingGroupPageFactory, index, title=f"{SECRET} proposed", owner=site.betas_chair
    )
    site.own = make.draft(make.BlogPostFactory, site.alpha, title="Alpha draft", owner=site.chair)
    Comment.objects.create(
        page=site.draft,
        user=site.betas_chair,
        text=f"{SECRET} remark",
        contentpath="summary",
        revision_created=site.draft.latest_revision,
    )
    Membership.objects.filter(member__user=site.former).update(
        start=dt.date(2020, 1, 1), end=timezone.localdate() - dt.timedelta(days=1)
    )
    for name in ("sent_back", "dated", "changed", "taken_down", "locked"):
        setattr(site, name, make.fresh(getattr(site, name)))


def _files(site):
    collection = site.beta.record.collection
    site.picture = make.image(title=f"{SECRET} picture", collection=collection)
    site.document = make.document(title=f"{SECRET} document", collection=collection)
    site.others = Collection.get_first_root_node().add_child(name="Others")


PAGES = (
    *("draft", "draft_webinar", "waiting", "formers", "sent_back", "dated", "changed"),
    *("taken_down", "locked", "proposed"),
)
