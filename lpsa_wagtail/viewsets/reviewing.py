"""The page on which a matter is read and decided."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.utils.decorators import xframe_options_sameorigin_override

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import ChangedSince, NotAllowed, NotDecided
from lpsa_wagtail.models import Matter, ReviewNote
from lpsa_wagtail.permissions import Desk, Review

#: The longest comment that is kept.
COMMENT = 2000


class AboutMatter(View):
    """Refuses people to whom the matter is not shown."""

    def dispatch(self, request, *args, **kwargs):
        if not self.review.may_see:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def review(self) -> Review:
        matters = Matter.objects.select_related("taken_by", "proposed_by", "record__page")
        matter = get_object_or_404(matters, pk=self.kwargs["matter_id"])
        return Review(matter=matter, user=self.request.user)


@method_decorator(never_cache, name="dispatch")
class ReviewView(AboutMatter, WagtailAdminTemplateMixin, TemplateView):
    """What waits, what it changes, what was said; and the answers to it."""

    template_name = "lpsa_wagtail/desk/review.html"
    header_icon = "tasks"

    def get_page_title(self):
        return _("Review")

    def get_page_subtitle(self):
        return self.review.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lpsa_desk:inbox"), "label": _("My desk")},
            {"url": "", "label": self.review.title},
        ]

    def get_context_data(self, **kwargs):
        review = self.review
        return super().get_context_data(
            review=review, matter=review.matter, comment_length=COMMENT, **kwargs
        )

    def post(self, request, *args, **kwargs):
        """Do what the button says. What was typed is shown again where it is refused."""
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            message, is_done = act(self)
        except (NotAllowed, NotDecided) as refusal:
            messages.error(request, str(refusal))
            return self.show_again(refusal)
        messages.success(request, message)
        if is_done:
            return redirect("lpsa_desk:inbox")
        return redirect("lpsa_desk:review", self.review.matter.pk)

    def show_again(self, refusal):
        """The page as it is now, with what was typed and, where it changed, what changed."""
        shown, said = self.posted("revision"), self.posted("comment")
        del self.review  # it may be decided by now
        if not self.review.may_see:
            return redirect("lpsa_desk:inbox")
        since = isinstance(refusal, ChangedSince) and self.review.comparison_with(shown)
        return self.render_to_response(self.get_context_data(said=said, since_opened=since))

    def posted(self, name) -> str:
        return self.request.POST.get(name, "").replace("\x00", "")[:COMMENT].strip()

    # The answers. Each returns what to say, and whether the person is done with this page.

    def decide(self, action):
        review, comment = self.review, self.posted("comment")
        if action == "reject" and not comment:
            raise NotAllowed(_("Say what should change. Those who wrote it read it."))
        decision = {"actor": self.request.user, "action": action, "comment": comment}
        missing = 0
        if review.task_state is None:
            actions.decide_change(matter=review.matter, **decision)
        elif review.is_at_board:
            decision |= {"task_state": review.task_state, "seen": self.posted("seen") or "?"}
            missing = actions.decide(**decision)
        else:
            decision |= {"task_state": review.task_state, "seen": self.posted("seen")}
            actions.pass_stage(**decision)
        return f"{_decided(review, action, missing)} {self.what_is_left()}", True

    def what_is_left(self) -> str:
        left = len(Desk(self.request.user).items)
        if not left:
            return _("Nothing else waits for you.")
        return ngettext("%(n)d thing waits for you.", "%(n)d things wait for you.", left) % {
            "n": left
        }

    def take(self):
        actions.take(actor=self.request.user, matter=self.review.matter)
        return _("The others see that you look at it."), False

    def let_go(self):
        actions.let_go(actor=self.request.user, matter=self.review.matter)
        return _("You look at it no more."), False

    def hand_over(self):
        to = {str(one.pk): one for one in self.review.deciders}.get(self.posted("to"))
        if to is None:
            raise NotAllowed(_("Choose somebody who may decide on this."))
        actions.hand_over(actor=self.request.user, matter=self.review.matter, to=to)
        return _("Handed over to %(name)s.") % {"name": get_user_display_name(to)}, True

    def remind(self):
        actions.remind(actor=self.request.user, matter=self.review.matter)
        return _("They are reminded by mail."), False

    def add_note(self):
        text = self.request.POST.get("note", "").replace("\x00", "")
        actions.add_note(actor=self.request.user, page=self.review.page, text=text)
        return _("Your note is kept. Only reviewers read it."), False

    def remove_note(self):
        number = self.posted("note_id")
        notes = ReviewNote.objects.filter(page_id=self.review.page.pk)
        note = get_object_or_404(notes, pk=number if number.isdecimal() else 0)
        actions.remove_note(actor=self.request.user, note=note)
        return _("Your note is removed."), False

    def give_position(self):
        actions.give_position(
            actor=self.request.user,
            matter=self.review.matter,
            stance=self.posted("stance"),
            comment=self.posted("comment"),
        )
        return _("Your position is noted for who decides."), False


def _decided(review, action, missing) -> str:
    title = {"title": review.title}
    if action == "reject":
        return _("You sent “%(title)s” back.") % title
    if not missing:
        return _("You approved “%(title)s”.") % title
    return ngettext(
        "You approved “%(title)s”. It needs %(n)d more approval.",
        "You approved “%(title)s”. It needs %(n)d more approvals.",
        missing,
    ) % {**title, "n": missing}


ACTS = {
    "approve": lambda view: view.decide("approve"),
    "reject": lambda view: view.decide("reject"),
    "take": ReviewView.take,
    "let-go": ReviewView.let_go,
    "hand-over": ReviewView.hand_over,
    "remind": ReviewView.remind,
    "note": ReviewView.add_note,
    "remove-note": ReviewView.remove_note,
    "position": ReviewView.give_position,
}


@method_decorator(never_cache, name="dispatch")
@method_decorator(xframe_options_sameorigin_override, name="dispatch")
class ContentView(AboutMatter):
    """Exactly this version as a visitor will see it, whoever looks at it here."""

    def get(self, request, matter_id, revision_id):
        review = self.review
        if not (review.is_open and review.content.latest_revision_id == revision_id):
            raise Http404
        mode = review.content.default_preview_mode
        answer = review.content.make_preview_request(preview_mode=mode)
        answer.cookies.clear()  # it was nobody's request, so it begins nobody's session
        return answer


def urlpatterns() -> list:
    return [
        path("<int:matter_id>/", ReviewView.as_view(), name="review"),
        path("<int:matter_id>/content/<int:revision_id>/", ContentView.as_view(), name="content"),
    ]
