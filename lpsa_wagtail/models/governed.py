"""What pages of ours share: the gate in front of "live", and lists with their refusals."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState
from wagtail.url_routing import RouteResult

from lpsa_wagtail import conf
from lpsa_wagtail.exceptions import BadFilter, NotDecided
from lpsa_wagtail.models import headless_preview, previewing
from lpsa_wagtail.models.decisions import Decision
from lpsa_wagtail.models.finding import Findable
from lpsa_wagtail.models.interests import Interest
from lpsa_wagtail.models.parameters import FILTER_LABELS
from lpsa_wagtail.models.routing import route_below
from lpsa_wagtail.models.shell import ShellPage, context_of
from lpsa_wagtail.page_forms import GovernedPageForm

#: Id of the governed page whose own full save is writing its child rows now.
saving_page: ContextVar = ContextVar("lpsa_saving_page", default=None)


@contextmanager
def saving(page_id) -> Iterator[None]:
    """While this lasts, rows of this page change with the page, which is judged as a whole."""
    token = saving_page.set(page_id)
    try:
        yield
    finally:
        saving_page.reset(token)


def in_order(rows) -> list:
    """Child rows of a page in their order. Without numbers, the oldest row comes first.

    A database promises no order among rows of the same number, so the id decides, too.
    """
    last = float("inf")
    return sorted(rows, key=lambda row: (row.sort_order or 0, row.pk or last))


class GovernedPage(Findable, ShellPage):
    """A page that is live only with a decision on exactly its content.

    ``operational_fields`` names the facts that need no Board: fields, child relations and, for
    stream fields, ``"field.key"`` for one key of its blocks. They are outside the content hash.
    ``charter_fields`` names what only the Board Chair decides.
    """

    operational_fields: frozenset[str] = frozenset()
    charter_fields: tuple[str, ...] = ()

    base_form_class = GovernedPageForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        from lpsa_wagtail.permissions import GovernedPageTester

        return GovernedPageTester(user, self)

    def save(self, *args, **kwargs):
        """Save; what would be live without a decision is refused with ``NotDecided``.

        The refusal itself comes from a ``pre_save`` receiver, which other ways of saving pass too.
        """
        names = kwargs.get("update_fields")
        if names is not None and self._names_parts_of_live_page(set(names)):
            raise NotDecided
        if names is None:
            self._number_child_rows()
        with saving(self.pk if names is None else None):
            return super().save(*args, **kwargs)

    def _number_child_rows(self):
        """Give rows that a program added without a number their place."""
        for relation in get_all_child_relations(self):
            rows = list(getattr(self, relation.get_accessor_name()).all())
            if any(getattr(row, "sort_order", 0) is None for row in rows):
                for number, row in enumerate(in_order(rows)):
                    row.sort_order = number

    def _names_parts_of_live_page(self, names: set) -> bool:
        parts = {relation.name for relation in get_all_child_m2m_relations(self)}
        return (
            bool(parts & names) and type(self)._base_manager.filter(pk=self.pk, live=True).exists()
        )

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Save a revision. What was submitted or decided is kept as it is, the new text beside it.

        (Autosave overwrites the newest revision of the same person.)
        """
        is_newest = overwrite_revision and overwrite_revision.pk == self.latest_revision_id
        if is_newest and self._was_shown_to_others(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _was_shown_to_others(self, revision) -> bool:
        decided = Decision.objects.filter(page_id=self.pk, revision_id=revision.pk)
        return revision.task_states.exists() or decided.exists()

    def publish(self, revision, *args, log_action=True, **kwargs):
        """Publish the revision if it is decided, else raise ``NotDecided``.

        For the scheduler a refusal is not an error: the item is unscheduled and logged, so that
        the host's other items go on. What another run of it has published is left alone.
        """
        from lpsa_wagtail.permissions import may_go_live

        with transaction.atomic():
            self.lock_with_workflow()
            revision.refresh_from_db()
            scheduler = log_action == "wagtail.publish.scheduled"
            if scheduler and revision.approved_go_live_at is None:
                return None
            if may_go_live(revision.as_object()):
                return super().publish(revision, *args, log_action=log_action, **kwargs)
            if not scheduler:
                raise NotDecided
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            log(instance=self, action="wagtail.schedule.cancel", revision=revision)

    def lock_with_workflow(self):
        """Lock the page and what waits on it, until the transaction ends.

        Always the workflow first, as deciding does: publishing ends what waits, so the other way
        round two would wait for each other for ever.
        """
        list(WorkflowState.objects.active().for_instance(self).select_for_update())
        Page.objects.select_for_update().get(pk=self.pk)

    def get_admin_display_title(self):
        """The title in lists of the admin. Of what is live, the one that everybody may see.

        Wagtail would name it by its newest draft, also to people who may not see that draft.
        """
        return self.title if self.live else super().get_admin_display_title()

    def route(self, request, path_components):
        """Find the page; where a dissolved group was, the answer is 410 (``serve`` gives it)."""
        from lpsa_wagtail.models.gone import has_redirect

        if path_components:
            return route_below(self, request, path_components)
        mine = type(self).objects.filter(pk=self.pk)
        standing = self.__dict__.get("is_standing")
        if mine.standing().exists() if standing is None else standing:
            return super().route(request, path_components)
        if mine.gone().exists() and not has_redirect(request):
            return RouteResult(self, kwargs={"gone": True})
        raise Http404

    def serve(self, request, *args, gone=False, **kwargs):
        from lpsa_wagtail.models.gone import serve_gone

        return serve_gone(self, request) if gone else super().serve(request, *args, **kwargs)

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        """As Wagtail's; ``serve_preview`` also learns which revision the admin's address names."""
        known = previewing.version_asked_for(original_request) | (extra_request_attrs or {})
        return super().make_preview_request(original_request, preview_mode, known)

    def serve_preview(self, request, mode_name):
        """Show the draft at the front end if there is one and the person may; else our template."""
        from lpsa_wagtail.permissions import may_preview

        elsewhere = conf.get("LPSA_FRONTEND_URL") or headless_preview.client_of(self)
        shown = None
        if elsewhere and may_preview(getattr(request, "user", None), self):
            shown = headless_preview.at_client(self, request)
            shown = shown or previewing.at_front_end(self, request)
        return shown or super().serve_preview(request, mode_name)

    @classmethod
    def for_everybody(cls, site):
        return cls.objects.public(site)

    @cached_property
    def interests_shown(self) -> list:
        """The words of this page as visitors see them: merged words replaced, sorted.

        Two queries, none when a list has attached them (``cards.attach_interests``).
        """
        vocabulary = Interest.objects.vocabulary()
        words = {vocabulary.current(item.tag_id) for item in self.interest_items.all()} - {None}
        return sorted(words, key=lambda word: (word.kind, word.label))


class IndexPage(ShellPage):
    """A list of pages: a title and an introduction, published by the secretariat."""

    charter_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        from lpsa_wagtail.permissions import IndexPageTester

        return IndexPageTester(user, self)

    def route(self, request, path_components):
        """Find the page below with one query, as below an index lie pages of one type."""
        if path_components:
            [model] = self.allowed_subpage_models()[:1] or [None]
            return route_below(self, request, path_components, model)
        return super().route(request, path_components)

    def serve(self, request, *args, **kwargs):
        """Serve the list; a filter with a value that does not exist gives a plain page, 400."""
        try:
            return super().serve(request, *args, **kwargs)
        except BadFilter as error:
            context = {"page": self, "error": error, **context_of(request)}
            template = "lpsa_wagtail/bad_filter.html"
            return TemplateResponse(request, template, context, status=400)

    def robots(self, request):
        """Mixes of filters are for readers; there are more of them than of pages."""
        return "noindex" if request.GET.keys() & FILTER_LABELS.keys() else ""

    def canonical_query(self, request):
        """The whole list is one address, whatever narrows it; each further page has its own."""
        number = request.GET["page"].strip() if set(request.GET) == {"page"} else ""
        return f"?page={int(number)}" if number.isdecimal() and int(number) > 1 else ""
