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
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lpsa_wagtail.actions.interests import import_vocabulary
from lpsa_wagtail.actions.memberships import collection_permissions
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
    groups = {code: _once(code, _auth_group(code), say) for code in GROUP_NAMES}
    collection = _once(COLLECTION, _collection, say)
    workflows = {code: _once(code, _workflow(code, groups), say) for code in WORKFLOWS}
    indexes = {code: _once(code, _index(code, site, workflows), say) for code in INDEXES}
    _once("rights.secretariat", _secretariat(groups, indexes, collection), say)
    _once("vocabulary", _vocabulary(actor), say)
    return indexes


def _once(code, make, say):
    """Return what was made under ``code``, making it if it never was; None if it was removed."""
    record = InstallRecord.objects.filter(code=code).first()
    if record:
        return record.content_object
    made = make()
    InstallRecord.objects.create(
        code=code,
        content_type=ContentType.objects.get_for_model(made),
        object_id=str(made.pk),
    )
    say(_("Made: %(thing)s") % {"thing": made})
    return made


def _auth_group(code):
    def make():
        group, _made = Group.objects.get_or_create(name=GROUP_NAMES[code])
        rights = [Permission.objects.get(codename="access_admin")]
        verb, models = MODELS_KEPT[code]
        for model in models:
            found = Permission.objects.filter(content_type=ContentType.objects.get_for_model(model))
            rights += found.filter(codename__startswith=f"{verb}_") if verb else found
        group.permissions.add(*rights)
        return group

    return make


def _collection():
    return Collection.get_first_root_node().add_child(name="Working groups")


def _workflow(code, groups):
    def make():
        name, task_name, deciders = WORKFLOWS[code]
        task = AdvisoryBoardApprovalTask.objects.create(name=task_name)
        task.groups.set([groups[decider] for decider in deciders if groups[decider]])
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        return workflow

    return make


def _index(code, site, workflows):
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
        page = model(title=title, slug=_free_slug(slug, root), locale=root.locale)
        root.add_child(instance=page)
        page.save_revision().publish()
        if workflow := workflows[INDEX_WORKFLOWS[code]]:
            WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
        return page

    return make


def _free_slug(slug, parent) -> str:
    taken = set(Page.objects.child_of(parent).values_list("slug", flat=True))
    candidates = [slug, *(f"{slug}-{number}" for number in range(2, 100))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _secretariat(groups, indexes, collection):
    """The secretariat adds and edits below our index pages, and keeps files and settings."""

    def make():
        group = groups[SECRETARIAT]
        for page in filter(None, indexes.values()):
            for right in ("add", "change"):
                GroupPagePermission.objects.create(group=group, page=page, permission_type=right)
        for permission in collection_permissions():
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
        settings = ContentType.objects.get_for_model(WorkingGroupSettings)
        group.permissions.add(
            Permission.objects.get(content_type=settings, codename__startswith="change_")
        )
        return group

    return make


def _vocabulary(actor):
    def make():
        path = files("lpsa_wagtail") / "data" / "vocabulary.json"
        import_vocabulary(actor=actor, words=json.loads(path.read_text(encoding="utf-8")))
        return ContentType.objects.get_for_model(Interest)

    return make
