"""What Wagtail's own screens leave out: drafts and files of groups that one does not work with.

They are narrowed here, not guarded; what a person may do is asked of the testers.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.admin.views.pages import bulk_actions as of_pages
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views import bulk_actions as of_documents
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import bulk_actions as of_images
from wagtail.models import Page

from lpsa_wagtail.models import IndexPage
from lpsa_wagtail.permissions import is_governed, without_foreign_drafts, without_foreign_files

#: The confirmations of these name what a person has no access to as well.
BULK_ACTIONS = [
    getattr(module, name)
    for module in (of_pages, of_images, of_documents)
    for name in module.__all__
]


def pages_to_choose(request, pages):
    """The pages that a chooser offers; no list at all of what lies below a foreign draft."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if above := kwargs.get("parent_page_id"):
        parent = Page.objects.filter(pk=above)
        if not without_foreign_drafts(request.user, parent).exists():
            raise Http404
    return without_foreign_drafts(request.user, pages)


def ask_before_moving(request, page, destination) -> None:
    """Ask already for the confirmation, which names both pages, what moving itself would ask."""
    ours = any(is_governed(one) or isinstance(one, IndexPage) for one in (page, destination))
    if ours and not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


class OnlyWhatIsOnesOwn:
    """Bulk actions say "no access" only of things that the person may know of."""

    def get_actionable_objects(self):
        objects, others = super().get_actionable_objects()
        refused = [item.pk for item in others["items_with_no_access"]]
        known = self.model._default_manager.filter(pk__in=refused)
        narrow = without_foreign_drafts if self.model is Page else without_foreign_files
        known = set(narrow(self.request.user, known).values_list("pk", flat=True))
        refused = [item for item in others["items_with_no_access"] if item.pk in known]
        if self.model is Page:  # a page names itself as visitors see it only if it knows its type
            refused = [page.specific_deferred for page in refused]
        return objects, {**others, "items_with_no_access": refused}


def bulk_actions() -> list:
    """Wagtail's bulk actions on pages, images and documents, narrowed."""
    return [type(action.__name__, (OnlyWhatIsOnesOwn, action), {}) for action in BULK_ACTIONS]


class OnlyOnesOwnFiles:
    def get_queryset(self):
        return without_foreign_files(self.request.user, super().get_queryset())


class ImagesEndpoint(OnlyOnesOwnFiles, ImagesAdminAPIViewSet):
    """Wagtail's endpoint of the admin, narrowed."""


class DocumentsEndpoint(OnlyOnesOwnFiles, DocumentsAdminAPIViewSet):
    """The same for documents."""


def narrow_endpoints(router) -> None:
    router.register_endpoint("images", ImagesEndpoint)
    router.register_endpoint("documents", DocumentsEndpoint)


class OwnSubmissionsPanel(UserObjectsInWorkflowModerationPanel):
    """Wagtail's "Your pages in a workflow" without pages of ours that one may edit no more."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["workflow_states"] = [
            state for state in context["workflow_states"] if _works_with(user, state.content_object)
        ]
        return context


def _works_with(user, item) -> bool:
    return not is_governed(item) or item.permissions_for_user(user).can_edit()


def leave_out_what_one_left(panels) -> None:
    """Put ours in the place of Wagtail's panel of one's own submissions."""
    panels[:] = [
        OwnSubmissionsPanel() if type(panel) is UserObjectsInWorkflowModerationPanel else panel
        for panel in panels
    ]
