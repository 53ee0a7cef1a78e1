"""Doing the real thing as somebody: each function returns True if it was done, or seen."""

import datetime as dt
from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Channel, DeliveryState, MandateKind, Role
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import (
    BlogIndexPage,
    BlogPost,
    Decision,
    Delivery,
    Event,
    Invitation,
    Mandate,
    Matter,
    Membership,
    WorkingGroupIndexPage,
)
from tests import editor
from tests import factories as make

LATER = dt.datetime(2035, 1, 2, 9, tzinfo=dt.UTC)


def build() -> SimpleNamespace:
    """A group with a post in every state, and a person for every role."""
    site = SimpleNamespace(forms={})
    site.group, site.other = make.group(), make.group()
    author = make.leader(of=site.group)
    site.people = _people(site, author)
    site.pages = _pages(site, author)
    site.webinar = make.webinar(site.group, owner=author)
    index = WorkingGroupIndexPage.objects.get()
    site.proposed = make.draft(make.WorkingGroupPageFactory, index, owner=make.UserFactory())
    make.submit(site.proposed, by=make.secretary())
    site.link = make.decision_link(site.pages["waiting"], site.people["board"])
    site.proposal = _proposal(index)
    waiting = site.pages["waiting"].current_workflow_task_state
    site.matter = Matter.objects.get(task_state=waiting.pk)
    site.picture = make.image(collection=site.group.record.collection)
    site.word, site.into = make.InterestFactory(), make.InterestFactory()
    site.member = make.MemberFactory()
    site.delivery = Delivery.objects.create(
        event=Event.objects.first(),
        channel=Channel.MAIL,
        recipient_id="1",
        state=DeliveryState.UNKNOWN,
        message_id="<1@example.org>",
    )
    site.stranger = make.MemberFactory(name="A. Stranger")
    site.membership = make.MembershipFactory(
        member=site.member, group=site.group.record, role=Role.GUEST
    )
    offered = make.MembershipFactory(group=site.group.record, role=Role.STAKEHOLDER)
    site.invitation = Invitation.objects.create(membership=offered, expires_at=LATER)
    site.mandate = Mandate.objects.create(
        kind=MandateKind.ACTING_CHAIR, user=make.board_member(), end=LATER.date()
    )
    Membership.objects.filter(member__user=site.people["former"]).update(
        end=timezone.localdate() - dt.timedelta(days=1)
    )
    return site


def _proposal(index):
    """A proposal that was taken back."""
    by, about = make.secretary(), {"title": "Rivers", "purpose": "To keep them.", "plan": "Posts."}
    proposal = actions.propose_group(actor=by, index=index, focus="topic", **about)
    actions.cancel_submission(actor=by, page=proposal.record.page)
    return proposal


def _people(site, author):
    admins = Group.objects.create(name="May enter the admin")
    admins.permissions.add(Permission.objects.get(codename="access_admin"))
    contributor = make.UserFactory()
    contributor.groups.add(admins)
    return {
        "administrator": make.UserFactory(is_superuser=True),
        "secretariat": make.secretary(),
        "chair": make.board_chair(),
        "board": make.board_member(),
        "leader": author,
        "other": make.leader(of=site.other),
        "former": make.leader(of=site.group),
        "contributor": contributor,
        "visitor": None,
    }


def _pages(site, author):
    judge, secretary = make.board_member(), make.secretary()

    def draft(name, **fields):
        page = make.draft(make.BlogPostFactory, site.group, owner=author, **fields)
        return page, (make.submit(page, by=author) if name else None)

    pages = {"draft": draft("")[0], "waiting": draft("submitted")[0]}
    pages["returned"], state = draft("submitted")
    actions.decide(actor=judge, task_state=state, action="reject", comment="Add a source.")
    pages["dated"], state = draft("submitted", go_live_at=LATER)
    actions.decide(actor=judge, task_state=state, action="approve")
    pages["live"] = make.post(site.group, owner=author)
    pages["changed"] = make.post(site.group, owner=author)
    pages["changed"].summary = "Found since."
    pages["changed"].save_revision(user=author)
    pages["down"] = make.post(site.group, owner=author)
    actions.take_down(actor=secretary, page=pages["down"], reason="By mistake.")
    return {name: make.fresh(page) for name, page in pages.items()}


class Doer:
    """Somebody with a browser. ``page`` is what it is about, ``site`` all the rest."""

    def __init__(self, site, role):
        self.site, self.role = site, role
        self.client = Client(raise_request_exception=False)
        self.user = None
        if stored := site.people[role]:
            self.user = type(stored).objects.get(pk=stored.pk)
            self.client.force_login(self.user)

    def sees(self, name, *args, **query) -> bool:
        return self.client.get(reverse(name, args=args), query).status_code == 200

    def opens(self, url) -> bool:
        """True if the address answers, or leads on to where a page is written."""
        answer = self.client.get(url)
        leads_on = answer.status_code == 302 and answer.url.startswith("/admin/pages/add/")
        return answer.status_code == 200 or leads_on

    def posts(self, name, *args, **data):
        return self.client.post(reverse(name, args=args), data)

    def does(self, verb, *args, **kwargs) -> bool:
        if self.user is None:
            return False
        try:
            verb(*args, actor=self.user, **kwargs)
        except NotAllowed:
            return False
        return True


