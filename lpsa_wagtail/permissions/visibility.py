"""What of ours a person finds in the lists of the admin: what they work with, and nothing else."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, When
from django.db.models.functions import Cast
from wagtail.models import GroupPagePermission, Page, TaskState, WorkflowState

from lpsa_wagtail.models import (
    AdvisoryBoardApprovalTask,
    BlogIndexPage,
    BlogPost,
    Webinar,
    WebinarIndexPage,
    WorkingGroupIndexPage,
    WorkingGroupPage,
    WorkingGroupRecord,
)
from lpsa_wagtail.permissions.chairing import groups_that_count
from lpsa_wagtail.permissions.roles import (
    has_rights_group,
    is_board_member,
    is_secretariat,
    lapsed_rights_groups,
)
from lpsa_wagtail.permissions.rows import collection_rows

GOVERNED_TYPES = (WorkingGroupPage, BlogPost, Webinar)
INDEX_TYPES = (WorkingGroupIndexPage, BlogIndexPage, WebinarIndexPage)


def sees_everything(user) -> bool:
    """True for the secretariat and superusers."""
    return user.is_active and (user.is_superuser or is_secretariat(user))


def works_here(user) -> bool:
    """True if the lists of groups, posts and webinars are of any use to the person."""
    if not user.is_active:
        return False
    if sees_everything(user) or is_board_member(user) or has_rights_group(user):
        return True
    return bool(_paths(user))


def seen_by(user, pages):
    """Narrow a queryset of pages of ours to what this person works with.

    The secretariat: all. Co-chairs and coordinators: their groups, as of today. The Board: what
    waits for it. Others: where Wagtail's page permissions let them. One query more at most.
    """
    if not user.is_active:
        return pages.none()
    if sees_everything(user):
        return pages
    seen = Q(pk__in=())
    for path in _paths(user):
        seen |= Q(path__startswith=path)
    if is_board_member(user):
        seen |= Q(_waits_for(user))
    return pages.filter(seen)


def governed_below(paths):
    """Governed pages at and below these tree paths, unfinished ones first, newest first."""
    inside = Q(pk__in=())
    for path in paths:
        inside |= Q(path__startswith=path)
    ours = ContentType.objects.get_for_models(*GOVERNED_TYPES).values()
    finished = Case(When(live=True, has_unpublished_changes=False, then=1), default=0)
    pages = Page.objects.filter(inside, content_type__in=ours)
    return pages.order_by(finished, F("latest_revision_created_at").desc(nulls_last=True), "pk")


def without_foreign_drafts(user, pages):
    """Leave out of a queryset of ``Page`` the drafts of ours that the person does not work with."""
    if sees_everything(user):
        return pages
    ours = ContentType.objects.get_for_models(*GOVERNED_TYPES).values()
    drafts = Page.objects.filter(live=False, content_type__in=ours)
    foreign = drafts.exclude(pk__in=seen_by(user, drafts).values("pk"))
    return pages.exclude(pk__in=foreign.values("pk"))


def without_foreign_files(user, files):
    """Leave out of images or documents those of working groups that the person has no right in."""
    if sees_everything(user):
        return files
    path = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    of_groups = WorkingGroupRecord.objects.alias(inside=path)
    foreign = Exists(of_groups.filter(inside__startswith=F("collection__path")))
    mine = Q(pk__in=())
    for row in collection_rows(user):
        mine |= Q(collection__path__startswith=row.collection.path)
    return files.filter(mine | ~foreign)


def _paths(user) -> list[str]:
    """Tree paths on which the person has a right today; read once for each user object."""
    if not hasattr(user, "_lpsa_paths"):
        ours = ContentType.objects.get_for_models(*GOVERNED_TYPES, *INDEX_TYPES).values()
        path = ExpressionWrapper(OuterRef("page__path"), output_field=CharField())
        below = Page.objects.filter(content_type__in=ours).alias(above=path)
        rows = GroupPagePermission.objects.filter(
            Q(page__content_type__in=ours) | Exists(below.filter(path__startswith=path)),
            group__user=user,
        )
        rows = rows.exclude(group__in=lapsed_rights_groups(user))
        user._lpsa_paths = sorted(set(rows.values_list("page__path", flat=True)))
    return user._lpsa_paths


def _waits_for(user):
    """True for pages that wait at a stage of which the person is a member."""
    tasks = AdvisoryBoardApprovalTask.objects.filter(groups__in=groups_that_count(user))
    open_states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=tasks.values("pk")
    )
    return Exists(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            current_task_state__in=open_states.values("pk"),
        )
    )
