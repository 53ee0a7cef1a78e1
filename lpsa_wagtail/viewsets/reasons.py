"""Acts on a page that ask for a reason: without the Board, and taking down."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed, NotDecided
from lpsa_wagtail.models import GovernedPage, IndexPage
from lpsa_wagtail.permissions import is_governed, why_not_override, why_not_take_down

#: Stands for any reason where only the person is asked about.
SOME = "x"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ReasonView(WagtailAdminTemplateMixin, FormView):
    """Says what will happen, asks for the reason and does it. What was typed is kept if refused."""

    form_class = ReasonForm
    template_name = "lpsa_wagtail/editing/reason.html"
    header_icon = "warning"
    name: str
    explanation: Any
    button: Any
    done: Any

    def dispatch(self, request, *args, **kwargs):
        if not (is_governed(self.page) or isinstance(self.page, IndexPage)):
            raise PermissionDenied
        if not self.is_offered(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self):
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    @classmethod
    @abstractmethod
    def is_offered(cls, page, user) -> bool:
        """True if this person can do it on this page now."""

    @abstractmethod
    def act(self, **answers) -> None:
        """Do it with the answers of the form. Raises what the verb raises."""

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=(self.page.pk,))
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        texts = {"explanation": self.explanation, "button": self.button}
        return super().get_context_data(page=self.page, **texts, **kwargs)

    def form_valid(self, form):
        try:
            self.act(**form.cleaned_data)
        except (NotAllowed, NotDecided) as refusal:
            form.add_error("reason", str(refusal))
        except ValidationError as unfinished:
            form.add_error(None, self.what_is_missing(unfinished))
        else:
            messages.success(self.request, self.done % {"title": self.get_page_subtitle()})
            return redirect("wagtailadmin_explore", self.page.get_parent().pk)
        return self.form_invalid(form)

    def what_is_missing(self, error: ValidationError) -> list[str]:
        """The errors of a page that is not finished, each with the name of its field."""
        lines = []
        for name, messages_of_field in error.message_dict.items():
            field = {field.name: field for field in self.page._meta.get_fields()}.get(name)
            label = getattr(field, "verbose_name", "")
            lines += [f"{label}: {line}" if label else line for line in messages_of_field]
        return lines

    @classmethod
    def url_of(cls, page) -> str:
        return reverse(f"lpsa_pages:{cls.name}", args=(page.pk,))


class OverrideView(ReasonView):
    name = "publish_without_board"
    page_title = button = gettext_lazy("Publish without the Board")
    explanation = gettext_lazy(
        "The newest version goes live although the Advisory Board has not approved it. The Board "
        "is told, and the act stays in the list of decisions for good."
    )
    done = gettext_lazy("“%(title)s” was published without the Board.")

    @classmethod
    def is_offered(cls, page, user):
        to_publish = is_governed(page) and (page.has_unpublished_changes or not page.live)
        return bool(to_publish) and not why_not_override(user, SOME)

    def act(self, **answers):
        actions.override(actor=self.request.user, page=self.page, **answers)


class LiftRestrictionView(ReasonView):
    name = "lift_restriction"
    page_title = button = gettext_lazy("Lift the restriction")
    explanation = gettext_lazy(
        "Everybody sees again what is live here, although the Advisory Board approved it while "
        "fewer people could. The Board is told, and the act stays in the list of decisions."
    )
    done = gettext_lazy("The restriction on “%(title)s” was lifted.")

    @classmethod
    def is_offered(cls, page, user):
        return not why_not_override(user, SOME) and page.view_restrictions.exists()

    def act(self, **answers):
        actions.lift_restriction(actor=self.request.user, page=self.page, **answers)


class TakeDownForm(ReasonForm):
    include_descendants = forms.BooleanField(
        label=gettext_lazy("Take down the pages below it too"), required=False
    )


class TakeDownView(ReasonView):
    """Where Wagtail's "Unpublish" leads for pages of ours."""

    name = "take_down"
    form_class = TakeDownForm
    page_title = button = gettext_lazy("Take down")
    explanation = gettext_lazy(
        "The page is no longer shown, at once. Earlier approvals end: to put it back, it has to be "
        "submitted and approved again."
    )
    done = gettext_lazy("“%(title)s” was taken down.")

    @classmethod
    def is_offered(cls, page, user):
        return is_governed(page) and page.live and not why_not_take_down(user, SOME)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not self.page.get_descendants().live().exists():
            del form.fields["include_descendants"]
        return form

    def get_initial(self):
        return {"include_descendants": bool(self.request.GET.get("include_descendants"))}

    def act(self, **answers):
        actions.take_down(actor=self.request.user, page=self.page, **answers)


VIEWS = (OverrideView, LiftRestrictionView, TakeDownView)


def urlpatterns() -> list:
    return [path(f"{view.name}/<int:page_id>/", view.as_view(), name=view.name) for view in VIEWS]


def header_buttons(page, user):
    """Acts that this person can do on this page now, for the menu in its header."""
    if not (is_governed(page) or issubclass(page.specific_class or Page, IndexPage)):
        return
    for number, view in enumerate((OverrideView, LiftRestrictionView)):
        if view.is_offered(page, user):
            yield PageMenuItem(
                view.page_title,
                url=view.url_of(page),
                icon_name=view.header_icon,
                priority=80 + number,
                page=page,
            )


def ask_why(request, page):
    """Lead from Wagtail's confirmation of "Unpublish" to the question for the reason."""
    if not isinstance(page, GovernedPage):
        return None
    below = "?include_descendants=on" if request.POST.get("include_descendants") else ""
    return redirect(f"{TakeDownView.url_of(page)}{below}")