def see_draft(doer, page):
    return doer.sees("wagtailadmin_pages:view_draft", page.pk)


def see_live(doer, page):
    return doer.client.get(page.url).status_code == 200


def _posts_form(doer, page, **changes):
    """Post the form of the editor; what it shows is read once for each page."""
    url, forms = editor.edit_url(page), doer.site.forms
    if page.pk not in forms:
        if doer.client.get(url).status_code != 200:
            return
        forms[page.pk] = editor.form_data(doer.client, url, BlogPost)
    data = dict(forms[page.pk].lists()) | {"original_source_url": ["https://example.org/"]}
    doer.client.post(url, data | {name: [value] for name, value in changes.items()})


def edit(doer, page):
    before = page.revisions.count()
    _posts_form(doer, page, title="Other words")
    return page.revisions.count() > before


def submit(doer, page):
    before = page.workflow_states.filter(status="in_progress").count()
    _posts_form(doer, page, **{"action-submit": "1"})
    return page.workflow_states.filter(status="in_progress").count() > before


def take_back(doer, page):
    if page.current_workflow_state is None:
        return False
    _posts_form(doer, page, **{"action-cancel-workflow": "1"})
    return make.fresh(page).current_workflow_state is None


def _decide(doer, page, action):
    workflow = page.current_workflow_state
    if workflow is None:
        return False
    before = Decision.objects.filter(page_id=page.pk).count()
    address = "wagtailadmin_pages:workflow_action"
    doer.posts(address, page.pk, action, workflow.current_task_state_id, comment="So it is.")
    return Decision.objects.filter(page_id=page.pk).count() > before


def approve(doer, page):
    return _decide(doer, page, "approve")


def ask_for_changes(doer, page):
    return _decide(doer, page, "reject")


def _gives_a_reason(doer, name, page):
    before = Decision.objects.filter(page_id=page.pk).count()
    doer.posts(f"lpsa_pages:{name}", page.pk, reason="It is urgent.")
    return Decision.objects.filter(page_id=page.pk).count() > before


def override(doer, page):
    return _gives_a_reason(doer, "publish_without_board", page)


def take_down(doer, page):
    return _gives_a_reason(doer, "take_down", page)


def restrict(doer, page):
    doer.posts("wagtailadmin_pages:set_privacy", page.pk, restriction_type="login")
    return page.view_restrictions.exists()


