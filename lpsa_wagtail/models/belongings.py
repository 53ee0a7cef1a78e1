"""What belongs to us in a host's database: our own tables, and our rows in others' tables."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import (
    Collection,
    CollectionMember,
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Site,
    Task,
    Workflow,
    WorkflowState,
)

from lpsa_wagtail.models.installs import InstallRecord
from lpsa_wagtail.models.working_groups import WorkingGroupRecord

OURS = "lpsa_wagtail"
#: Kinds of reference that forbid to delete what they point at.
FORBIDDING = (models.PROTECT, models.RESTRICT)


@dataclass(frozen=True)
class Reference:
    """Rows of another app that point at rows of ours; ``happens`` is what their model says then."""

    model: type[models.Model]
    field: str
    count: int
    happens: Any

    def __str__(self):
        return f"{self.model._meta.label}.{self.field}"


def our_models() -> list[type[models.Model]]:
    """Our models with a table, each before those that it points at."""
    models_left = list(apps.get_app_config(OURS).get_models(include_auto_created=True))
    ordered = []
    while models_left:
        free = [model for model in models_left if not _pointed_at(model, models_left)]
        ordered += free or models_left  # a circle: any order
        models_left = [model for model in models_left if free and model not in free]
    return ordered


def tables_missing(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Tables of ours that the database does not have: not migrated yet, or taken back."""
    return our_tables() - set(connections[using].introspection.table_names())


def migrations_wait(using: str = DEFAULT_DB_ALIAS) -> bool:
    """True while the tables are not yet, or no longer, what our models say."""
    loader = MigrationLoader(connections[using])
    return any(
        app == OURS for app, _name in set(loader.disk_migrations) - set(loader.applied_migrations)
    )


def our_tables() -> set[str]:
    return {model._meta.db_table for model in our_models()}


def _pointed_at(model, others) -> bool:
    fields = (field for other in others if other is not model for field in other._meta.local_fields)
    return any(field.remote_field and field.related_model is model for field in fields)


def our_types() -> QuerySet[ContentType]:
    """Content types of our models, proxies included, also of models that went."""
    return ContentType.objects.filter(app_label=OURS)


def our_pages() -> QuerySet[Page]:
    return Page.objects.filter(content_type__in=our_types())


def highest_pages() -> list[Page]:
    """Our pages that do not lie below another page of ours."""
    highest: list[Page] = []
    for page in our_pages().order_by("path"):
        if not (highest and page.path.startswith(highest[-1].path)):
            highest.append(page)
    return highest


def foreign_pages_below() -> list[Page]:
    """Pages of the host's that lie below ours and would go with them."""
    below = Q(pk=None)
    for page in highest_pages():
        below |= Q(path__startswith=page.path)
    return list(Page.objects.filter(below).exclude(pk__in=our_pages()).order_by("path"))


def sites_rooted_in_ours() -> list[Site]:
    return list(Site.objects.filter(root_page__in=our_pages()))


def _made(model) -> set:
    """Ids of what setup made of this kind; what was there before us is not among them."""
    content_type = ContentType.objects.get_for_model(model)
    records = InstallRecord.objects.filter(content_type=content_type)
    made, found = (
        set(records.filter(found=found).values_list("object_id", flat=True))
        for found in (False, True)
    )
    return made - found


def our_auth_groups() -> QuerySet[Group]:
    """What setup made, and the rights groups of working groups."""
    return Group.objects.filter(Q(pk__in=_made(Group)) | Q(lpsa_group_record__isnull=False))


def our_accounts() -> QuerySet:
    """The sample logins; accounts of people are the host's."""
    users = get_user_model()
    return users._base_manager.filter(pk__in=_made(users))


def our_tasks() -> QuerySet[Task]:
    return Task.objects.filter(content_type__in=our_types())


def our_workflows() -> QuerySet[Workflow]:
    return Workflow.objects.filter(pk__in=_made(Workflow))


def open_states_elsewhere() -> QuerySet[WorkflowState]:
    """Workflows that run on the host's own pages and objects, and that we have a part in."""
    ours = Q(workflow__in=our_workflows()) | Q(current_task_state__task__in=our_tasks())
    states = WorkflowState.objects.active().filter(ours)
    return states.exclude(content_type__in=our_types())


def our_collections() -> QuerySet[Collection]:
    """The collection that setup made and those of the groups, the deepest first."""
    groups = WorkingGroupRecord.objects.filter(collection__isnull=False).values("collection")
    found = Q(pk__in=_made(Collection)) | Q(pk__in=groups)
    return Collection.objects.filter(found).order_by("-depth", "path")


def files_in_our_collections() -> list[QuerySet]:
    """Images, documents and whatever else the host keeps in collections, by model."""
    kinds = [model for model in apps.get_models() if issubclass(model, CollectionMember)]
    kinds = [model for model in kinds if not model._meta.proxy]
    return [kind._base_manager.filter(collection__in=our_collections()) for kind in kinds]


def our_log_entries() -> list[QuerySet]:
    """Entries about pages and records of ours, and about what setup made.

    They stay true while pages and groups are being removed, which writes entries, too.
    """
    ours = Q(content_type__in=our_types()) | Q(action__startswith="lpsa")
    things = ours
    for rows in (our_auth_groups(), our_workflows(), our_tasks(), our_collections()):
        content_type = ContentType.objects.get_for_model(rows.model)
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        things |= Q(content_type=content_type, object_id__in=ids)
    return [PageLogEntry.objects.filter(ours), ModelLogEntry.objects.filter(things)]


def links_to_our_pages() -> QuerySet[ReferenceIndex]:
    """Where the host's own pages and objects point at pages of ours, in texts and choosers."""
    ids = our_pages().values_list(Cast("pk", models.CharField()), flat=True)
    pages = ContentType.objects.get_for_model(Page)
    links = ReferenceIndex.objects.filter(to_content_type=pages, to_object_id__in=ids)
    return links.exclude(base_content_type=pages, object_id__in=ids)


def references() -> list[Reference]:
    """Foreign keys and many-to-many rows of other apps that point at rows of ours."""
    rows: dict = {
        Page: our_pages(),
        get_user_model(): our_accounts(),
        Group: our_auth_groups(),
        Workflow: our_workflows(),
        Task: our_tasks(),
        Collection: our_collections(),
    }
    targets = [*our_models(), *rows]
    found = {}
    for target in targets:
        wanted = rows.get(target, target._base_manager.all())
        for relation in target._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel):
                continue
            model, field = relation.related_model, relation.field
            if model._meta.app_label == OURS or not model._meta.managed or model._meta.proxy:
                continue
            if field.model is not model or issubclass(model, target):
                continue
            pointing = model._base_manager.filter(**{f"{field.name}__in": wanted})
            if model in rows:  # our own rows there go as well
                pointing = pointing.exclude(pk__in=rows[model])
            if count := pointing.count():
                happens = field.remote_field.on_delete
                found[model, field.name] = Reference(model, field.name, count, happens)
    return sorted(found.values(), key=str)
