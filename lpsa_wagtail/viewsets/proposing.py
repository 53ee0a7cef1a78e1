"""Proposing a group: the form, what it would overlap with, and one's own proposals."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Proposal, WorkingGroupIndexPage, overlaps
from lpsa_wagtail.permissions import (
    attach_standing,
    may_propose,
    name_groups,
    proposals_of,
    sees_everything,
    why_not_revise,
)
from lpsa_wagtail.viewsets.proposal_form import LeaderFormSet, PartnerFormSet, ProposalForm

ON_PAGE = ("title", "designation", "designation_other", "focus", "purpose")


class ProposeMenuItem(MenuItem):
    """Shown to people who may propose groups."""

    def is_shown(self, request):
        return may_propose(request.user)


class ProposeView(WagtailAdminTemplateMixin, FormView):
    """A new proposal. What it would overlap with is shown before it is submitted."""

    form_class = ProposalForm
    template_name = "lpsa_wagtail/proposing/propose.html"
    header_icon = "group"
    page_title = gettext_lazy("Propose a group")
    proposal: Proposal | None = None

    def dispatch(self, request, *args, **kwargs):
        if not may_propose(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def places(self):
        return WorkingGroupIndexPage.objects.live().order_by("path")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "places": self.places}

    @cached_property
    def rows(self) -> dict:
        """The rows of people and of partners, as sent or as stored."""
        data = self.request.POST if self.request.method == "POST" else None
        return {
            name: formset(data, prefix=name, initial=self.stored_rows(name))
            for name, formset in (("leaders", LeaderFormSet), ("partners", PartnerFormSet))
        }

    def stored_rows(self, name) -> list[dict]:
        return []

    def post(self, request, *args, **kwargs):
        if "take_back" in request.POST:
            return self.take_back(request.POST["take_back"])
        form = self.get_form()
        if form.is_valid() and all(rows.is_valid() for rows in self.rows.values()):
            return self.form_valid(form)
        return self.form_invalid(form)

    def take_back(self, number):
        """Take one's proposal back while nobody has decided on it."""
        mine = proposals_of(self.request.user)
        proposal = get_object_or_404(mine, pk=number if number.isdecimal() else 0)
        try:
            actions.cancel_submission(actor=self.request.user, page=proposal.record.page)
        except NotAllowed as refusal:
            messages.error(self.request, str(refusal))
        else:
            title = {"title": proposal.record.page.get_admin_display_title()}
            messages.success(self.request, _("“%(title)s” was taken back.") % title)
        return redirect("lpsa_groups_life:propose")

    def form_valid(self, form):
        answers = dict(form.cleaned_data)
        found = self.overlaps_of(answers)
        if self.shows_overlaps(form, found):
            return self.render_to_response(self.get_context_data(form=form, overlaps=found))
        answers.pop("seen")
        try:
            self.act(**answers, **{name: rows.filled for name, rows in self.rows.items()})
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(self.request, _("“%(title)s” was proposed.") % answers)
            return redirect("lpsa_groups_life:propose")
        return self.render_to_response(self.get_context_data(form=form, overlaps=found))

    def overlaps_of(self, answers) -> list:
        key = self.proposal and self.proposal.record.translation_key
        found = overlaps(
            title=answers["title"], interests=answers["interests"], translation_key=key
        )
        return name_groups(self.request.user, found)

    def shows_overlaps(self, form, found) -> bool:
        """True if there are some that the person has not seen, or not said anything about."""
        seen = set(form.cleaned_data["seen"].split())
        there = {str(one.group.pk) for one in found}
        form.data = form.data.copy()
        form.data["seen"] = " ".join(sorted(there))
        if found and not form.cleaned_data["differs_from"].strip():
            form.add_error("differs_from", _("Say how it differs from the groups named below."))
            return True
        return "check" in self.request.POST or bool(there - seen)

    def act(self, index=None, **answers):
        """Propose. Raises what the verb raises."""
        index = index or self.places.first()
        if index is None:
            raise NotAllowed(_("This site has no directory of groups."))
        actions.propose_group(actor=self.request.user, index=index, **answers)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("overlaps", None)
        mine = [] if self.proposal else self.own_proposals()
        return super().get_context_data(rows=self.rows, proposals=mine, **kwargs)

    def own_proposals(self) -> list:
        """One's proposals, each with its ``page`` and whether it ``waits``."""
        found = list(proposals_of(self.request.user))
        pages = [proposal.record.page for proposal in found]
        attach_standing(pages)
        for proposal, page in zip(found, pages, strict=True):
            proposal.page, proposal.waits = page, page.standing.code == "waiting"
        return found


class ReviseView(ProposeView):
    """A proposal that was sent back or taken back."""

    page_title = gettext_lazy("Change a proposal")

    def dispatch(self, request, *args, **kwargs):
        self.proposal = get_object_or_404(Proposal, pk=kwargs["proposal_id"])
        mine = self.proposal.proposed_by_id == request.user.pk
        if not (mine or sees_everything(request.user)):
            raise PermissionDenied
        if may_propose(request.user) and (why_not := why_not_revise(request.user, self.proposal)):
            messages.warning(request, why_not)
            return redirect("lpsa_groups_life:propose")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self):
        return self.proposal.record.page.get_latest_revision_as_object()

    def get_initial(self):
        stored = {name: getattr(self.page, name) for name in ON_PAGE}
        words = [item.tag for item in self.page.interest_items.all()]
        about = {"plan": self.proposal.plan, "differs_from": self.proposal.differs_from}
        return {**stored, **about, "interests": words}

    def stored_rows(self, name):
        if name == "partners":
            return [{"name": row.name, "link": row.link} for row in self.page.partners.all()]
        return list(self.proposal.leaders.values("name", "email", "role"))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "places": self.places.none()}

    def act(self, **answers):
        actions.revise_proposal(actor=self.request.user, proposal=self.proposal, **answers)


def menu_item(order) -> MenuItem:
    url = reverse("lpsa_groups_life:propose")
    return ProposeMenuItem(ProposeView.page_title, url, icon_name="plus", order=order)


def urlpatterns() -> list:
    return [
        path("propose/", ProposeView.as_view(), name="propose"),
        path("propose/<int:proposal_id>/", ReviseView.as_view(), name="revise"),
    ]
