"""What ``lpsa_setup`` makes. Each thing once, remembered; what an editor removed stays removed."""

import json
from importlib.resources import files

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lpsa_wagtail.actions.drafts import free_slug
from lpsa_wagtail.actions.interests import import_vocabulary
from lpsa_wagtail.actions.memberships import collection_permissions, give_page_rights
from lpsa_wagtail.actions.working_groups import COLLECTION, CONTENT_WORKFLOW
from lpsa_wagtail.exceptions import SetupRefused
from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    Decision,
    InstallRecord,
    Interest,
    InterestLabel,
    Member,
    Membership,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupSettings,
)
from lpsa_wagtail.permissions.roles import BOARD, BOARD_CHAIR, CONTRIBUTORS, SECRETARIAT

GROUP_NAMES = {
    BOARD_CHAIR: "LPSA Advisory Board Chair",
    BOARD: "LPSA Advisory Board",
    SECRETARIAT: "LPSA Secretariat",
    CONTRIBUTORS: "LPSA Contributors",
}
MODELS_KEPT = {
    BOARD_CHAIR: ("view", (Decision,)),
    BOARD: ("view", (Decision,)),
    SECRETARIAT: (None, (Decision, Interest, InterestLabel, Member, Membership)),
    CONTRIBUTORS: ("view", ()),
}
ESTABLISH_WORKFLOW = "workflow.establish"
WORKFLOWS = {
    ESTABLISH_WORKFLOW: (
        "Establish a working group",
        "Advisory Board Chair decides",
        (BOARD_CHAIR,),
    ),
    CONTENT_WORKFLOW: (
        "Working group content",
        "Advisory Board decides",
        (BOARD, BOARD_CHAIR),
    ),
}
INDEXES = {
    "index.groups": (WorkingGroupIndexPage, "Working groups", "working-groups"),
    "index.blog": (BlogIndexPage, "Blog", "blog"),
    "index.webinars": (WebinarIndexPage, "Webinars", "webinars"),
}
INDEX_WORKFLOWS = {
    "index.groups": ESTABLISH_WORKFLOW,
    "index.blog": CONTENT_WORKFLOW,
    "index.webinars": CONTENT_WORKFLOW,
}


@transaction.atomic
def install(*, actor, site, say=print) -> dict:
    """Make auth groups, workflows, index pages and vocabulary for ``site``; each only once.

    ``say`` is called with a line for each thing made. Returns the index pages by code. Raises
    ``SetupRefused`` if the site's root page does not take the index pages.
    """
    site = Site.objects.select_for_update().get(pk=site.pk)  # two at once wait for each other
    groups = {code: _once(code, _auth_group(code), say) for code in GROUP_NAMES}
    collection = _once(COLLECTION, _collection, say)
    for code in WORKFLOWS:
        _once(code, _workflow(code, groups), say)
    indexes = {code: _once(code, _index(code, site), say) for code in INDEXES}
    if groups[SECRETARIAT]:
        _once("rights.secretariat", _secretariat(groups, collection), say)
    _once("vocabulary", _vocabulary(actor), say)
    return indexes


def _once(code, make, say):
    """Return what was made under ``code``, making it if it never was; None if it was removed.

    ``make`` returns the thing and a line that says what was done.
    """
    record = InstallRecord.objects.filter(code=code).first()
    if record:
        return record.content_object
    made, line = make()
    remember(code=code, thing=made)
    say(line)
    return made


def remember(*, code, thing) -> InstallRecord:
    """Note that ``thing`` was made under ``code``, so that it is made once and found again."""
    return InstallRecord.objects.create(
        code=code,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
    )


def _auth_group(code):
    def make():
        group, _made = Group.objects.get_or_create(name=GROUP_NAMES[code])
        admin = Permission.objects.filter(content_type__app_label="wagtailadmin")
        rights = [admin.get(codename="access_admin")]
        verb, models = MODELS_KEPT[code]
        for model in models:
            found = Permission.objects.filter(content_type=ContentType.objects.get_for_model(model))
            rights += found.filter(codename__startswith=f"{verb}_") if verb else found
        group.permissions.add(*rights)
        return group, _("Made the auth group “%(name)s”.") % {"name": group}

    return make


def _collection():
    collection = Collection.get_first_root_node().add_child(name="Working groups")
    return collection, _("Made the collection “%(name)s”.") % {"name": collection}


def _workflow(code, groups):
    def make():
        name, task_name, deciders = WORKFLOWS[code]
        task = AdvisoryBoardApprovalTask.objects.create(name=task_name)
        task.groups.set([groups[decider] for decider in deciders if groups[decider]])
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        return workflow, _("Made the workflow “%(name)s”.") % {"name": workflow}

    return make


def _index(code, site):
    def make():
        model, title, slug = INDEXES[code]
        root = site.root_page.specific
        if not model.can_create_at(root):
            raise SetupRefused(
                _(
                    "A page of the type “%(type)s” cannot be created below “%(root)s”. Add "
                    "'lpsa_wagtail.%(model)s' to subpage_types of %(class)s."
                )
                % {
                    "type": model._meta.verbose_name,
                    "root": root,
                    "model": model.__name__,
                    "class": type(root).__name__,
                }
            )
        page = model(title=title, slug=free_slug(slug, root), locale=root.locale)
        root.add_child(instance=page)
        equip_index(actor=None, page=page)
        page.save_revision().publish()
        return page, _("Made the page “%(title)s” at %(address)s.") % {
            "title": page.title,
            "address": page.get_url() or page.slug,
        }

    return make


@transaction.atomic
def equip_index(*, actor, page):
    """Give a new index page its workflow and the secretariat its rights below it.

    For what setup makes, and for index pages that come later: translations, other sites. A
    workflow that is assigned to the page already stays.
    """
    code = next(code for code, (model, *_names) in INDEXES.items() if isinstance(page, model))
    if workflow := InstallRecord.objects.made(INDEX_WORKFLOWS[code]):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    if secretariat := InstallRecord.objects.made(SECRETARIAT):
        give_page_rights(secretariat, page)


def _secretariat(groups, collection):
    """The secretariat keeps files and settings; on pages ``equip_index`` gives it its rights."""

    def make():
        group = groups[SECRETARIAT]
        for permission in collection_permissions():
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
        settings = ContentType.objects.get_for_model(WorkingGroupSettings)
        group.permissions.add(
            Permission.objects.get(content_type=settings, codename__startswith="change_")
        )
        return group, _("Gave “%(name)s” its rights on pages and files.") % {"name": group}

    return make


def _vocabulary(actor):
    def make():
        path = files("lpsa_wagtail") / "data" / "vocabulary.json"
        words = json.loads(path.read_text(encoding="utf-8"))
        count = import_vocabulary(actor=actor, words=words)
        made = ContentType.objects.get_for_model(Interest)
        return made, _("Brought in %(count)s words of the vocabulary.") % {"count": count}

    return make
