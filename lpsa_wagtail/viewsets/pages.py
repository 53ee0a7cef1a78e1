"""Lists of groups, posts and webinars in the admin."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from lpsa_wagtail.models import BlogPost, Webinar, WorkingGroupPage
from lpsa_wagtail.models.cards import attach_groups
from lpsa_wagtail.permissions import (
    attach_right_to_facts,
    attach_standing,
    seen_by,
    works_here,
)
from lpsa_wagtail.viewsets.columns import (
    DayColumn,
    GroupColumn,
    StandingColumn,
    StartColumn,
    StateColumn,
    TitleColumn,
)
from lpsa_wagtail.viewsets.filters import GroupFilterSet, PostFilterSet, WebinarFilterSet
from lpsa_wagtail.viewsets.strictness import StrictFilters

#: A search in a list looks at this many hits at most.
SEARCH_LIMIT = 1000

TITLE = TitleColumn("title", label=_("Title"), sort_key="title", classname="title")
GROUP = GroupColumn("group", label=_("Group"))
STANDING = StandingColumn("standing", label=_("Where it stands"), width="20%")
UPDATED = DateColumn(
    "latest_revision_created_at",
    label=_("Updated"),
    sort_key="latest_revision_created_at",
    width="12%",
)


class OnlyWhoWorksHere:
    """Refuses people who have nothing to do with our pages."""

    any_permission_required = None

    def dispatch(self, request, *args, **kwargs):
        if not works_here(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GovernedIndexView(OnlyWhoWorksHere, StrictFilters, IndexView):
    """A list of what the person may see, with where each page stands."""

    def get_base_queryset(self):
        return seen_by(self.request.user, self.model.objects.defer_streamfields())

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        hits = self.model.objects.autocomplete(self.search_query, order_by_relevance=False)
        return queryset.filter(pk__in=[hit.pk for hit in hits[:SEARCH_LIMIT]])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        self.attach(pages)
        context["object_list"] = pages
        context["table"] = self.get_table(pages)
        return context

    def attach(self, pages):
        attach_standing(pages)


class GroupIndexView(GovernedIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_state().with_chair_today()


class ContentIndexView(GovernedIndexView):
    def attach(self, pages):
        super().attach(pages)
        above = {page.path[: -Page.steplen] for page in pages}
        attach_groups(pages, WorkingGroupPage.objects.filter(path__in=above).by_path())


class WebinarIndexView(ContentIndexView):
    def attach(self, pages):
        super().attach(pages)
        attach_right_to_facts(pages, self.request.user)


class ChooseParent(OnlyWhoWorksHere, ChooseParentView):
    """Where to put a new page; asked only if there is a choice."""


class PlaceMenuItem(MenuItem):
    """Shown to people who work with our pages."""

    def is_shown(self, request):
        return works_here(request.user)


class GovernedViewSet(PageListingViewSet):
    index_view_class = GovernedIndexView
    choose_parent_view_class = ChooseParent
    menu_item_class = PlaceMenuItem
    list_per_page = 30
    add_to_admin_menu = False


class GroupViewSet(GovernedViewSet):
    model = WorkingGroupPage
    index_view_class = GroupIndexView
    filterset_class = GroupFilterSet
    icon = "group"
    menu_label = _("Groups")
    columns = [
        TITLE,
        StateColumn("state", label=_("State"), sort_key="state", width="18%"),
        STANDING,
        UPDATED,
    ]


class PostViewSet(GovernedViewSet):
    model = BlogPost
    index_view_class = ContentIndexView
    filterset_class = PostFilterSet
    icon = "doc-full-inverse"
    menu_label = _("Blog posts")
    columns = [
        TITLE,
        GROUP,
        STANDING,
        DayColumn("listed_on", label=_("Date shown"), sort_key="listed_on", width="12%"),
        UPDATED,
    ]


class WebinarViewSet(GovernedViewSet):
    model = Webinar
    index_view_class = WebinarIndexView
    filterset_class = WebinarFilterSet
    icon = "calendar-alt"
    menu_label = _("Webinars")
    columns = [
        TITLE,
        GROUP,
        StartColumn("starts_at", label=_("Start"), sort_key="starts_at", width="15%"),
        STANDING,
        UPDATED,
    ]
