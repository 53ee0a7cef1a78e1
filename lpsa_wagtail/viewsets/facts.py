"""Times, state and links of a webinar: one form that works at once, and what editors are told."""

from functools import cache

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.userbar import BaseItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from lpsa_wagtail import actions
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Webinar
from lpsa_wagtail.page_forms import FACTS_SEEN
from lpsa_wagtail.permissions import why_not_change_facts

LABEL = gettext_lazy("Change times and links")
ICON = "calendar-check"


class RecordingsForm(forms.Form):
    """A link for each row of the agenda, named by the id of the row."""

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, prefix="recordings", **kwargs)
        for row in page.agenda:
            self.fields[row.id] = forms.URLField(
                label=row.value["title"],
                initial=row.value["recording_url"] or "",
                required=False,
                assume_scheme="https",
            )


@cache
def facts_handler():
    """The panels of the editor that hold facts, with a form for them alone."""
    panels = ObjectList(Webinar.facts_panels, base_form_class=Webinar.base_form_class)
    return panels.bind_to_model(Webinar)


class FactsView(WagtailAdminTemplateMixin, FormView):
    """What is changed here shows at once, on the page and in every version that waits."""

    template_name = "lpsa_wagtail/editing/facts.html"
    page_title = LABEL

    def dispatch(self, request, *args, **kwargs):
        if why_not_change_facts(request.user, self.stored):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def stored(self):
        page = get_object_or_404(Page, pk=self.kwargs["webinar_id"]).specific
        if not isinstance(page, Webinar):
            raise Http404
        return page

    @cached_property
    def webinar(self):
        """The page whose facts the form shows: what visitors see, or the draft."""
        return self.stored if self.stored.live else self.stored.get_latest_revision_as_object()

    def get_page_subtitle(self):
        return self.stored.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lpsa_webinars:index"), "label": _("Webinars")},
            {
                "url": reverse("wagtailadmin_pages:edit", args=(self.stored.pk,)),
                "label": self.get_page_subtitle(),
            },
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_form_class(self):
        return facts_handler().get_form_class()

    def get_form(self, form_class=None):
        data = self.request.POST if self.request.method == "POST" else None
        return self.get_form_class()(data, instance=self.webinar, for_user=self.request.user)

    @cached_property
    def recordings(self):
        """The form of the agenda, beside the other; as it is now where it changed meanwhile."""
        data = self.posted if self.request.method == "POST" else None
        return RecordingsForm(data, page=self.webinar)

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        self.posted = form.data
        if all([form.is_valid(), self.recordings.is_valid()]):
            return self.form_valid(form)
        return self.form_invalid(form)

    def form_valid(self, form):
        try:
            changes = actions.change_facts(
                actor=self.request.user, webinar=self.stored, **self.changed_facts(form)
            )
        except (NotAllowed, ValidationError) as refusal:
            said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            form.add_error(None, said)
            return self.form_invalid(form)
        self.say_what_changed(changes)
        return redirect(url_of(self.stored))

    def changed_facts(self, form) -> dict:
        """The facts that the person changed, as the verb takes them. A time is one fact."""
        changed = set(form.changed_data)
        if changed & set(Webinar.TIME):
            changed |= set(Webinar.TIME)
        facts = {name: form.cleaned_data[name] for name in changed if name in form.cleaned_data}
        cities = form.formsets[Webinar.CITIES]
        if cities.has_changed():
            rows = [row.cleaned_data for row in cities.ordered_forms]
            facts[Webinar.CITIES] = [row["time_zone"] for row in rows if row.get("time_zone")]
        links = self.recordings
        if links.has_changed():
            facts["recordings"] = {name: links.cleaned_data[name] for name in links.changed_data}
        return facts

    def say_what_changed(self, changes):
        if not changes:
            messages.info(self.request, _("Nothing was changed."))
            return
        url = self.stored.live and self.stored.get_url(self.request)
        buttons = [messages.button(url, _("View live"))] if url else []
        said = "; ".join(Webinar.describe_change(change) for change in changes)
        messages.success(self.request, _("Changed. %(changes)s") % {"changes": said}, buttons)

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing was changed, see below."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        panel = facts_handler().get_bound_panel(
            instance=self.webinar, request=self.request, form=form
        )
        return {
            **context,
            "panel": panel,
            "media": context.get("media", forms.Media()) + form.media + panel.media,
            "recordings": self.recordings,
            "webinar": self.stored,
            "action_url": url_of(self.stored),
            "submit_button_label": _("Change now"),
            "submit_button_active_label": _("Changing…"),
        }


def url_of(page) -> str:
    return reverse("lpsa_pages:facts", args=(page.pk,))


def urlpatterns() -> list:
    return [path("facts/<int:webinar_id>/", FactsView.as_view(), name="facts")]


def _is_offered(page, user) -> bool:
    is_webinar = page.specific_class and issubclass(page.specific_class, Webinar)
    return bool(is_webinar) and not why_not_change_facts(user, page.specific)


def header_buttons(page, user):
    """The way to the form, for the menu in the header of a webinar."""
    if _is_offered(page, user):
        yield PageMenuItem(LABEL, url=url_of(page), icon_name=ICON, priority=15, page=page)


class FactsItem(BaseItem):
    """The same for the bar that editors see on the live page."""

    template_name = "lpsa_wagtail/editing/facts_item.html"

    def __init__(self, page):
        self.page = page

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return {**context, "url": url_of(self.page), "label": LABEL}


def userbar_items(page, user) -> list:
    return [FactsItem(page)] if page and page.pk and _is_offered(page, user) else []


def keep_facts_of_now(request, page) -> None:
    """Tell who has an old form open which facts changed; put no old facts back with an old text.

    The form itself takes the facts as they are now (``WebinarForm``).
    """
    if not isinstance(page, Webinar):
        return
    match = request.resolver_match
    if match and (revision_id := match.kwargs.get("revision_id")):
        _take_facts_of_now(page, page.revisions.get(pk=revision_id))
    elif request.method == "POST" and not request.accepts("text/html"):
        return
    seen = request.POST.get(FACTS_SEEN, "")
    changed = page.facts_changed_since(pk=int(seen)) if seen.isdecimal() else set()
    if changed:
        names = ", ".join(sorted(Webinar.label_of_fact(name) for name in changed))
        messages.info(
            request,
            _("Changed meanwhile with “Change times and links”, and kept so: %(names)s.")
            % {"names": names},
        )


def _take_facts_of_now(page, revision) -> None:
    stored = Webinar.objects.get(pk=page.pk)
    now = stored if stored.live else stored.get_latest_revision_as_object()
    for name in page.facts_changed_since(timestamp=revision.created_at):
        page.put_fact(name, now.fact(name))