def lift_restriction(doer, page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    doer.posts("lpsa_pages:lift_restriction", page.pk, reason="No need of it.")
    return not page.view_restrictions.exists()


def reorder(doer, page):
    address = reverse("wagtailadmin_pages:set_page_position", args=(page.pk,))
    return doer.client.post(f"{address}?position=0").status_code == 200


def unschedule(doer, page):
    if not page.revisions.filter(approved_go_live_at__isnull=False).exists():
        return False
    doer.posts("wagtailadmin_pages:revisions_unschedule", page.pk, page.latest_revision_id)
    return not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def move(doer, page):
    to = BlogIndexPage.objects.get()
    doer.posts("wagtailadmin_pages:move_confirm", page.pk, to.pk)
    return make.fresh(page).get_parent().pk == to.pk


def copy(doer, page):
    data = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": page.get_parent().pk}
    doer.posts("wagtailadmin_pages:copy", page.pk, **data)
    return BlogPost.objects.filter(slug="twin").exists()


def delete(doer, page):
    doer.posts("wagtailadmin_pages:delete", page.pk)
    return not Page.objects.filter(pk=page.pk).exists()


def see_history(doer, page):
    return doer.sees("wagtailadmin_pages:history", page.pk)


def compare(doer, page):
    number = page.latest_revision_id
    return doer.sees("wagtailadmin_pages:revisions_compare", page.pk, "earliest", number)


def see_what_changed(doer, page):
    return doer.sees("lpsa_pages:what_changed", page.pk, "earliest")


def preview(doer, page):
    number = page.latest_revision_id
    return doer.sees("wagtailadmin_pages:revisions_view", page.pk, number)


def _adds(doer, model, parent):
    name = model._meta.model_name
    return doer.sees("wagtailadmin_pages:add", "lpsa_wagtail", name, parent.pk)


def add_post(doer, _page):
    return _adds(doer, BlogPost, doer.site.group)


def add_webinar(doer, _page):
    return _adds(doer, type(doer.site.webinar), doer.site.group)


def propose_group(doer, _page):
    return _adds(doer, type(doer.site.group), doer.site.group.get_parent())


def establish_group(doer, _page):
    return _decide(doer, doer.site.proposed, "approve")


def _proposed_change(doer):
    record, by = doer.site.group.record, make.secretary()
    return actions.propose_change(actor=by, record=record, change="dormant", reason="So.")


def give_position(doer, _page):
    return doer.does(actions.give_position, matter=_proposed_change(doer), stance="support")


def propose_change(doer, _page):
    about = {"record": doer.site.group.record, "change": "dormant", "reason": "So."}
    return doer.does(actions.propose_change, **about)


def decide_change(doer, _page):
    return doer.does(actions.decide_change, matter=_proposed_change(doer), action="approve")


def change_group(doer, _page):
    return doer.sees("wagtailadmin_pages:edit", doer.site.group.pk)


def change_facts(doer, _page):
    zone = "Europe/Paris"
    return doer.does(actions.change_facts, webinar=doer.site.webinar, time_zone=zone)


def use_pictures(doer, _page):
    return doer.sees("wagtailimages_chooser:chosen", doer.site.picture.pk)


def add_picture(doer, _page):
    mine = {"title": "Mine", "collection": doer.site.picture.collection_id}
    file = SimpleUploadedFile("mine.png", get_test_image_file().file.getvalue())
    doer.posts("wagtailimages:add", **mine, file=file)
    pictures = type(doer.site.picture).objects.filter(title="Mine")
    return pictures.filter(collection=doer.site.picture.collection_id).exists()


def list_posts(doer, _page):
    return doer.sees("lpsa_posts:index")


def _reads(doer, name, words) -> bool:
    """True if the list opens and has these words in a row."""
    answer = doer.client.get(reverse(name))
    rows = answer.content.decode().partition("<tbody>")[2]
    return answer.status_code == 200 and words in rows


def read_members(doer, _page):
    return _reads(doer, "lpsa_members_modeladmin_index", doer.site.stranger.name)


def change_members(doer, _page):
    return doer.sees("lpsa_members_modeladmin_edit", doer.site.member.pk)


def read_people(doer, _page):
    return doer.sees("lpsa_members_modeladmin_inspect", doer.site.member.pk)


def read_memberships(doer, _page):
    return _reads(doer, "lpsa_memberships_modeladmin_index", doer.site.group.title)


def give_role(doer, _page):
    before = Membership.objects.count()
    doer.posts(
        "lpsa_memberships_modeladmin_create",
        **{"member": doer.site.member.pk, "group": doer.site.group.record.pk},
        **{"role": "co-chair", "start": "2026-01-01"},
    )
    return Membership.objects.count() > before


def invite(doer, _page):
    before = Membership.objects.count()
    data = {"record": doer.site.group.record.pk, "email": "new@example.org", "name": "New"}
    data |= {"role": "guest", "start": "2026-01-01"}
    doer.client.post(reverse("lpsa_memberships_modeladmin_invite"), data)
    return Membership.objects.count() > before


def change_role(doer, _page):
    data = {"member": doer.site.member.pk, "group": doer.site.group.record.pk}
    address = "lpsa_memberships_modeladmin_edit"
    data |= {"role": "stakeholder", "start": "2026-01-01"}
    doer.posts(address, doer.site.membership.pk, **data)
    return Membership.objects.get(pk=doer.site.membership.pk).role == Role.STAKEHOLDER


def end_role(doer, _page):
    doer.posts("lpsa_memberships_modeladmin_end", doer.site.membership.pk, end="2026-03-01")
    return Membership.objects.get(pk=doer.site.membership.pk).end is not None


def remove_role(doer, _page):
    doer.posts("lpsa_memberships_modeladmin_delete", doer.site.membership.pk)
    return not Membership.objects.filter(pk=doer.site.membership.pk).exists()


def read_mandates(doer, _page):
    return doer.sees("lpsa_mandates_modeladmin_index")


def _gives_mandate(doer, kind, user):
    before = Mandate.objects.count()
    days = {"start": timezone.localdate().isoformat(), "end": LATER.date().isoformat()}
    doer.posts("lpsa_mandates_modeladmin_create", kind=kind, user=user.pk, **days)
    return Mandate.objects.count() > before


def let_act(doer, _page):
    return _gives_mandate(doer, MandateKind.ACTING_CHAIR, doer.site.people["board"])


def let_propose(doer, _page):
    return _gives_mandate(doer, MandateKind.PROPOSER, doer.site.people["contributor"])


def read_decisions(doer, _page):
    return doer.sees("lpsa_decisions_modeladmin_index")


def read_deliveries(doer, _page):
    return doer.sees("lpsa_deliveries_modeladmin_index")


def keep_words(doer, _page):
    return doer.sees("lpsa_interests:edit", doer.site.word.pk)


def merge_words(doer, _page):
    data = {"into": doer.site.into.pk, "confirmed": "on"}
    doer.posts("lpsa_interests:merge", doer.site.word.pk, **data)
    return type(doer.site.word).objects.filter(merged_into=doer.site.into).exists()


def change_settings(doer, _page):
    return doer.sees("wagtailsettings:edit", "lpsa_wagtail", "workinggroupsettings", 1)
