"""What ``lpsa_setup`` makes. Each thing once, remembered; what an editor removed stays removed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
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
    Delivery,
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
COLLECTION_NAME = "Working groups"
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


@dataclass(frozen=True)
class Step:
    """One thing that setup makes: under which code, what it is called, and how.

    ``make`` returns what it made; ``found`` says that it was there before and is only used.
    """

    code: str
    what: str
    make: Callable
    site: Site | None = None
    found: bool = False


@transaction.atomic
def install(*, actor, site, parent=None, say=print) -> list[str]:
    """Make auth groups, workflows, index pages and vocabulary for ``site``; each only once.

    The index pages come below ``parent``, or below the site's root page. Two at once wait for each
    other. ``say`` is called with a line for each thing made; the lines are returned. Raises
    ``SetupRefused``, before anything is made, if the parent page does not take the index pages.
    """
    _wait_for_others()
    if not Permission.objects.filter(content_type__app_label="lpsa_wagtail").exists():
        create_permissions(apps.get_app_config("lpsa_wagtail"), verbosity=0)  # after a teardown
    parent = (parent or site.root_page).specific
    said = []
    for step in missing_steps(actor=actor, site=site, parent=parent):
        remember(code=step.code, thing=step.make(), site=step.site, found=step.found)
        line = _("Used as it was: %(what)s") if step.found else _("Made: %(what)s")
        said.append(line % {"what": step.what})
        say(said[-1])
    return said


def _wait_for_others():
    """Until the end of this transaction, no other setup starts.

    A write that changes nothing: SQLite has no row locks, and on both databases a write waits.
    """
    Collection.objects.filter(depth=1).update(name=F("name"))


def missing_steps(*, actor, site, parent) -> list[Step]:
    """What setup would make now, in order. Reads only.

    Raises ``SetupRefused`` with the lines to add if ``parent`` does not take the index pages.
    """
    made = set(InstallRecord.objects.values_list("code", "site"))
    steps = [
        step
        for step in _steps(actor, site, parent)
        if (step.code, step.site and step.site.pk) not in made
    ]
    wanted = [INDEXES[step.code][0] for step in steps if step.code in INDEXES]
    if refused := [model for model in wanted if not model.can_create_at(parent)]:
        raise SetupRefused(why_no_place(refused, parent))
    return steps


def why_no_place(models, parent) -> str:
    """Why ``parent`` takes no pages of the types ``models``, and the lines to add."""
    names = [f'"lpsa_wagtail.{model.__name__}"' for model in models]
    if not parent.specific_class:
        return _("The page “%(page)s” is of a type that is not installed.") % {"page": parent}
    return _(
        "“%(page)s” takes no pages of these types below it. Add to subpage_types of "
        "%(class)s: %(names)s. Or name another page with --parent."
    ) % {
        "page": parent,
        "class": f"{parent.specific_class.__module__}.{parent.specific_class.__name__}",
        "names": ", ".join(names),
    }


def remember(*, code, thing, site=None, found=False) -> InstallRecord:
    """Note that ``thing`` was made under ``code``, so that it is made once and found again."""
    return InstallRecord.objects.create(
        code=code,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        site=site,
        found=found,
    )


def _steps(actor, site, parent):
    """Everything that setup makes for a site, whether it is there or not."""
    there = set(Group.objects.filter(name__in=GROUP_NAMES.values()).values_list("name", flat=True))
    for code, name in GROUP_NAMES.items():
        what = _("the auth group “%(name)s”") % {"name": name}
        yield Step(code, what, lambda code=code: _auth_group(code), found=name in there)
    what = _("the collection “%(name)s”") % {"name": COLLECTION_NAME}
    yield Step(COLLECTION, what, _collection)
    for code, (name, *_rest) in WORKFLOWS.items():
        what = _("the workflow “%(name)s”") % {"name": name}
        yield Step(code, what, lambda code=code: _workflow(code))
    for code, (_model, title, slug) in INDEXES.items():
        what = _("the page “%(title)s”, “%(slug)s” below “%(parent)s”") % {
            "title": title,
            "slug": free_slug(slug, parent),
            "parent": parent.title,
        }
        yield Step(code, what, lambda code=code: _index(code, parent), site=site)
    if not _was_removed(SECRETARIAT):
        name = GROUP_NAMES[SECRETARIAT]
        what = _("the rights of “%(name)s” on files and settings") % {"name": name}
        yield Step("rights.secretariat", what, _secretariat)
        what = _("the rights of “%(name)s” on deliveries") % {"name": name}
        yield Step("rights.deliveries", what, _keep_deliveries)
    words = _words()
    what = _("%(count)s words of the vocabulary") % {"count": len(words)}
    yield Step("vocabulary", what, lambda: _vocabulary(actor, words))


def _was_removed(code) -> bool:
    record = InstallRecord.objects.filter(code=code).first()
    return bool(record and not record.content_object)


def _auth_group(code):
    group, _made = Group.objects.get_or_create(name=GROUP_NAMES[code])
    admin = Permission.objects.filter(content_type__app_label="wagtailadmin")
    rights = [admin.get(codename="access_admin")]
    verb, models = MODELS_KEPT[code]
    for model in models:
        found = Permission.objects.filter(content_type=ContentType.objects.get_for_model(model))
        rights += found.filter(codename__startswith=f"{verb}_") if verb else found
    group.permissions.add(*rights)
    return group


def _collection():
    return Collection.get_first_root_node().add_child(name=COLLECTION_NAME)


def _workflow(code):
    name, task_name, deciders = WORKFLOWS[code]
    task = AdvisoryBoardApprovalTask.objects.create(name=task_name)
    task.groups.set(filter(None, map(InstallRecord.objects.made, deciders)))
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _index(code, parent):
    model, title, slug = INDEXES[code]
    page = model(title=title, slug=free_slug(slug, parent), locale=parent.locale)
    parent.add_child(instance=page)  # equips it, by signal
    page.save_revision().publish()
    return page


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


def _secretariat():
    """The secretariat keeps files and settings; on pages ``equip_index`` gives it its rights."""
    settings = ContentType.objects.get_for_model(WorkingGroupSettings)
    group = InstallRecord.objects.made(SECRETARIAT)
    collection = InstallRecord.objects.made(COLLECTION)
    group.permissions.add(
        Permission.objects.get(content_type=settings, codename__startswith="change_")
    )
    for permission in collection_permissions() if collection else ():
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
    return group


def _keep_deliveries():
    """A step of its own, so that sites which were set up before there were deliveries get it."""
    group = InstallRecord.objects.made(SECRETARIAT)
    deliveries = ContentType.objects.get_for_model(Delivery)
    group.permissions.add(*Permission.objects.filter(content_type=deliveries))
    return group


def _words() -> list:
    path = files("lpsa_wagtail") / "data" / "vocabulary.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _vocabulary(actor, words):
    import_vocabulary(actor=actor, words=words)
    return ContentType.objects.get_for_model(Interest)
